import type { LngLat } from '@app/shared';
import type { StoredFix } from '../positions/position.rules.js';
import type { DemoCity } from './city/demo-city.js';
import type { PlacedTeam } from './load-city.js';
import { NearestRoad } from './simulator/nearest-road.js';
import type { Random } from './simulator/random.js';
import type { Ground } from './simulator/road-course.js';
import { roadGraph } from './simulator/road-graph.js';
import { TeamDriver } from './simulator/team-driver.js';

/** A fix each minute: what tracks older than the full resolution keep too. */
const EVERY_S = 60;

/** The roads of the city as drivers know them. */
export function groundOf({ roads }: Pick<DemoCity, 'roads'>): Ground {
  const lines = roads.lines.map(({ class: kind, names, line }) => ({
    class: kind,
    name: names.hans,
    points: line.map(([lng, lat]): LngLat => [lng, lat]),
  }));
  const graph = roadGraph(lines);
  return { graph, nearest: new NearestRoad(graph) };
}

/** Where each team was between two instants (ms): its patrol as the simulator drives it, one list of fixes a team. */
export function* pastTracks(
  ground: Ground,
  teams: readonly (PlacedTeam & { readonly home: LngLat })[],
  random: Random,
  { from, to }: { from: number; to: number },
): Generator<StoredFix[]> {
  for (const { id, device, mode, home, callSign } of teams) {
    const driver = new TeamDriver(ground, mode, home, null, random.fork(callSign));
    driver.pursue({ kind: 'patrol' });
    const fixes: StoredFix[] = [];
    for (let at = from; at < to; at += EVERY_S * 1_000) {
      driver.tick(EVERY_S);
      fixes.push({ ...driver.sight(), device, team: id, observedAt: at, receivedAt: at });
    }
    yield fixes;
  }
}
