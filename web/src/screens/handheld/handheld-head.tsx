import { nameIn, toMs } from '@app/shared';
import type { Crew, Kept } from '../../link/handheld-box.js';
import { useHandheld } from '../../store/handheld.store.js';
import { shiftOf } from '../../store/handheld-view.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';
import { LeaveButton } from './leave-button.js';
import { useNow } from './use-now.js';

/** Whose it is, which shift it has, and how old what it shows is. */
export function HandheldHead({ crew, kept }: { crew: Crew; kept: Kept }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const now = useNow();
  const isOnline = useHandheld((state) => state.isOnline);
  const { team, home, at } = kept.handheld;
  const shift = shiftOf(kept.handheld, now);
  const hour = (instant: string) => clockText(toMs(instant), kept.timeZone);
  return (
    <header className="hh-head">
      <div>
        <h1>{team.callSign}</h1>
        <p>
          {nameIn(home.names, language)} · {text.teamStatus[team.status]}
        </p>
        <p>
          {shift
            ? text.handheld.shift(text.patrol.slot[shift.slot], hour(shift.startsAt), hour(shift.endsAt))
            : text.handheld.noShift}
        </p>
      </div>
      <div className="hh-head-side">
        <span className={isOnline ? 'hh-live' : 'hh-live is-off'} role="status">
          {isOnline ? text.handheld.online : text.handheld.offline(hour(at))}
        </span>
        <LeaveButton crew={crew} />
      </div>
    </header>
  );
}
