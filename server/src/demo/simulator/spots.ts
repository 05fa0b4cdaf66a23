import { bboxOf, type Centre, distanceM, isInRing, type LngLat } from '@app/shared';
import { liveliness } from './demand.js';
import type { Random } from './random.js';
import type { RoadGraph } from './road-graph.js';
import { placeLabel } from './words.js';

/** A grid as the public basemap tells it: code, a place inside, its outline. */
export interface Grid {
  readonly code: string;
  readonly anchor: LngLat;
  readonly ring: readonly LngLat[];
}

/** Somewhere that an incident may happen, with what a card may say about it. */
export interface Spot {
  readonly place: LngLat;
  readonly label: string | undefined;
}

/** Draws places of incidents: a grid by its liveliness, then a stretch of road inside it. */
export class Spots {
  readonly #grids: { spots: Spot[]; upTo: number }[] = [];
  #sum = 0;

  constructor(grids: readonly Grid[], graph: RoadGraph, centres: readonly Centre[]) {
    const leaves = leavesOf(centres);
    const villages = new Set(centres.flatMap(({ kind, code }) => (kind === 'village' && code ? [code] : [])));
    const roads = roadsIn(grids, graph);
    for (const [i, grid] of grids.entries()) {
      const area = nearestName(leaves, grid.anchor);
      const found = (roads[i] ?? []).map(({ place, road }) => ({ place, label: placeLabel(road, area) }));
      const spots = found.length > 0 ? found : [{ place: grid.anchor, label: placeLabel('', area) }];
      this.#sum += liveliness(grid.code, villages.has(grid.code.slice(0, -3)));
      this.#grids.push({ spots, upTo: this.#sum });
    }
  }

  /** @throws RangeError when there are no grids */
  draw(random: Random): Spot {
    const wanted = random.next() * this.#sum;
    const grid = this.#grids.find(({ upTo }) => upTo > wanted);
    return random.pick(grid?.spots ?? []);
  }
}

/** The middles of the stretches of road in each grid. */
function roadsIn(grids: readonly Grid[], graph: RoadGraph): { place: LngLat; road: string }[][] {
  const boxes = grids.map(({ ring }) => bboxOf(ring));
  const found: { place: LngLat; road: string }[][] = grids.map(() => []);
  for (const [from, arcs] of graph.arcs.entries())
    for (const { to, road } of arcs) {
      const [a, b] = [graph.places[from], graph.places[to]];
      if (to < from || !a || !b) continue;
      const place: LngLat = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const grid = grids.findIndex(({ ring }, i) => isInBox(place, boxes[i]) && isInRing(...place, ring));
      found[grid]?.push({ place, road: graph.roads[road] ?? '' });
    }
  return found;
}

const isInBox = ([lng, lat]: LngLat, box: ReturnType<typeof bboxOf>): boolean =>
  box !== undefined && lng >= box[0] && lat >= box[1] && lng <= box[2] && lat <= box[3];

function leavesOf(centres: readonly Centre[]): Centre[] {
  const parents = new Set(centres.map(({ parent }) => parent));
  return centres.filter(({ id, anchor }) => anchor !== null && !parents.has(id));
}

function nearestName(leaves: readonly Centre[], place: LngLat): string {
  let [name, least] = ['', Infinity];
  for (const { anchor, names } of leaves) {
    const far = anchor ? distanceM(anchor, place) : Infinity;
    if (far < least) [name, least] = [names.hans, far];
  }
  return name;
}
