import type { RoadClass, RoadRank } from './demo-city.js';
import type { Cut } from './cuts.js';
import type { PlanarMap } from './planar-map.js';
import type { PlannedRoad } from './plan.js';

/** Marks the edges along which the railway runs; not a street. */
export const RAIL = -2;

export interface Street {
  readonly class: RoadClass;
  readonly rank: RoadRank;
  /** Stem and generic word of a road that the plan names. */
  readonly planned: readonly [name: string, generic: string] | null;
}

/** The register of streets; the edges of the map carry numbers into it. */
export class Streets {
  readonly list: Street[] = [];

  add(street: Street): number {
    return this.list.push(street) - 1;
  }

  /** Pieces of a planned road that carry the same name are one street. */
  planned({ name, generic, class: roadClass }: PlannedRoad): number {
    const known = this.list.findIndex(({ planned }) => planned?.[0] === name && planned[1] === generic);
    if (known >= 0) return known;
    const rank = roadClass === 'trunk' ? 1 : roadClass === 'arterial' ? 2 : 3;
    return this.add({ class: roadClass, rank, planned: [name, generic] });
  }

  /** The street of a new cut: the one that it continues beyond either end, or a new one. */
  cut(map: PlanarMap, { from, to, via }: Cut, rank: RoadRank): number {
    const start = from.at ?? map.spotAt(from.edge);
    const end = to.at ?? map.spotAt(to.edge);
    const known =
      (from.at ? null : this.beyond(map, from.edge, via[0] ?? end, rank)) ??
      (to.at ? null : this.beyond(map, to.edge, via.at(-1) ?? start, rank));
    return known ?? this.add({ class: 'street', rank, planned: null });
  }

  private beyond(
    map: PlanarMap,
    edge: number,
    comingFrom: readonly [number, number],
    rank: RoadRank,
  ): number | null {
    const [x, y] = map.spotAt(edge);
    const heading = Math.atan2(y - comingFrom[1], x - comingFrom[0]);
    let spoke = (map.prev[edge] ?? 0) ^ 1;
    for (let k = 0; k < 8 && spoke !== edge; k++) {
      const [fx, fy] = map.spotAt(spoke ^ 1);
      const street = map.street[spoke] ?? -1;
      const turn = Math.atan2(fy - y, fx - x) - heading;
      if (street >= 0 && Math.cos(turn) > 0.9 && this.list[street]?.rank === rank) return street;
      spoke = (map.prev[spoke] ?? 0) ^ 1;
    }
    return null;
  }
}
