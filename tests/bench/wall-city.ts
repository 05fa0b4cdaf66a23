import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Id, MODES, type TeamCard, uuidv7 } from '@app/shared';
import pg from 'pg';
import { FleetTicker } from '../../server/src/live/fleet-ticker.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { randomFrom } from '../../server/src/demo/simulator/random.js';

/** The built-up part of the demo city, which a wall shows at rest. */
const HERE = { west: 98.235, south: 39.737, width: 0.105, height: 0.07 };
const STATUSES = ['patrolling', 'available', 'en-route', 'on-scene', 'rest'] as const;

/** How many of the teams a centre sees, from the first. */
export interface Share {
  readonly centre: Id;
  readonly teams: number;
}

/** Teams in the picture of the city and of the centres that have a share, as the loader of a city would have put them. */
export async function addTeams(databaseUrl: string, shares: readonly Share[]): Promise<Id[]> {
  const many = Math.max(...shares.map(({ teams }) => teams));
  const city = shares.find(({ teams }) => teams === many)?.centre ?? '';
  const rows = Array.from({ length: many }, (_, n) => {
    const card: TeamCard = {
      id: uuidv7(Date.now(), randomBytes(10)),
      callSign: `巡${n}`,
      mode: MODES[n % 4] ?? 'vehicle',
      tier: 3,
      status: STATUSES[n % STATUSES.length] ?? 'patrolling',
      version: 1,
      statusAt: new Date().toISOString(),
      centre: city,
      forces: { police: 2, militia: 2 },
      incidents: [],
    };
    return { card, seenBy: shares.flatMap(({ centre, teams }) => (n < teams ? centre : [])) };
  });
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(
    `insert into picture (kind, id, version, card, seen_by)
     select 'team', (row -> 'card' ->> 'id')::uuid, 1, row -> 'card',
            array(select jsonb_array_elements_text(row -> 'seenBy')::uuid)
       from jsonb_array_elements($1) row`,
    [JSON.stringify(rows)],
  );
  await client.end();
  return rows.map(({ card }) => card.id);
}

/** Every team moves, about 8 m with each tick; the server's own ticker is told when, so that ticks can come faster. */
export class MovingCity {
  readonly #teams: readonly Id[];
  readonly #fleet: Fleet;
  readonly #ticker: FleetTicker;
  readonly #lng: Float64Array;
  readonly #lat: Float64Array;
  /** Ticks so far. */
  beats = 0;

  private constructor(app: NestExpressApplication, teams: readonly Id[]) {
    this.#teams = teams;
    this.#fleet = app.get(Fleet);
    this.#ticker = app.get(FleetTicker);
    const random = randomFrom(9).next;
    this.#lng = Float64Array.from(teams, () => HERE.west + random() * HERE.width);
    this.#lat = Float64Array.from(teams, () => HERE.south + random() * HERE.height);
  }

  static async open(app: NestExpressApplication, teams: readonly Id[]): Promise<MovingCity> {
    const city = new MovingCity(app, teams);
    await city.#ticker.onApplicationShutdown();
    await city.beat();
    return city;
  }

  /** Ticks at this pace for as long as the work takes. */
  async run<T>(everyMs: number, work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const ticking = this.#tick(everyMs, over.signal);
    try {
      return await work();
    } finally {
      over.abort();
      await ticking;
    }
  }

  async #tick(everyMs: number, over: AbortSignal): Promise<void> {
    for (let due = performance.now(); !over.aborted;) {
      await this.beat();
      due = Math.max(due + everyMs, performance.now());
      await pause(due - performance.now());
    }
  }

  /** One tick: all teams have a new fix, and whoever watches is told. */
  async beat(): Promise<void> {
    this.beats += 1;
    const at = Date.now();
    for (const [n, team] of this.#teams.entries()) {
      const turn = (n % 360) + 9 * this.beats;
      const [east, north] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
      const lng = (this.#lng[n] = (this.#lng[n] ?? 0) + east * 1e-4);
      const lat = (this.#lat[n] = (this.#lat[n] ?? 0) + north * 7.5e-5);
      const motion = { speedKmh: 30, headingDeg: turn % 360, observedAt: at, receivedAt: at };
      this.#fleet.upsert({ team, lng, lat, ...motion });
    }
    await this.#ticker.beat();
  }
}
