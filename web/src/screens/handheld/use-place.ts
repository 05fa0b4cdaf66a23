import { useEffect, useState } from 'react';
import { canWatchPlace, watchPlace } from '../../link/place-watch.js';

export interface Place {
  readonly lng: number;
  readonly lat: number;
  readonly accuracyM: number;
  /** Null where the machine does not know how it moves. */
  readonly speedKmh: number | null;
  readonly headingDeg: number | null;
  /** This machine's clock, ms since 1970. */
  readonly at: number;
}

export interface Whereabouts {
  /** Undefined where nobody can say, as indoors. */
  readonly place: Place | undefined;
  /** Why not: the browser may not say, has no way to, or does not know just now. */
  readonly fault: 'denied' | 'none' | 'unknown' | undefined;
}

/** Where this machine is, as long as the page is looked at. */
export function usePlace(): Whereabouts {
  const [seen, setSeen] = useState<Whereabouts>({ place: undefined, fault: undefined });
  useEffect(() => {
    if (!canWatchPlace()) return undefined;
    return watchPlace({
      found: (position) => setSeen({ place: placeOf(position), fault: undefined }),
      lost: ({ code, PERMISSION_DENIED }) =>
        setSeen({ place: undefined, fault: code === PERMISSION_DENIED ? 'denied' : 'unknown' }),
    });
  }, []);
  return canWatchPlace() ? seen : { place: undefined, fault: 'none' };
}

const placeOf = ({ coords, timestamp }: GeolocationPosition): Place => ({
  lng: coords.longitude,
  lat: coords.latitude,
  accuracyM: coords.accuracy,
  speedKmh: knownOr(coords.speed, 3.6),
  headingDeg: knownOr(coords.heading, 1),
  at: timestamp,
});

const knownOr = (value: number | null, times: number): number | null =>
  value === null || Number.isNaN(value) ? null : value * times;
