import { latticeOf, positionOfLattice, spotOfLattice, type Spot } from './frame.js';
import type { Ring } from './demo-city.js';

/** Where a cut meets the rim of a face: at the origin of `edge` (`at` null), or at a new vertex on it. */
export interface RimPoint {
  readonly edge: number;
  readonly at: Spot | null;
}

export const OUTSIDE = 0;

/**
 * A plane cut into faces, as half-edges over integer vertices: `2k` and `2k + 1` are twins, each with its face on the
 * left. A vertex put on an edge is in both faces at once, hence faces tile whatever is cut: no gap, no overlap,
 * and shared borders with the same bits. Faces stay simple as long as cuts keep inside their face.
 */
export class PlanarMap {
  readonly spots: Spot[] = [];
  readonly origin: number[] = [];
  readonly next: number[] = [];
  readonly prev: number[] = [];
  readonly face: number[] = [];
  /** Street that runs along the half-edge, -1 for none; twins agree. */
  readonly street: number[] = [];
  private readonly lattice: [number, number][] = [];
  private readonly first: number[] = [];

  /** One face (number 1) within a counter-clockwise ring that is given without its closing point. */
  constructor(ring: readonly Spot[]) {
    const count = ring.length;
    for (const spot of ring) this.addVertex(spot);
    for (let i = 0; i < count; i++) {
      this.addEdge(i, (i + 1) % count, 1, OUTSIDE, -1);
    }
    for (let i = 0; i < count; i++) {
      this.link(2 * i, 2 * ((i + 1) % count));
      this.link(2 * ((i + 1) % count) + 1, 2 * i + 1);
    }
    this.first.push(1, 0);
  }

  get faceCount(): number {
    return this.first.length;
  }

  /** Half-edges around a face, counter-clockwise. */
  loop(face: number): number[] {
    const start = at(this.first, face);
    const edges = [start];
    for (let edge = at(this.next, start); edge !== start; edge = at(this.next, edge)) edges.push(edge);
    return edges;
  }

  spotAt(edge: number): Spot {
    return at(this.spots, at(this.origin, edge));
  }

  loopSpots(face: number): Spot[] {
    return this.loop(face).map((edge) => this.spotAt(edge));
  }

  positionAt(edge: number): readonly [number, number] {
    const [lng, lat] = at(this.lattice, at(this.origin, edge));
    return positionOfLattice(lng, lat);
  }

  /** Puts a vertex on an edge and answers the half-edge that now starts there (same side as `edge`). */
  splitEdge(edge: number, spot: Spot): number {
    const twin = edge ^ 1;
    const far = at(this.origin, twin);
    const vertex = this.addVertex(spot);
    const after = at(this.next, edge);
    const before = at(this.prev, twin);
    const added = this.addEdge(vertex, far, at(this.face, edge), at(this.face, twin), at(this.street, edge));
    this.origin[twin] = vertex;
    this.link(added, after === twin ? added ^ 1 : after);
    this.link(edge, added);
    this.link(before === edge ? added : before, added ^ 1);
    this.link(added ^ 1, twin);
    return added;
  }

  /**
   * Cuts a face in two along `from … via … to`. Answers the new face, which lies left of the cut;
   * what lies right of it keeps the old number.
   */
  splitFace(face: number, from: RimPoint, to: RimPoint, via: readonly Spot[], street: number): number {
    const [start, end] = this.rim(from, to);
    const entry = at(this.prev, start);
    const exit = at(this.prev, end);
    const created = this.first.length;
    const stops = [at(this.origin, start), ...via.map((spot) => this.addVertex(spot)), at(this.origin, end)];
    let [left, right] = [entry, start];
    for (let i = 0; i + 1 < stops.length; i++) {
      const edge = this.addEdge(at(stops, i), at(stops, i + 1), created, face, street);
      this.link(left, edge);
      this.link(edge ^ 1, right);
      [left, right] = [edge, edge ^ 1];
    }
    this.link(left, end);
    this.link(exit, right);
    this.first.push(left);
    this.first[face] = right;
    for (const edge of this.loop(created)) this.face[edge] = created;
    return created;
  }

  /** The closed outer ring of a set of faces that hang together without holes. */
  ringOf(isMember: (face: number) => boolean, someFace: number): Ring {
    const isRim = (edge: number) => !isMember(at(this.face, edge ^ 1));
    const start = this.rimOf(isMember, someFace);
    const ring: (readonly [number, number])[] = [];
    let edge = start;
    do {
      ring.push(this.positionAt(edge));
      edge = at(this.next, edge);
      while (!isRim(edge)) edge = at(this.next, edge ^ 1);
    } while (edge !== start);
    return [...ring, at(ring, 0)];
  }

  /** A rim edge of the set, found by walking from one of its faces. */
  private rimOf(isMember: (face: number) => boolean, someFace: number): number {
    const seen = new Set([someFace]);
    for (const face of seen) {
      for (const edge of this.loop(face)) {
        const beyond = at(this.face, edge ^ 1);
        if (!isMember(beyond)) return edge;
        seen.add(beyond);
      }
    }
    throw new RangeError(`face ${someFace} belongs to a set without a rim`);
  }

  /** Rim points as half-edges. Of two new vertices on one edge the later is made first, so that neither moves. */
  private rim(from: RimPoint, to: RimPoint): [start: number, end: number] {
    const make = ({ edge, at: spot }: RimPoint) => (spot ? this.splitEdge(edge, spot) : edge);
    if (from.edge !== to.edge || !from.at || !to.at) {
      const end = make(to);
      return [make(from), end];
    }
    const base = this.spotAt(from.edge);
    const fromIsNearer = squared(base, from.at) < squared(base, to.at);
    if (fromIsNearer) {
      const end = make(to);
      return [make(from), end];
    }
    const start = make(from);
    return [start, make(to)];
  }

  private addVertex(spot: Spot): number {
    const point = latticeOf(spot);
    this.lattice.push(point);
    return this.spots.push(spotOfLattice(...point)) - 1;
  }

  private addEdge(from: number, to: number, left: number, right: number, street: number): number {
    this.origin.push(from, to);
    this.face.push(left, right);
    this.street.push(street, street);
    this.next.push(-1, -1);
    return this.prev.push(-1, -1) - 2;
  }

  private link(edge: number, next: number): void {
    this.next[edge] = next;
    this.prev[next] = edge;
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}

function squared([ax, ay]: Spot, [bx, by]: Spot): number {
  return (bx - ax) ** 2 + (by - ay) ** 2;
}
