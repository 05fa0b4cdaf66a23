import { describe, expect, it } from '@jest/globals';
import { distanceM, type LngLat } from '@app/shared';
import { assert, double, integer, property } from 'fast-check';
import {
  advance,
  type Course,
  isAtEnd,
  placeOf,
  setOut,
  type Way,
} from '../../../../../server/src/demo/simulator/course.js';
import { NearestRoad } from '../../../../../server/src/demo/simulator/nearest-road.js';
import { wayByRoad, spotOf } from '../../../../../server/src/demo/simulator/road-course.js';
import { roadGraph, type RoadLine } from '../../../../../server/src/demo/simulator/road-graph.js';
import { arcSeconds, quickestWay } from '../../../../../server/src/demo/simulator/route.js';

const STEP = 0.004;
const at = (column: number, row: number): LngLat => [98.28 + column * STEP, 39.77 + row * STEP];

/** Five by five crossings; the road along row 2 is faster; one lane far away is not connected. */
function town(): RoadLine[] {
  const lines: RoadLine[] = [];
  for (let i = 0; i < 5; i++) {
    const along = [0, 1, 2, 3, 4];
    const kind = i === 2 ? 'arterial' : 'street';
    lines.push({ class: kind, name: `row ${i}`, points: along.map((column) => at(column, i)) });
    lines.push({ class: 'street', name: `column ${i}`, points: along.map((row) => at(i, row)) });
  }
  lines.push({ class: 'country', name: 'island', points: [at(40, 40), at(41, 40)] });
  return lines;
}

const graph = roadGraph(town());
const nearest = new NearestRoad(graph);

describe('road graph', () => {
  it('joins lines where they share a vertex and drops what is not connected', () => {
    expect(graph.places).toHaveLength(25);
    expect(graph.arcs.reduce((sum, arcs) => sum + arcs.length, 0)).toBe(80);
  });

  it('finds the same nearest stretch as a search over all of them', () => {
    const lng = double({ min: 98.27, max: 98.31, noNaN: true });
    const lat = double({ min: 39.76, max: 39.8, noNaN: true });
    assert(
      property(lng, lat, (x, y) => {
        let least = Infinity;
        for (let from = 0; from < graph.places.length; from++)
          for (const { to } of graph.arcs[from] ?? [])
            for (let part = 0; part <= 1; part += 0.01) {
              const [a, b] = [graph.places[from] ?? [0, 0], graph.places[to] ?? [0, 0]];
              const spot: LngLat = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
              least = Math.min(least, distanceM([x, y], spot));
            }
        expect(nearest.at([x, y]).offM).toBeLessThan(least + 5);
        expect(nearest.at([x, y]).offM).toBeGreaterThan(least - 5);
      }),
      { numRuns: 30 },
    );
  });
});

describe('quickest way', () => {
  it('costs the same as an obvious search (Bellman and Ford) between any two nodes', () => {
    const node = integer({ min: 0, max: 24 });
    assert(
      property(node, node, (from, to) => {
        const way = quickestWay(graph, [{ node: from, costS: 0 }], to, 60) ?? [];
        let seconds = 0;
        for (let i = 1; i < way.length; i++) {
          const arc = graph.arcs[way[i - 1] ?? 0]?.find((one) => one.to === way[i]);
          seconds += arc ? arcSeconds(arc, 60) : Infinity;
        }
        expect(seconds).toBeCloseTo(slowest(from)[to] ?? Infinity, 6);
      }),
    );
  });

  it('says that there is none', () => {
    expect(quickestWay(graph, [{ node: 0, costS: 0 }], 99, 60)).toBeUndefined();
  });
});

function slowest(from: number): number[] {
  const cost = Array.from(graph.places, (_, node) => (node === from ? 0 : Infinity));
  for (let round = 0; round < graph.places.length; round++)
    graph.arcs.forEach((arcs, node) => {
      for (const arc of arcs)
        cost[arc.to] = Math.min(cost[arc.to] ?? Infinity, (cost[node] ?? Infinity) + arcSeconds(arc, 60));
    });
  return cost;
}

describe('course by road', () => {
  const near = (column: number, row: number): LngLat => [at(column, row)[0], at(column, row)[1]];
  const pace = { topKmh: 60, share: 1 };

  function drive(way: Way | undefined): { seconds: number; course: Course; steps: number[]; offM: number } {
    if (!way) throw new Error('a way is wanted');
    let now = setOut(way, pace);
    const steps: number[] = [];
    let [seconds, offM] = [0, 0];
    for (; !isAtEnd(now) && seconds < 3600; seconds++) {
      const before = placeOf(now).place;
      now = advance(now, 1);
      steps.push(distanceM(before, placeOf(now).place));
      offM = Math.max(offM, nearest.at(placeOf(now).place).offM);
    }
    return { seconds, course: now, steps, offM };
  }

  it('ends at the spot of the road nearest to the goal, from anywhere to anywhere, without a jump', () => {
    const coordinate = double({ min: 0, max: 4, noNaN: true });
    assert(
      property(coordinate, coordinate, coordinate, coordinate, (a, b, c, d) => {
        const goal = nearest.at(near(c, d));
        const way = wayByRoad({ graph, nearest }, nearest.at(near(a, b)), near(c, d), 60);
        const { course: end, steps, offM } = drive(way);
        expect(isAtEnd(end)).toBe(true);
        expect(distanceM(placeOf(end).place, near(c, d))).toBeLessThan(goal.offM + 0.5);
        expect(Math.max(0, ...steps)).toBeLessThan(60 / 3.6 + 0.5);
        expect(offM).toBeLessThan(0.5);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the time that the speeds of the roads give', () => {
    const way = wayByRoad({ graph, nearest }, nearest.at(at(0, 2)), at(4, 2), 60);
    const lengthM = distanceM(at(0, 2), at(4, 2));
    const { seconds } = drive(way);
    expect(seconds).toBeGreaterThan((lengthM * 3.6) / 60);
    expect(seconds).toBeLessThan((lengthM * 3.6) / 60 + 15);
  });

  it('turns round on the spot when the goal lies behind', () => {
    const [a, b] = [at(0, 0), at(1, 0)];
    const middle: LngLat = [(a[0] + b[0]) / 2, a[1]];
    const way = wayByRoad({ graph, nearest }, { from: 0, to: 1, alongM: 170, road: 0, offM: 0 }, a, 40);
    const { course: end } = drive(way);
    expect(distanceM(placeOf(end).place, a)).toBeLessThan(1);
    expect(distanceM(middle, a)).toBeGreaterThan(100);
    expect(spotOf(end)).toMatchObject({ to: 0 });
  });
});
