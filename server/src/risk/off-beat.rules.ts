import { localMetres, type LngLat } from '@app/shared';
import { boxOf, type Box, contains, distanceToRing, type RingPoints } from '../places/polygon.js';
import { follow, type Patience, type Streak } from './streak.rules.js';

/** Where a team may be: its beats, and places of its own beyond them. Rings in degrees, WGS 84. */
export interface BeatGround {
  readonly rings: readonly RingPoints[];
  readonly places: readonly { readonly lng: number; readonly lat: number; readonly radiusM: number }[];
}

export interface OffBeatTerms extends Patience {
  readonly ground: BeatGround;
  readonly marginM: number;
}

/** Who is out comes back when he is this much of the margin nearer: on the border itself he neither comes nor goes. */
const BACK_SHARE = 0.5;

/** Being outside of every beat by more than the margin, and at no checkpoint or post of one's own. */
export function followBeat(
  streak: Streak,
  fix: { readonly at: number; readonly lng: number; readonly lat: number },
  { ground, marginM, ...patience }: OffBeatTerms,
): Streak {
  const farM = streak.isOn ? marginM * BACK_SHARE : marginM;
  return follow(streak, isBeyond(ground, [fix.lng, fix.lat], farM), fix.at, patience);
}

/** Whether a place is further than `farM` from each of some areas; false where there is no beat to be off. */
export function isBeyond({ rings, places }: BeatGround, place: LngLat, farM: number): boolean {
  if (rings.length === 0) return false;
  const around = localMetres(place);
  const isAtOwn = places.some(({ lng, lat, radiusM }) => {
    const [east, north] = around.toMetres([lng, lat]);
    return Math.hypot(east, north) <= radiusM + farM;
  });
  if (isAtOwn) return false;
  return rings.every((ring) => {
    const metres = ring.map(([lng = NaN, lat = NaN]) => around.toMetres([lng, lat]));
    return isFar(boxOf(metres), farM) || (!contains([metres], 0, 0) && distanceToRing(metres, 0, 0) > farM);
  });
}

/** A cheap look before the edges: the place is the origin. */
const isFar = ([west, south, east, north]: Box, farM: number): boolean =>
  west > farM || south > farM || east < -farM || north < -farM;
