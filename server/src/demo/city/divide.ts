import { centroid, signedArea } from '../../places/polygon.js';
import { chooseCut, type Cut, type CutStyle } from './cuts.js';
import type { PlanarMap } from './planar-map.js';

/** Cuts a face into so many parts of about equal weight, by halves. Answers the parts, west to east, north to south. */
export function divide(
  map: PlanarMap,
  face: number,
  parts: number,
  style: CutStyle,
  streetOf: (face: number, cut: Cut) => number,
): number[] {
  if (parts <= 1) return [face];
  const half = Math.floor(parts / 2);
  const cut = chooseCut(map, face, half / parts, style);
  if (!cut) throw new RangeError(`face ${face} cannot be cut into ${parts}`);
  const created = map.splitFace(face, cut.from, cut.to, cut.via, streetOf(face, cut));
  const leftIsHalf = Math.abs(cut.share - half / parts) <= Math.abs(cut.share - 1 + half / parts);
  const [left, right] = leftIsHalf ? [half, parts - half] : [parts - half, half];
  return [...divide(map, created, left, style, streetOf), ...divide(map, face, right, style, streetOf)];
}

export function faceWeight(map: PlanarMap, face: number, style: Pick<CutStyle, 'weightAt'>): number {
  const spots = map.loopSpots(face);
  return signedArea(spots) * style.weightAt(centroid(spots));
}

/** Deals `total` pieces out in proportion to the weights, at least one each (Sainte-Laguë). */
export function apportion(total: number, weights: readonly number[], least = 1): number[] {
  const seats = weights.map(() => least);
  for (let left = total - least * weights.length; left > 0; left--) {
    let winner = 0;
    let highest = -Infinity;
    for (const [i, weight] of weights.entries()) {
      const claim = weight / (2 * (seats[i] ?? 0) + 1);
      if (claim > highest) [winner, highest] = [i, claim];
    }
    seats[winner] = (seats[winner] ?? 0) + 1;
  }
  return seats;
}
