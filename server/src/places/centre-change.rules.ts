import type { Area, Centre, CentreChange, CentreDraft, CentreId } from '@app/shared';
import type { CentreTree } from '../access/centre-tree.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import { boxOf, innerPoint, type RingPoints, signedArea } from './polygon.js';

/** Levels from the top, by key. */
export type LevelOrder = readonly string[];

/** What a centre's row says of its area. */
export interface Extent {
  readonly anchor: readonly [number, number];
  readonly bbox: readonly [number, number, number, number];
}

/** A child stands on a lower level than its parent, and never below a closed centre. */
function checkPlace(parent: Centre, level: string, levels: LevelOrder): Decision<Centre> {
  const order = levels.indexOf(level);
  if (order < 0) return refuse('centre.illegal', { field: 'level', seen: level, wanted: levels });
  if (order <= levels.indexOf(parent.level))
    return refuse('centre.illegal', { field: 'level', seen: level, wanted: `below ${parent.level}` });
  if (parent.closedAt !== null) return refuse('centre.illegal', { field: 'parent', seen: 'closed' });
  return accept(parent);
}

/** A new centre without a parent is the root, and the tree has one already. */
export function checkDraft(tree: CentreTree, draft: CentreDraft, levels: LevelOrder): Decision<CentreDraft> {
  const parent = draft.parent ? tree.get(draft.parent) : undefined;
  if (!parent) return refuse('centre.unknown', { id: draft.parent ?? null });
  const place = checkPlace(parent, draft.level, levels);
  if (!place.ok) return place;
  return checkArea(draft.area ?? null, draft);
}

/** Whether a centre may be changed so: version, a parent that keeps the tree a tree, a successor that is alive. */
export function checkChange(
  tree: CentreTree,
  centre: Centre,
  change: CentreChange,
  levels: LevelOrder,
): Decision<Centre> {
  if (change.version !== centre.version)
    return refuse('centre.stale', { seen: change.version, current: centre.version });
  if (centre.closedAt !== null) return refuse('centre.illegal', { seen: 'closed', wanted: 'an open centre' });
  if (change.parent !== undefined) {
    const moved = checkMove(tree, centre, change.parent, levels);
    if (!moved.ok) return moved;
  }
  if (change.close) {
    const closed = checkClose(tree, centre, change.close.successor);
    if (!closed.ok) return closed;
  }
  return checkArea(change.area ?? null, centre);
}

function checkMove(tree: CentreTree, centre: Centre, to: CentreId, levels: LevelOrder): Decision<Centre> {
  const parent = tree.get(to);
  if (!parent) return refuse('centre.unknown', { id: to });
  if (centre.parent === null) return refuse('centre.illegal', { field: 'parent', seen: 'the root' });
  if (tree.isWithin(to, centre.id))
    return refuse('centre.illegal', {
      field: 'parent',
      seen: to,
      wanted: 'a centre outside its own subtree',
    });
  return checkPlace(parent, centre.level, levels);
}

function checkClose(tree: CentreTree, centre: Centre, to: CentreId): Decision<Centre> {
  const successor = tree.get(to);
  if (!successor) return refuse('centre.unknown', { id: to });
  if (centre.parent === null) return refuse('centre.illegal', { field: 'close', seen: 'the root' });
  if (successor.closedAt !== null || successor.id === centre.id)
    return refuse('centre.illegal', { field: 'close', wanted: 'another centre that is open' });
  const open = tree.children(centre.id).filter((id) => tree.get(id)?.closedAt === null);
  if (open.length > 0) return refuse('centre.illegal', { field: 'close', seen: { open } });
  return accept(centre);
}

/** Every ring closed and every point on the globe; `value` is what is decided when there is nothing to say. */
export function checkArea<T>(area: Area | null, value: T): Decision<T> {
  for (const ring of area ? ringsOf(area).flat() : []) {
    for (const [lng, lat] of ring)
      if (Math.abs(lng) > 180 || Math.abs(lat) > 90)
        return refuse('place.out-of-range', { field: 'area', seen: [lng, lat] });
    const [first, last] = [ring[0], ring.at(-1)];
    if (!first || !last || first[0] !== last[0] || first[1] !== last[1])
      return refuse('request.malformed', { field: 'area', wanted: 'rings whose last point is their first' });
  }
  return accept(value);
}

/** Box of the whole area, and a point well inside its largest part; degrees, WGS 84. */
export function extentOf(area: Area): Extent {
  const outer = ringsOf(area).flatMap(([ring]) => (ring ? [ring] : []));
  const [first, ...others] = outer;
  if (!first) throw new RangeError('an area without a ring');
  const boxes = outer.map((ring) => boxOf(ring));
  const largest = others.reduce((best, ring) => (sizeOf(ring) > sizeOf(best) ? ring : best), first);
  return {
    anchor: innerPoint(largest),
    bbox: [
      Math.min(...boxes.map((box) => box[0])),
      Math.min(...boxes.map((box) => box[1])),
      Math.max(...boxes.map((box) => box[2])),
      Math.max(...boxes.map((box) => box[3])),
    ],
  };
}

const sizeOf = (ring: RingPoints) => Math.abs(signedArea(ring));

/** Polygons as lists of rings, the outer one first. */
const ringsOf = (area: Area) => (area.type === 'Polygon' ? [area.coordinates] : area.coordinates);
