import type { Id, PatrolShift } from '@app/shared';
import { useEffect, useRef } from 'react';
import { PLACE_AGE_MS } from '../../link/place-watch.js';
import { handheldPositions, usePositions } from '../../store/handheld-positions.store.js';
import type { Teller } from '../../store/handheld-positions.js';
import { handheldSync } from '../../store/handheld.store.js';
import type { Place } from './use-place.js';

const TELL_MS = 10_000;

/**
 * Tells where this machine is, while a shift is on for which its crew has said yes, and the page is open. Answers
 * whether that is so.
 */
export function usePositionsTold(
  { account, team }: Teller,
  shift: PatrolShift | undefined,
  place: Place | undefined,
): boolean {
  const agreed = usePositions((state) => state.agreed);
  const isOn = shift !== undefined && agreed === shift.id;
  useFlush(account, team);
  /** Where the machine was before the yes is nobody's business. */
  const since = useRef(Infinity);
  useEffect(() => {
    since.current = isOn ? Date.now() - PLACE_AGE_MS : Infinity;
  }, [isOn]);
  useEffect(() => {
    if (isOn && place && place.at >= since.current)
      void handheldPositions.note({ account, team }, notedOf(place));
  }, [isOn, place, account, team]);
  return isOn;
}

function useFlush(account: Id, team: Id): void {
  useEffect(() => {
    const teller = { account, team };
    const flush = () => void handheldPositions.flush(teller);
    void handheldPositions.open(teller).then(flush);
    const timer = setInterval(flush, TELL_MS);
    window.addEventListener('online', flush);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', flush);
    };
  }, [account, team]);
}

/** By the server's clock; what the machine does not know is left out. */
const notedOf = ({ at, accuracyM, speedKmh, headingDeg, ...place }: Place) => ({
  ...place,
  at: Math.round(at + handheldSync.serverNow() - Date.now()),
  accuracyM: Math.round(accuracyM),
  ...(speedKmh === null ? {} : { speedKmh }),
  ...(headingDeg === null ? {} : { headingDeg }),
});
