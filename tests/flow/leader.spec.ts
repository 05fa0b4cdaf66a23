import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { markUnthinned, readUnthinned, thinDay } from '../../server/src/positions/track.query.js';
import { TracksSchedule } from '../../server/src/positions/tracks.schedule.js';
import { openApp, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';

const DAY = 86_400_000;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

let apps: RunningApp[];
let database: pg.Client;

const leaders = () => apps.map(({ app }) => app.get(Leader));

/** The one that leads, or the next one to. */
const leading = (): Promise<Leader> =>
  new Promise((resolve) => {
    for (const leader of leaders()) leader.onLead(() => resolve(leader));
  });

beforeAll(async () => {
  const first = await openApp();
  apps = [first, await openApp({ databaseUrl: first.databaseUrl })];
  database = new pg.Client(first.databaseUrl);
  await database.connect();
});

afterAll(async () => {
  await database.end();
  for (const app of apps.reverse()) await app.close();
});

describe('of two processes', () => {
  it('exactly one leads, and again exactly one when its connection is lost', async () => {
    const first = await leading();
    expect(leaders().filter(({ isLeader }) => isLeader)).toEqual([first]);
    const other = leaders().find((leader) => leader !== first);
    await expect(other?.query('select 1')).rejects.toThrow('does not lead');

    // Whoever leads now is told of at once; the event after that is the one that counts.
    const again = new Promise<Leader>((resolve) => {
      let events = 0;
      for (const leader of leaders()) leader.onLead(() => (++events === 2 ? resolve(leader) : undefined));
    });
    await database.query('select pg_terminate_backend(pid) from pg_locks where objid = 7201123');
    const second = await again;
    expect(leaders().filter(({ isLeader }) => isLeader)).toEqual([second]);
    expect(await second.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('the one that writes in a transaction writes through the lock', async () => {
    const leader = await leading();
    const held = await leader.transaction((tx) =>
      tx.query<{ held: number }[]>(
        `select count(*)::int as held from pg_locks
          where locktype = 'advisory' and objid = 7201123 and pid = pg_backend_pid()`,
      ),
    );
    expect(held).toEqual([{ held: 1 }]);
  });
});

describe('the days of tracks', () => {
  it('are thinned after a week to one fix a minute, which frees their disk, and dropped after a month', async () => {
    const now = Date.now();
    const [thick, fresh, gone] = [now - 9 * DAY, now - 2 * DAY, now - 40 * DAY];
    const index = leaders().indexOf(await leading());
    const schedule = apps[index]?.app.get(TracksSchedule);
    // What it began with when it took the lead is over.
    await schedule?.tidy();
    await database.query('select track_make_day($1)', [day(gone)]);
    for (const at of [thick, fresh, gone]) {
      const midnight = Date.parse(`${day(at)}T00:00:00Z`);
      await database.query(
        `insert into track (device, team, observed_at, lng, lat, received_at)
         select d, d, to_timestamp($1::float8 / 1000 + s), 98, 39, now()
           from unnest(array['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']::uuid[]) d,
                generate_series(0, 14399, 10) s`,
        [midnight],
      );
    }
    const sizeOf = async (at: number) => {
      const part = `track_${day(at).replaceAll('-', '')}`;
      const { rows } = await database.query<{ size: number }>(
        'select pg_total_relation_size($1)::int as size',
        [part],
      );
      return rows[0]?.size ?? NaN;
    };
    const thickSize = await sizeOf(thick);
    // A reader that began before it was thinned keeps what it may still see on the disk: then once more.
    await insist(async () => {
      await markUnthinned(database, [day(thick)]);
      await schedule?.tidy();
      return (await sizeOf(thick)) < thickSize / 2 ? true : undefined;
    });
    expect(await sizeOf(fresh)).toBeGreaterThanOrEqual(thickSize / 2);
    const counts = await database.query(
      `select (observed_at at time zone 'UTC')::date::text as day, count(*)::int as fixes from track
        where team = device group by 1 order by 1`,
    );
    expect(counts.rows).toEqual([
      { day: day(thick), fixes: 480 },
      { day: day(fresh), fixes: 2_880 },
    ]);
    const left = await database.query('select to_regclass($1) as part', [
      `track_${day(gone).replaceAll('-', '')}`,
    ]);
    expect(left.rows).toEqual([{ part: null }]);
  });

  it('into which something was imported since they were read are due again', async () => {
    const asks = apps[0]?.app.get(Database);
    if (!asks) throw new Error('a process is wanted');
    const thick = day(Date.now() - 9 * DAY);
    const isDue = async () =>
      (await readUnthinned(asks, day(Date.now() - 8 * DAY))).some((one) => one.day === thick);
    await markUnthinned(asks, [thick]);
    const due = (await readUnthinned(asks, day(Date.now() - 8 * DAY))).find((one) => one.day === thick);
    if (!due) throw new Error(`${thick} is not due`);
    await markUnthinned(asks, [thick]);
    await thinDay(asks, due, Date.now());
    expect(await isDue()).toBe(true);
    await thinDay(asks, { ...due, imports: String(Number(due.imports) + 1) }, Date.now());
    expect(await isDue()).toBe(false);
  });
});
