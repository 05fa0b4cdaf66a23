import type { LngLat } from '@app/shared';
import type { Course, Leg, Way } from './course.js';
import type { NearestRoad, RoadSpot } from './nearest-road.js';
import type { RoadGraph } from './road-graph.js';
import { arcSeconds, quickestWay } from './route.js';

export interface Ground {
  readonly graph: RoadGraph;
  readonly nearest: NearestRoad;
}

const U_TURN_S = 6;

/** By road to the spot nearest to a place; a U-turn on the spot is allowed and costs some seconds. */
export function wayByRoad(
  { graph, nearest }: Ground,
  at: RoadSpot,
  goal: LngLat,
  topKmh: number,
): Way | undefined {
  const end = nearest.at(goal);
  if (isSameStretch(at, end)) return alongStretch(graph, at, end);
  const stretch = legBetween(graph, at.from, at.to);
  if (!stretch) return undefined;
  const seconds = arcSeconds(stretch, topKmh);
  const part = stretch.lengthM === 0 ? 0 : at.alongM / stretch.lengthM;
  const starts = [
    { node: at.to, costS: (1 - part) * seconds },
    { node: at.from, costS: part * seconds + U_TURN_S },
  ];
  const way = quickestWay(graph, starts, end.from, topKmh);
  if (!way) return undefined;
  const isAhead = way[0] === at.to;
  const nodes = [isAhead ? at.from : at.to, ...way];
  // The way either comes over the last stretch already or has to enter it.
  const isOver = nodes.at(-2) === end.to;
  const legs = legsOf(graph, isOver ? nodes : [...nodes, end.to]);
  const last = legs.at(-1);
  if (!last) return undefined;
  const alongM = isAhead ? at.alongM : stretch.lengthM - at.alongM;
  return { legs, alongM, endM: isOver ? last.lengthM - end.alongM : end.alongM };
}

/** A way that begins and ends at a spot of the roads. */
export function standAt(graph: RoadGraph, spot: RoadSpot): Way | undefined {
  const leg = legBetween(graph, spot.from, spot.to);
  return leg && { legs: [leg], alongM: spot.alongM, endM: spot.alongM };
}

/** The spot of the roads where a course stands, to plan the next one from; undefined in the air. */
export function spotOf({ legs, leg, alongM }: Course): RoadSpot | undefined {
  const here = legs[leg];
  if (!here || here.nodes[0] < 0) return undefined;
  return { from: here.nodes[0], to: here.nodes[1], alongM, road: -1, offM: 0 };
}

const isSameStretch = (a: RoadSpot, b: RoadSpot): boolean =>
  (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from);

function alongStretch(graph: RoadGraph, at: RoadSpot, end: RoadSpot): Way | undefined {
  const lengthM = legBetween(graph, at.from, at.to)?.lengthM ?? 0;
  const goalM = end.from === at.from ? end.alongM : lengthM - end.alongM;
  const isAhead = goalM >= at.alongM;
  const leg = isAhead ? legBetween(graph, at.from, at.to) : legBetween(graph, at.to, at.from);
  if (!leg) return undefined;
  const [alongM, endM] = isAhead ? [at.alongM, goalM] : [lengthM - at.alongM, lengthM - goalM];
  return { legs: [leg], alongM, endM };
}

function legsOf(graph: RoadGraph, nodes: readonly number[]): Leg[] {
  const legs: Leg[] = [];
  for (let i = 1; i < nodes.length; i++) {
    const leg = legBetween(graph, nodes[i - 1] ?? -1, nodes[i] ?? -1);
    if (leg) legs.push(leg);
  }
  return legs;
}

function legBetween(graph: RoadGraph, a: number, b: number): Leg | undefined {
  const [from, to] = [graph.places[a], graph.places[b]];
  const arc = graph.arcs[a]?.find((one) => one.to === b);
  if (!from || !to || !arc) return undefined;
  const { lengthM, headingDeg, kmh } = arc;
  return { from, to, lengthM, headingDeg, kmh, nodes: [a, b] };
}
