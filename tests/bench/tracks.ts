import pg from 'pg';
import type { Replay, Team, TrackPage } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { type BenchRow, inTurns, median, type Plot } from './measure.js';

const DAY_S = 86_400;
/** Beside the team that is read, on the same day: its fixes lie between theirs, as they came. */
const OTHERS = { quick: 4, long: 49 };
const PAGE = 20_000;

/** Row 10: what a fix takes on disk, and a team's day, read at the door, against the same rows in raw SQL. */
export async function benchTracks(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const running = await openApp({ databaseUrl });
  const database = new pg.Client(databaseUrl);
  await database.connect();
  try {
    const duty = await running.signIn('duty');
    const { items } = (await duty.get<{ items: Team[] }>('/api/teams?limit=200')).body;
    const teams = items.slice(0, 1 + (isQuick ? OTHERS.quick : OTHERS.long)).map(({ id }) => id);
    const day = new Date(Date.now() - 2 * DAY_S * 1000).toISOString().slice(0, 10);
    const bytes = await fill(database, { teams, day });
    const read = { duty, database, team: teams[0] ?? '', day };
    return [sizeRow(bytes, teams.length), ...(await readRows(read, isQuick)), await replayRow(running, duty)];
  } finally {
    await database.end();
    await running.app.close();
  }
}

/** A day at 1 Hz for each team, by time as it comes. Answers bytes on disk per fix: the table and its key. */
async function fill(
  database: pg.Client,
  { teams, day }: { teams: readonly string[]; day: string },
): Promise<{ table: number; key: number }> {
  const part = `track_${day.replaceAll('-', '')}`;
  await database.query(`truncate ${part}`);
  for (let hour = 0; hour < 24; hour++)
    await database.query(
      `insert into track (device, team, observed_at, lng, lat, speed, heading, received_at)
       select d.id, d.team, t, 98.2 + random() / 10, 39.7 + random() / 10, 30, 90, t + interval '300 ms'
         from generate_series($2::timestamptz, $2::timestamptz + interval '3599 s', interval '1 s') t
        cross join (select distinct on (team) id, team from device where team = any($1::uuid[]) order by team, id) d`,
      [teams, `${day}T${String(hour).padStart(2, '0')}:00:00Z`],
    );
  await database.query(`vacuum analyze ${part}`);
  const { rows } = await database.query<{ table: number; key: number }>(
    `select pg_relation_size($1)::float8 / n as table, pg_indexes_size($1)::float8 / n as key
       from (select count(*) as n from ${part}) c`,
    [part],
  );
  return rows[0] ?? { table: NaN, key: NaN };
}

const sizeRow = ({ table, key }: { table: number; key: number }, teams: number): BenchRow => ({
  name: `10a a stored fix on disk, a day of ${teams} teams at 1 Hz in the order of time`,
  goal: 'told',
  measured: `${(table + key).toFixed(0)} B (${table.toFixed(0)} table, ${key.toFixed(0)} key); 1,000 teams: ${((table + key) * DAY_S * 1e-6).toFixed(1)} GB a day`,
  holds: true,
});

interface Reading {
  readonly duty: Person;
  readonly database: pg.Client;
  readonly team: string;
  readonly day: string;
}

async function readRows(read: Reading, isQuick: boolean): Promise<BenchRow[]> {
  const bySize: [number, number, number][] = [];
  const repeats = isQuick ? 2 : 7;
  for (const hours of isQuick ? [24] : [1, 6, 24]) {
    const [door = [], raw = []] = await inTurns(repeats, [
      () => timed(() => throughDoor(read, hours)),
      () => timed(() => rawRows(read, hours)),
    ]);
    bySize.push([hours * 3600, median(door), median(raw)]);
  }
  const [count, door, raw] = bySize.at(-1) ?? [NaN, NaN, NaN];
  return [
    {
      name: `10b a team's day (${count} fixes) through the API against the same rows in raw SQL order`,
      goal: '≤ 20',
      measured: `${(door / raw).toFixed(1)} (${door.toFixed(0)} against ${raw.toFixed(0)} ms)`,
      holds: door / raw <= 20,
      plots: [plotOf(bySize)],
    },
  ];
}

const plotOf = (bySize: readonly (readonly [number, number, number])[]): Plot => ({
  name: '10-fixes',
  title: 'The track of a team',
  x: 'fixes',
  y: 'ms',
  series: [
    { name: 'through the API', points: bySize.map(([count, door]) => [count, door] as const) },
    { name: 'raw SQL', points: bySize.map(([count, , raw]) => [count, raw] as const) },
  ],
});

async function timed(work: () => Promise<number>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

async function throughDoor({ duty, team, day }: Reading, hours: number): Promise<number> {
  const from = `${day}T00:00:00.000Z`;
  const to = new Date(Date.parse(from) + hours * 3_600_000 - 1).toISOString();
  let count = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { body } = await duty.get<TrackPage>(
      `/api/tracks?team=${team}&from=${from}&to=${to}&limit=${PAGE}${more}`,
    );
    count += body.items.length;
    cursor = body.next;
  }
  if (count !== hours * 3600) throw new Error(`${hours * 3600} fixes wanted, ${count} seen`);
  return count;
}

async function rawRows({ database, team, day }: Reading, hours: number): Promise<number> {
  const { rows } = await database.query(
    `select device, observed_at, lng, lat, speed, heading from track
      where device = (select id from device where team = $1 order by id limit 1)
        and observed_at >= $2::timestamptz and observed_at < $2::timestamptz + $3 * interval '1 hour'
      order by observed_at`,
    [team, `${day}T00:00:00Z`, hours],
  );
  return rows.length;
}

/** What a commander waits for who replays a day of all teams. */
async function replayRow({ url }: RunningApp, duty: Person): Promise<BenchRow> {
  const to = new Date(Date.now() - 1.5 * DAY_S * 1000);
  const from = new Date(to.getTime() - DAY_S * 1000);
  const since = performance.now();
  const answer = await fetch(`${url}/api/replay?from=${from.toISOString()}&to=${to.toISOString()}`, {
    headers: duty.headers,
  });
  const text = await answer.text();
  const took = performance.now() - since;
  const { teams, stepMs } = JSON.parse(text) as Replay;
  const points = teams.reduce((sum, { at }) => sum + at.length, 0);
  return {
    name: '10c a day of a city replayed: one answer',
    goal: 'told',
    measured: `${took.toFixed(0)} ms, ${(text.length / 1e6).toFixed(1)} MB, ${teams.length} teams, ${points} points, one each ${stepMs / 1000} s`,
    holds: answer.status === 200,
  };
}
