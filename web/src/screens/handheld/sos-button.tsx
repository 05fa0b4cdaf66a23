import { useEffect, useRef, useState } from 'react';
import type { Crew, Kept } from '../../link/handheld-box.js';
import { handheldSync, useHandheld } from '../../store/handheld.store.js';
import { isCalling } from '../../store/handheld-view.js';
import { useText } from '../../ui/catalogue.js';
import type { Place } from './use-place.js';

/** Long enough that no pocket calls for help, short enough for whoever needs it. */
const HOLD_MS = 1_500;
/** A place that is older than this is no better than what the team's devices told. */
const FRESH_MS = 120_000;

interface SosButtonProps {
  readonly crew: Crew;
  /** Calls of the team that are open. */
  readonly calls: Kept['calls'];
  readonly place: Place | undefined;
}

/** 一键求助: held down, it calls for help; then it says how far the call has come. */
export function SosButton({ crew, calls, place }: SosButtonProps) {
  const text = useText();
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isWaiting = useHandheld(({ queue }) => isCalling(queue, crew.account));
  const [call] = calls;
  useEffect(() => () => clearTimeout(timer.current), []);
  const fire = () => {
    setHeld(false);
    navigator.vibrate?.([200, 100, 200]);
    const isFresh = place !== undefined && Date.now() - place.at < FRESH_MS;
    const at = new Date(handheldSync.serverNow()).toISOString();
    const where = isFresh ? { lng: place.lng, lat: place.lat } : null;
    void handheldSync.add({ kind: 'sos', at, place: where }, crew.callSign);
  };
  const press = () => {
    setHeld(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(fire, HOLD_MS);
  };
  const letGo = () => {
    setHeld(false);
    clearTimeout(timer.current);
  };
  const state = isWaiting
    ? text.handheld.sosWaiting
    : call
      ? call.state === 'answered'
        ? text.handheld.sosAnswered
        : text.handheld.sosCalling
      : text.handheld.sosHold;
  return (
    <button
      type="button"
      className={`hh-sos${isHeld ? ' is-held' : ''}${call || isWaiting ? ' is-calling' : ''}`}
      onPointerDown={press}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
    >
      <b>SOS</b>
      <span role="status">{state}</span>
    </button>
  );
}
