import { centroid, contains, signedArea } from '../../places/polygon.js';
import type { CutStyle } from './cuts.js';
import { apportion, divide, faceWeight } from './divide.js';
import { distanceM, type Spot } from './frame.js';
import { cutFrontage } from './frontage.js';
import type { PlanarMap } from './planar-map.js';
import * as plan from './plan.js';
import type { Random } from '../simulator/random.js';
import { fromKm, smooth } from './shapes.js';
import type { Streets } from './streets.js';
import { trace } from './trace.js';

const BEND_STEP_M = 180;

/** Which faces make a compound and a grid; compounds are counted from 0. */
export interface TownPlan {
  readonly compounds: { readonly community: string; readonly faces: number[] }[];
  readonly grids: { readonly compound: number; readonly faces: number[] }[];
}

/** Side of a usual grid at a place, in metres: small in the hearts of the town, large at its edge. */
function gridSideM([x, y]: Spot): number {
  let far = 1;
  for (const { spot, reachKm } of plan.HEARTS) {
    far = Math.min(far, distanceM([spot[0] * 1000, spot[1] * 1000], [x, y]) / (reachKm * 1000));
  }
  return 250 + 275 * far ** 1.15;
}

export const WORKS = new Set(['gangcheng/lanxin', 'gangcheng/jianshe']);

/** Lays the arterials over the core, gives each superblock to its community, and cuts down to blocks. */
export function layOutTown(
  map: PlanarMap,
  core: readonly number[],
  streets: Streets,
  random: Random,
): TownPlan {
  const faces = new Set(core);
  const heard = (face: number, created: number) => {
    if (faces.has(face)) faces.add(created);
  };
  const lay = (
    roads: readonly plan.PlannedRoad[],
    onCut: typeof heard,
    mayCut: (face: number) => boolean,
  ) => {
    for (const road of roads) {
      trace(map, smooth(fromKm(road.line), BEND_STEP_M), streets.planned(road), mayCut, onCut);
    }
  };
  const works = core.find((face) => contains([map.loopSpots(face)], 1800, 5400));
  lay(plan.ARTERIALS, heard, (face) => faces.has(face) && face !== works);

  const community = seatCommunities(map, faces);
  const inherit = (face: number, created: number) => {
    const key = community.get(face);
    if (key !== undefined) community.set(created, key);
  };
  lay(plan.SECONDARIES, inherit, (face) => !WORKS.has(community.get(face) ?? '') && community.has(face));
  lay(plan.WORKS_ROADS, inherit, (face) => WORKS.has(community.get(face) ?? ''));
  return cutDown(map, community, streets, random);
}

function seatCommunities(map: PlanarMap, faces: ReadonlySet<number>): Map<number, string> {
  const community = new Map<number, string>();
  for (const face of faces) {
    const ring = map.loopSpots(face);
    const seated = Object.entries(plan.COMMUNITY_SEATS).filter(([, [x, y]]) =>
      contains([ring], x * 1000, y * 1000),
    );
    const [seat] = seated;
    if (!seat || seated.length > 1) {
      const at = centroid(ring).map((value) => (value / 1000).toFixed(1));
      throw new RangeError(`superblock at ${at.join(', ')} km seats ${seated.length} communities, wanted 1`);
    }
    community.set(face, seat[0]);
  }
  return community;
}

const COUNTS: Readonly<Record<string, number>> = { xiongguan: 142, gangcheng: 96 };
const TOWN_GRIDS = 375;

function cutDown(map: PlanarMap, community: Map<number, string>, streets: Streets, random: Random): TownPlan {
  const isWorks = (key: string) => WORKS.has(key);
  const style = styleOf(random.fork('compounds'), 75);
  const works: CutStyle = { ...style, weightAt: () => 1 / 1000 ** 2 };
  const styleFor = (key: string) => (isWorks(key) ? works : style);

  const compounds: { community: string; faces: number[] }[] = [];
  for (const [county, total] of Object.entries(COUNTS)) {
    const faces = [...community].filter(([, key]) => key.startsWith(`${county}/`));
    const shares = apportion(
      total,
      faces.map(([face, key]) => faceWeight(map, face, styleFor(key))),
    );
    for (const [i, [face, key]] of faces.entries()) {
      const parts = divide(map, face, shares[i] ?? 1, styleFor(key), (_, cut) => streets.cut(map, cut, 4));
      compounds.push(...parts.map((part) => ({ community: key, faces: [part] })));
    }
  }
  const grids = cutGrids(map, compounds, styleFor, streets);
  const blockRandom = random.fork('blocks');
  for (const grid of grids) {
    const key = compounds[grid.compound]?.community ?? '';
    grid.faces.push(...cutBlocks(map, grid.faces.splice(0), isWorks(key), streets, blockRandom));
  }
  for (const grid of grids) compounds[grid.compound]?.faces.push(...grid.faces);
  return { compounds, grids };
}

function cutGrids(
  map: PlanarMap,
  compounds: TownPlan['compounds'],
  styleFor: (key: string) => CutStyle,
  streets: Streets,
): TownPlan['grids'] {
  const weights = compounds.map(({ community, faces }) =>
    faceWeight(map, faces[0] ?? 0, styleFor(community)),
  );
  const shares = apportion(TOWN_GRIDS, weights);
  return compounds.flatMap(({ community, faces }, compound) => {
    const [face = 0] = faces.splice(0);
    const parts = divide(map, face, shares[compound] ?? 1, styleFor(community), (_, cut) =>
      streets.cut(map, cut, 5),
    );
    return parts.map((part) => ({ compound, faces: [part] }));
  });
}

/** Blocks between lanes; first a strip along the railway, which no lane enters. */
function cutBlocks(
  map: PlanarMap,
  [face = 0]: number[],
  isWorks: boolean,
  streets: Streets,
  random: Random,
): number[] {
  if (plan.PARKS.some(({ spot: [x, y] }) => contains([map.loopSpots(face)], x * 1000, y * 1000)))
    return [face];
  const strip = cutFrontage(map, face, streets);
  const spots = map.loopSpots(face);
  const side = isWorks ? 430 : 0.46 * gridSideM(centroid(spots)) * random.between(0.9, 1.25);
  const parts = Math.max(1, Math.round(signedArea(spots) / side ** 2));
  const style = { ...styleOf(random, 40), weightAt: () => 1 };
  const blocks = divide(map, face, parts, style, (_, cut) => streets.cut(map, cut, 5));
  return strip === null ? blocks : [...blocks, strip];
}

function styleOf(random: Random, cornerM: number): CutStyle {
  return {
    random,
    snapM: cornerM * 0.9,
    cornerM,
    weightAt: (spot) => 1 / gridSideM(spot) ** 2,
    bend: (from, to) => slightBend(from, to, random),
  };
}

/** Most streets are straight; some of the longer ones have a kink. */
function slightBend([ax, ay]: Spot, [bx, by]: Spot, random: Random): Spot[] {
  const length = Math.hypot(bx - ax, by - ay);
  const sway = random.between(-0.035, 0.035);
  if (length < 260 || random.next() < 0.6) return [];
  return [[(ax + bx) / 2 - (by - ay) * sway, (ay + by) / 2 + (bx - ax) * sway]];
}
