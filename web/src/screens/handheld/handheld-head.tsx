import { nameIn, toMs } from '@app/shared';
import { useState } from 'react';
import type { Kept } from '../../link/handheld-box.js';
import { sentenceOf } from '../../link/http.js';
import { signOut } from '../../link/session.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { shiftOf } from '../../store/handheld-view.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from './use-now.js';

/** Whose it is, which shift it has, and how old what it shows is. */
export function HandheldHead({ kept }: { kept: Kept }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const now = useNow();
  const isOnline = useHandheld((state) => state.isOnline);
  const [fault, setFault] = useState<unknown>();
  const { team, home, shifts, at } = kept.handheld;
  const shift = shiftOf(shifts, now);
  const hour = (instant: string) => clockText(toMs(instant), kept.timeZone);
  const leave = async () => {
    try {
      await signOut();
      await handheldSync.signedOut();
    } catch (cause) {
      setFault(cause);
    }
  };
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
        <button type="button" className="hh-quiet" onClick={() => void leave()}>
          {text.handheld.signOut}
        </button>
      </div>
      {fault !== undefined && <p className="hh-fault">{sentenceOf(fault, text)}</p>}
    </header>
  );
}
