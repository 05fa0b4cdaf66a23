import type { KnownPlace } from '@app/shared';
import { useEffect, useState } from 'react';
import { findPlaces } from '../../link/places.js';

const PAUSE_MS = 120;

/** Places that are called like what is typed, asked for when the typing pauses. Without an answer there are none. */
export function usePlaces(typed: string): readonly KnownPlace[] {
  const [found, setFound] = useState<{ readonly of: string; readonly items: readonly KnownPlace[] }>();
  const asked = typed.trim();
  useEffect(() => {
    if (asked === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      // The place is still told by coordinates, by the map and in words when this fails.
      findPlaces(asked, stop.signal).then(
        (items) => stop.signal.aborted || setFound({ of: asked, items }),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);
  // What was found for a shorter text stays until its own answer is there: the list does not flicker.
  return asked === '' ? [] : (found?.items ?? []);
}
