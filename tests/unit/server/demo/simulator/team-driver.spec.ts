import { describe, expect, it } from '@jest/globals';
import { distanceM, type LngLat, MODES, uuidv7 } from '@app/shared';
import { NearestRoad } from '../../../../../server/src/demo/simulator/nearest-road.js';
import { randomFrom } from '../../../../../server/src/demo/simulator/random.js';
import { roadGraph } from '../../../../../server/src/demo/simulator/road-graph.js';
import { TeamDriver } from '../../../../../server/src/demo/simulator/team-driver.js';

const at = (column: number, row: number): LngLat => [98.28 + column * 0.004, 39.77 + row * 0.004];
const rows = [0, 1, 2, 3, 4];
const graph = roadGraph([
  ...rows.map((row) => ({
    class: 'street',
    name: `row ${row}`,
    points: rows.map((column) => at(column, row)),
  })),
  ...rows.map((column) => ({
    class: 'street',
    name: `${column}`,
    points: rows.map((row) => at(column, row)),
  })),
]);
const ground = { graph, nearest: new NearestRoad(graph) };
const incident = uuidv7(0, new Uint8Array(10));
const driverOf = (mode: (typeof MODES)[number], last: LngLat | null = at(0, 0)) =>
  new TeamDriver(ground, mode, at(2, 2), last, randomFrom(7));

describe('team driver', () => {
  it('patrols for an hour at the speed of its mode, on the roads', () => {
    for (const mode of ['vehicle', 'motorcycle', 'foot'] as const) {
      const driver = driverOf(mode, at(2, 2));
      driver.pursue({ kind: 'patrol' });
      let metres = 0;
      let before = driver.place;
      for (let second = 0; second < 3600; second++) {
        driver.tick(1);
        metres += distanceM(before, driver.place);
        before = driver.place;
        expect(ground.nearest.at(driver.place).offM).toBeLessThan(0.5);
      }
      const top = { vehicle: 30, motorcycle: 25, foot: 4.5 }[mode];
      expect(metres / 1000).toBeLessThan(top);
      expect(metres / 1000).toBeGreaterThan(top * 0.2);
    }
  });

  it('drives to its errand and stands there', () => {
    const driver = driverOf('vehicle');
    driver.pursue({ kind: 'errand', incident, place: at(4, 4) });
    expect(driver.hasReached(incident)).toBe(false);
    for (let second = 0; second < 600 && !driver.hasReached(incident); second++) driver.tick(1);
    expect(driver.hasReached(incident)).toBe(true);
    expect(distanceM(driver.place, at(4, 4))).toBeLessThan(2);
    expect(driver.sight().speedKmh).toBe(0);
  });

  it('tells a place within some metres of where it is, and a whole heading below 360', () => {
    const driver = driverOf('vehicle');
    driver.pursue({ kind: 'patrol' });
    for (let second = 0; second < 600; second++) {
      driver.tick(1);
      const { lng, lat, headingDeg } = driver.sight();
      expect(distanceM([lng, lat], driver.place)).toBeLessThan(12);
      expect(Number.isInteger(headingDeg) && headingDeg >= 0 && headingDeg < 360).toBe(true);
    }
  });

  it('a team that restarts beside the road goes on from the road next to it', () => {
    const [lng, lat] = at(1, 1);
    const driver = driverOf('vehicle', [lng + 0.001, lat + 0.00002]);
    expect(distanceM(driver.place, [lng + 0.001, lat])).toBeLessThan(3);
  });

  it('stops at the next crossing when told to stand, and a camera never moves', () => {
    const driver = driverOf('vehicle');
    driver.pursue({ kind: 'errand', incident, place: at(4, 4) });
    for (let second = 0; second < 10; second++) driver.tick(1);
    driver.pursue({ kind: 'stand' });
    for (let second = 0; second < 120; second++) driver.tick(1);
    expect(driver.isMoving).toBe(false);
    const camera = driverOf('video', null);
    camera.pursue({ kind: 'errand', incident, place: at(4, 4) });
    for (let second = 0; second < 60; second++) camera.tick(1);
    expect(camera.place).toEqual(at(2, 2));
  });

  it('flies straight', () => {
    const drone = driverOf('drone');
    drone.pursue({ kind: 'errand', incident, place: at(4, 4) });
    for (let second = 0; second < 600 && !drone.hasReached(incident); second++) drone.tick(1);
    expect(distanceM(drone.place, at(4, 4))).toBeLessThan(1);
  });
});
