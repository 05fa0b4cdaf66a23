import { useState } from 'react';
import type { Crew } from '../../link/handheld-box.js';
import { sentenceOf } from '../../link/http.js';
import { signOut } from '../../link/session.js';
import { handheldPositions } from '../../store/handheld-positions.store.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { useText } from '../../ui/catalogue.js';

/** Signs out; with something unsent it says first what that means for whoever has the phone next. */
export function LeaveButton({ crew }: { crew: Crew }) {
  const text = useText();
  const waiting = useHandheld(({ queue }) => queue.filter(({ account }) => account === crew.account).length);
  const [isAsked, setAsked] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const leave = async () => {
    try {
      await signOut();
      await handheldPositions.agree(crew, null);
      await handheldSync.signedOut();
    } catch (cause) {
      setFault(cause);
    }
  };
  return (
    <>
      <button
        type="button"
        className="hh-quiet"
        onClick={() => (waiting > 0 && !isAsked ? setAsked(true) : void leave())}
      >
        {isAsked && waiting > 0 ? text.handheld.signOutAnyway : text.handheld.signOut}
      </button>
      {isAsked && waiting > 0 && (
        <p className="hh-fault" role="alert">
          {text.handheld.leavesBehind(waiting)}
        </p>
      )}
      {fault !== undefined && <p className="hh-fault">{sentenceOf(fault, text)}</p>}
    </>
  );
}
