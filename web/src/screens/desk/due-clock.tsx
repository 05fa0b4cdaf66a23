import { type Due, toMs } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

/** What is left of the clock that runs, by the server's time; past its end how long ago that was. */
export function DueClock({ due, isLong = false }: { due: Due | null; isLong?: boolean }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  if (!due) return <span className="due is-none">{text.desk.noClock}</span>;
  const at = toMs(due.at);
  const standing = at <= now ? 'is-over' : toMs(due.soonAt) <= now ? 'is-soon' : '';
  const stage = text.stage[due.stage];
  const words =
    at <= now
      ? text.wall.overdue(stage, spanText(now - at, text))
      : text.desk.left(stage, preciseSpan(at - now, text));
  return (
    <span className={`due ${standing}`}>
      {words}
      {isLong && <small> {text.desk.dueAt(momentText(at, now, settings.timeZone))}</small>}
    </span>
  );
}

/** Minutes with their seconds, so that a clock is seen to run. */
function preciseSpan(ms: number, text: Parameters<typeof spanText>[1]): string {
  if (Number.isNaN(ms) || ms < 60_000 || ms >= 3_600_000) return spanText(ms, text);
  const seconds = Math.floor(ms / 1000);
  return text.desk.minutesSeconds(Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0'));
}
