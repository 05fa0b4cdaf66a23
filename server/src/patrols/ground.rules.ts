import type { Beat, BeatPolygon, Checkpoint } from '@app/shared';
import { segmentsCross, signedArea } from '../places/polygon.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { BeatRow, CheckpointRow } from './ground.table.js';

type Corner = readonly [number, number];

/** Squared degrees: about a hundred square metres in the middle latitudes. */
const LEAST_AREA = 1e-8;

/** A polygon that is a beat's: closed, with an area, and a line that does not cross itself. */
export function checkPolygon(polygon: BeatPolygon): Decision<BeatPolygon> {
  const line: readonly Corner[] = polygon.coordinates[0] ?? [];
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1])
    return refuse('patrol-ground.illegal', { seen: 'an open line', wanted: 'the first place as the last' });
  if (Math.abs(signedArea(line)) < LEAST_AREA)
    return refuse('patrol-ground.illegal', { seen: 'no area', wanted: 'a polygon with an area' });
  const at = crossingOf(line);
  return at === undefined
    ? accept(polygon)
    : refuse('patrol-ground.illegal', { seen: 'a line that crosses itself', at });
}

/** The first edge that crosses another one, by the place that it begins at. */
function crossingOf(line: readonly Corner[]): Corner | undefined {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    for (let j = i + 2; j < line.length; j++) {
      const [c, d] = [line[j - 1], line[j]];
      if (a && b && c && d && segmentsCross(a, b, c, d)) return a;
    }
  }
  return undefined;
}

export const beatView = ({ closedAt, ...beat }: BeatRow, mayChange: boolean): Beat => ({
  ...beat,
  name: beat.names.hans,
  isClosed: closedAt !== null,
  mayChange: mayChange && closedAt === null,
});

export const checkpointView = (
  { closedAt, ...checkpoint }: CheckpointRow,
  mayChange: boolean,
): Checkpoint => ({
  ...checkpoint,
  name: checkpoint.names.hans,
  isClosed: closedAt !== null,
  mayChange: mayChange && closedAt === null,
});
