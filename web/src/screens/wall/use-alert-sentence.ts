import { type AlertCard, type DeviationFigures, toMs } from '@app/shared';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { serverClock } from '../../ui/server-clock.js';

/** An alert in one sentence: what, where, since when, observed against expected and from how much history. */
export function useAlertSentence(): (alert: AlertCard) => string {
  const text = useText();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const incidents = useWall((wall) => wall.incidents);

  const deviationText = ({ kind, callSign, from, limitS, bound, asks }: DeviationFigures): string => {
    const told = text.deviation.told[kind]({
      callSign,
      from: momentText(toMs(from), serverClock.now(), settings.timeZone),
      limit: spanText(limitS * 1_000, text),
      bound: String(bound ?? ''),
    });
    return asks ? text.deviation.asked(text.force[asks], told) : told;
  };

  return ({ category, centre, grid, clock, surge, deviation, door, incidents: about }) => {
    const name = centreName(centre);
    if (deviation) return deviationText(deviation);
    if (door) {
      const from = momentText(toMs(door.from), serverClock.now(), settings.timeZone);
      return text.wall.alertDoor(text.wall.doors[door.door], from);
    }
    if (surge) {
      const { observed, expected, from, historyDays: days } = surge;
      return text.wall.alertSurge({
        place: grid === null ? name : text.wall.grid(name, grid.slice(-3)),
        category: text.category[category],
        from: momentText(toMs(from), serverClock.now(), settings.timeZone),
        observed,
        expected: expectedText(expected),
        days,
      });
    }
    if (!clock) return `${name} ${text.category[category]}`;
    const number = incidents.get(about[0] ?? '')?.number ?? clock.number ?? '—';
    const say = clock.overdue ? text.wall.alertClock : text.wall.alertClockSoon;
    return say(number, text.stage[clock.stage], spanText(clock.limitMinutes * 60_000, text));
  };
}

/** A number that nobody could count: one decimal, and never a zero that is none. */
function expectedText(expected: number): string {
  if (expected < 0.1) return '< 0.1';
  return expected < 10 ? expected.toFixed(1) : expected.toFixed(0);
}
