import { distanceM, type LngLat, SOS_OUTCOMES, type SosCard } from '@app/shared';
import { useCallback, useRef, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { answerSos, endSos } from '../../link/sos.js';
import { sosPlace } from '../../layers/sos-layer.js';
import type { Fleet } from '../../store/fleet.js';
import { freeTeamsNear } from '../../store/tallies.js';
import { useWall } from '../../store/wall.store.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { ageText, momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { FaultNote } from '../desk/fault-note.js';
import { useSosAlarm } from './use-sos-alarm.js';
import './sos-banner.css';

const MOST_SHOWN = 3;
const NEAREST = 3;
const STEPPERS: readonly string[] = ['duty', 'commander', 'staff'];

/** Calls for help, over everything: who, since when, where, who is near. It goes when a person has ended it. */
export function SosBanner({ fleet }: { fleet: Fleet }) {
  const text = useText();
  const calls = useWall((wall) => wall.calls);
  const box = useRoom();
  useSosAlarm();
  if (calls.size === 0) return null;
  // Unanswered first, then the oldest: nobody waits behind one that somebody already helps.
  const sorted = [...calls.values()].sort(
    (a, b) => Number(a.state === 'answered') - Number(b.state === 'answered') || a.at.localeCompare(b.at),
  );
  return (
    <div className="sos-calls" ref={box}>
      {sorted.slice(0, MOST_SHOWN).map((card) => (
        <SosCall key={card.id} card={card} fleet={fleet} />
      ))}
      {sorted.length > MOST_SHOWN && <p className="sos-more">{text.sos.more(sorted.length - MOST_SHOWN)}</p>}
    </div>
  );
}

/** Tells the screen below how much room the calls take: what they would cover moves down. */
function useRoom(): (box: HTMLDivElement | null) => void {
  const watch = useRef<ResizeObserver>(undefined);
  return useCallback((box) => {
    watch.current?.disconnect();
    const { style } = document.documentElement;
    if (!box) return void style.removeProperty('--sos-room');
    watch.current = new ResizeObserver(() => style.setProperty('--sos-room', `${box.offsetHeight}px`));
    watch.current.observe(box);
  }, []);
}

function SosCall({ card, fleet }: { card: SosCard; fleet: Fleet }) {
  const text = useText();
  const now = useNow();
  const { session, settings } = useInstallation();
  const select = useWall((wall) => wall.select);
  const since = Date.parse(card.at);
  const team = useWall((wall) => wall.teams.get(card.team));
  const at = sosPlace(card, fleet, team);
  return (
    <section className={`sos-call is-${card.state}`} role="alert">
      <b className="sos-mark">SOS</b>
      <div className="sos-what">
        <button type="button" className="sos-who" onClick={() => select({ kind: 'team', id: card.team })}>
          {text.sos.calls(card.callSign)}
        </button>
        <span>
          {momentText(since, now, settings.timeZone)} · {ageText(now - since, text)} ·{' '}
          {card.state === 'calling' ? text.sos.calling : text.sos.answered}
          {card.presses > 1 && ` · ${text.sos.presses(card.presses)}`}
        </span>
      </div>
      <div className="sos-where">
        <span>
          {at ? text.sos.placed(placeText(at.place), ageText(now - at.observedAt, text)) : text.sos.noPlace}
        </span>
        {at && <Nearest place={at.place} team={card.team} fleet={fleet} />}
      </div>
      {STEPPERS.includes(session.account.role) && <SosActs key={card.id} card={card} />}
    </section>
  );
}

function Nearest({ place, team, fleet }: { place: LngLat; team: string; fleet: Fleet }) {
  const text = useText();
  const teams = useWall((wall) => wall.teams);
  const places = fleet.places();
  const [lng, lat] = place;
  const near = freeTeamsNear([{ lng, lat }], teams, places, { withinM: 10_000, most: NEAREST + 1 });
  const told = near
    .filter((id) => id !== team)
    .slice(0, NEAREST)
    .flatMap((id) => {
      const there = places.get(id);
      if (!there) return [];
      const away = distanceText(distanceM(place, [there.lng, there.lat]), text);
      return `${teams.get(id)?.callSign ?? ''} ${away}`;
    });
  if (told.length === 0) return <span className="soft">{text.sos.noneNear}</span>;
  return (
    <span>
      {text.sos.nearest} {told.join(text.listComma)}
    </span>
  );
}

function SosActs({ card }: { card: SosCard }) {
  const text = useText();
  const [isEnding, setEnding] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const run = async (step: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await step();
    } catch (cause) {
      setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="sos-acts">
      {card.state === 'calling' && !isEnding && (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void run(() => answerSos(card.id))}
        >
          {text.sos.answer}
        </button>
      )}
      {!isEnding && (
        <button type="button" className="button" disabled={isBusy} onClick={() => setEnding(true)}>
          {text.sos.end}
        </button>
      )}
      {isEnding &&
        SOS_OUTCOMES.map((outcome) => (
          <button
            key={outcome}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void run(() => endSos(card.id, { version: card.version, outcome }))}
          >
            {text.sos.outcome[outcome]}
          </button>
        ))}
      {isEnding && (
        <button type="button" className="button" onClick={() => setEnding(false)}>
          {text.sos.keep}
        </button>
      )}
      <FaultNote fault={fault} onClose={() => setFault(undefined)} />
    </div>
  );
}

const placeText = ([lng, lat]: LngLat): string => `${lng.toFixed(4)}, ${lat.toFixed(4)}`;

const distanceText = (metres: number, { sos }: Texts): string =>
  metres < 1000 ? sos.metres(Math.round(metres / 10) * 10) : sos.kilometres((metres / 1000).toFixed(1));
