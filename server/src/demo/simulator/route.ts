import { distanceM } from '@app/shared';
import type { Arc, RoadGraph } from './road-graph.js';

/** A node from which the way may begin, and what it costs (seconds) to be there. */
export interface Start {
  readonly node: number;
  readonly costS: number;
}

/** Seconds over an arc for somebody whose own speed ends at `topKmh`. */
export const arcSeconds = (arc: Pick<Arc, 'lengthM' | 'kmh'>, topKmh: number): number =>
  (arc.lengthM * 3.6) / Math.min(arc.kmh, topKmh);

/** What a search leaves behind for the next one: arrays by node, good where `round` is that of the search. */
interface Slate {
  round: number;
  readonly reachedIn: Uint32Array;
  readonly costS: Float64Array;
  readonly before: Int32Array;
}

const slates = new WeakMap<RoadGraph, Slate>();

/**
 * The quickest way from the best of some starts to a goal (A*, Hart, Nilsson and Raphael 1968), as nodes with both
 * ends; undefined where there is none.
 */
export function quickestWay(
  graph: RoadGraph,
  starts: readonly Start[],
  goal: number,
  topKmh: number,
): number[] | undefined {
  const goalPlace = graph.places[goal];
  if (!goalPlace) return undefined;
  const { round, reachedIn, costS, before } = slateOf(graph);
  // Never more than the true rest: straight there at the best speed, 1 % off for rounding.
  const restS = (3.6 * 0.99) / Math.min(graph.fastestKmh, topKmh);
  const open = new Heap();

  function reach(node: number, cost: number, from: number): void {
    if (reachedIn[node] === round && cost >= (costS[node] ?? Infinity)) return;
    reachedIn[node] = round;
    costS[node] = cost;
    before[node] = from;
    open.push(node, cost + distanceM(graph.places[node] ?? [0, 0], goalPlace ?? [0, 0]) * restS);
  }

  for (const { node, costS: cost } of starts) reach(node, cost, NOWHERE);
  const done = new Set<number>();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === goal) return trace(before, goal);
    if (done.has(node)) continue;
    done.add(node);
    const cost = costS[node] ?? 0;
    for (const arc of graph.arcs[node] ?? []) reach(arc.to, cost + arcSeconds(arc, topKmh), node);
  }
  return undefined;
}

const NOWHERE = -1;

function slateOf(graph: RoadGraph): Slate {
  const count = graph.places.length;
  const slate = slates.get(graph) ?? {
    round: 0,
    reachedIn: new Uint32Array(count),
    costS: new Float64Array(count),
    before: new Int32Array(count),
  };
  slate.round += 1;
  slates.set(graph, slate);
  return slate;
}

function trace(before: Int32Array, goal: number): number[] {
  const way: number[] = [];
  for (let node = goal; node !== NOWHERE; node = before[node] ?? NOWHERE) way.push(node);
  return way.reverse();
}

/** A binary heap of nodes, smallest rank first. */
class Heap {
  readonly #nodes: number[] = [];
  readonly #ranks: number[] = [];

  push(node: number, rank: number): void {
    let at = this.#nodes.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const upRank = this.#ranks[up] ?? 0;
      if (upRank <= rank) break;
      this.#put(at, this.#nodes[up] ?? 0, upRank);
      at = up;
    }
    this.#put(at, node, rank);
  }

  pop(): number | undefined {
    const top = this.#nodes[0];
    const node = this.#nodes.pop();
    const rank = this.#ranks.pop();
    if (node === undefined || rank === undefined || this.#nodes.length === 0) return top;
    let at = 0;
    for (let child = 1; child < this.#nodes.length; child = 2 * at + 1) {
      const other = this.#ranks[child + 1];
      if (other !== undefined && other < (this.#ranks[child] ?? 0)) child += 1;
      const childRank = this.#ranks[child] ?? 0;
      if (rank <= childRank) break;
      this.#put(at, this.#nodes[child] ?? 0, childRank);
      at = child;
    }
    this.#put(at, node, rank);
    return top;
  }

  #put(at: number, node: number, rank: number): void {
    this.#nodes[at] = node;
    this.#ranks[at] = rank;
  }
}
