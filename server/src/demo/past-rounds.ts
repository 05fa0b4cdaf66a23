import type { Id, LngLat, Mode, TeamId } from '@app/shared';
import type { StoredFix } from '../positions/position.rules.js';
import type { Random } from './simulator/random.js';
import type { Ground } from './simulator/road-course.js';
import { nextStop, type OwedStop } from './simulator/rounds.js';
import { TeamDriver } from './simulator/team-driver.js';

/** What its device told: each tick while it stays at a checkpoint, every other one on the way. */
const TICK_S = 10;

/** A team that patrolled by plan, and where it drove between its visits. */
export interface PastPatrol {
  readonly id: TeamId;
  readonly callSign: string;
  readonly mode: Mode;
  readonly device: Id;
  readonly stops: readonly LngLat[];
}

/** Patrols of the last days, driven by the visits that they owed; one after the other, from where each stood. */
export class PastRounds {
  readonly #drivers = new Map<TeamId, TeamDriver>();

  constructor(
    private readonly ground: Ground,
    private readonly random: Random,
  ) {}

  /** The fixes of a team over a span (ms since 1970). */
  drive(
    team: PastPatrol,
    owed: readonly OwedStop[],
    { from, to }: { from: number; to: number },
  ): StoredFix[] {
    const driver = this.#drivers.get(team.id) ?? this.#meet(team);
    const made = new Set<Id>();
    const fixes: StoredFix[] = [];
    let tick = 0;
    for (let at = from; at < to; at += TICK_S * 1_000) {
      const stop = nextStop(owed, made, at);
      driver.pursue(stop ? { kind: 'visit', visit: stop.id, ...stop } : { kind: 'patrol' });
      driver.tick(TICK_S);
      if (driver.visited !== null) made.add(driver.visited);
      const isThere = stop !== undefined && !driver.isMoving;
      if (!isThere && tick++ % 2 === 1) continue;
      fixes.push({ ...driver.sight(), device: team.device, team: team.id, observedAt: at, receivedAt: at });
    }
    return fixes;
  }

  /** Says where a team stands that was driven before. */
  stand(team: PastPatrol, place: LngLat): void {
    this.#meet(team, place);
  }

  #meet({ id, callSign, mode, stops }: PastPatrol, place = stops[0]): TeamDriver {
    const [home] = stops;
    if (!home || !place) throw new Error(`${callSign} patrols by a plan without a place`);
    const driver = new TeamDriver(this.ground, mode, home, place, this.random.fork(callSign));
    driver.assign(stops);
    this.#drivers.set(id, driver);
    return driver;
  }
}
