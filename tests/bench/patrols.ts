import type { NestExpressApplication } from '@nestjs/platform-express';
import type { VisitRefusal } from '@app/shared';
import { PastRounds } from '../../server/src/demo/past-rounds.js';
import { NearestRoad } from '../../server/src/demo/simulator/nearest-road.js';
import { randomFrom } from '../../server/src/demo/simulator/random.js';
import { roadLinesOf } from '../../server/src/demo/simulator/read-city.js';
import { roadGraph } from '../../server/src/demo/simulator/road-graph.js';
import { JudgeVisits } from '../../server/src/patrols/judge-visits.js';
import { OwedPlaces } from '../../server/src/patrols/owed-places.js';
import { refusalOf, type Suspect } from '../../server/src/patrols/spoof.js';
import { staysIn } from '../../server/src/patrols/stays.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import type { StoredFix } from '../../server/src/positions/position.rules.js';
import { insertFixes } from '../../server/src/positions/track.query.js';
import {
  constant,
  dayBefore,
  drawer,
  honest,
  honestTwice,
  loop,
  MODES,
  POINT,
  replay,
  teleport,
} from '../support/patrol-tracks.js';
import { type BenchRow, cpuOf, median } from './measure.js';
import { openServer } from './open-server.js';

const TEAMS = 1_000;
/** Hours at 1 Hz behind each shift that is judged. */
const HOURS = 4;
const HOUR_MS = 3_600_000;
const DWELL_MS = 120_000;
/** Of an hour a team is near a place that it owes for about so long, and is judged each 20 s of it. */
const JUDGED_PER_HOUR = 15;

/** Row 12: made-up presence that is refused, honest presence that is believed, and what judging costs. */
export async function benchPatrols(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const app = await openServer(databaseUrl, { DEMO: 'on' });
  try {
    const runs = isQuick ? 20 : 100;
    return [
      ...madeUpRows(runs),
      honestRow(runs),
      repeatedRow(isQuick ? runs : 5 * runs, isQuick),
      ...(await costRows(app, isQuick ? 10 : 60)),
    ];
  } finally {
    await app.close();
  }
}

const answersTo = (suspect: Suspect): (VisitRefusal | null)[] =>
  staysIn(suspect.fixes, POINT)
    .filter(({ from, to }) => to - from >= DWELL_MS)
    .map((stay) => refusalOf(suspect, stay));

/** `known`: how many times somebody comes before anything can be known of the way. */
function madeUpRows(runs: number): BenchRow[] {
  const alone = (fixes: Suspect['fixes']): Suspect => ({ fixes, before: [], mode: 'vehicle' });
  const kinds: readonly (readonly [string, (seed: number) => Suspect, number])[] = [
    ['in a drawer', (seed) => alone(drawer(seed)), 0],
    ['teleported', (seed) => alone(teleport(seed)), 0],
    ['at one speed', (seed) => alone(constant(seed)), 1],
    ['in a loop', (seed) => alone(loop(seed)), 3],
    ['replayed from yesterday', (seed) => ({ ...replay(seed), mode: 'vehicle' }), 1],
  ];
  return kinds.map(([name, make, known]) => {
    const answers = Array.from({ length: runs }, (_, i) => answersTo(make(5_000 + i)).slice(known)).flat();
    const refused = answers.filter((answer) => answer !== null).length;
    return {
      name: `12a visits made up ${name}, ${runs} shifts, refused`,
      goal: '≥ 95 %',
      measured: `${((100 * refused) / answers.length).toFixed(1)} % (${refused} of ${answers.length})`,
      holds: refused / answers.length >= 0.95,
    };
  });
}

function honestRow(runs: number): BenchRow {
  const answers = MODES.flatMap((mode) =>
    Array.from({ length: runs }, (_, i) =>
      answersTo({
        fixes: honest(9_000 + i, mode),
        before: dayBefore(honest(19_000 + i, mode)),
        mode,
      }),
    ).flat(),
  );
  const believed = answers.filter((answer) => answer === null).length;
  return {
    name: `12b visits of honest patrols by car, motorcycle and on foot, believed`,
    goal: '≥ 99 %',
    measured: `${((100 * believed) / answers.length).toFixed(1)} % (${believed} of ${answers.length})`,
    holds: believed / answers.length >= 0.99,
  };
}

/** Whose plan repeats each day, and who drives it evenly, tells what a replay would: all but the noise and the seconds. */
function repeatedRow(runs: number, isQuick: boolean): BenchRow {
  const shifts = MODES.flatMap((mode) =>
    Array.from({ length: runs }, (_, i) => answersTo({ ...honestTwice(7 * (100_000 + i), mode), mode })),
  );
  const answers = shifts.flat();
  const replayed = answers.filter((answer) => answer === 'replay' || answer === 'loop').length;
  return {
    name: `12b visits of honest patrols whose plan repeats, taken for a replay or a loop, ${shifts.length} shifts`,
    goal: '< 1 in 10,000',
    measured: `${replayed} of ${answers.length}${isQuick ? '; one in 10,000 is told by the long form' : ''}`,
    holds: isQuick && replayed === 0 ? null : replayed * 10_000 < answers.length || replayed === 0,
  };
}

/** What judging costs beside 1,000 teams at 1 Hz. */
async function costRows(app: NestExpressApplication, judged: number): Promise<BenchRow[]> {
  const database = app.get(Database);
  await database.query(MAKE_TEAMS, [TEAMS]);
  await database.query(MAKE_SHIFTS, [HOURS]);
  const shifts = await database.query<Judged>(JUDGED, [judged]);
  await drive(database, shifts);
  await database.query('analyze track');
  // What a leader sweeps each minute is swept here and measured: this process does not do it a second time beside it.
  await app.get(Leader).onApplicationShutdown();
  const schedule = app.get(VisitSchedule);
  const judge = app.get(JudgeVisits);
  const first = await timed(() => schedule.sweep());
  const told = await database.query(MAKE_MINUTE);
  const sweep = await timed(() => schedule.sweep());
  const walls: number[] = [];
  const cpu = await cpuOf(async () => {
    for (const { id } of shifts) walls.push((await timed(() => judge.run(id, Date.now()))).ms);
  });
  const places = app.get(OwedPlaces);
  const fix = {
    team: (await database.query<{ team: string }>(ONE_TEAM))[0]?.team ?? '',
    lng: 98.3,
    lat: 39.8,
  };
  const looks = 1_000_000;
  const look = await cpuOf(() => {
    for (let i = 0; i < looks; i++) places.isNear(fix);
  });
  const share = (TEAMS * look) / looks + ((TEAMS * JUDGED_PER_HOUR) / 3_600) * (cpu / shifts.length);
  return [
    {
      name: `12c a sweep over ${TEAMS} teams on shift, of which ${told.length} fixes came in since the last one`,
      goal: '≤ 5 % of a process',
      measured: `${((100 * sweep.cpu) / 60).toFixed(1)} % (${sweep.cpu.toFixed(1)} s of CPU in ${(sweep.ms / 1000).toFixed(1)} s, once a minute); the first, of all of them, ${first.cpu.toFixed(1)} in ${(first.ms / 1000).toFixed(1)} s`,
      holds: sweep.cpu <= 3,
    },
    {
      name: `12d one judgement of a shift with ${HOURS} h at 1 Hz`,
      goal: 'told',
      measured: `${median(walls).toFixed(0)} ms, ${((1000 * cpu) / shifts.length).toFixed(1)} ms of CPU here`,
      holds: true,
    },
    {
      name: `12e judging beside ${TEAMS} teams at 1 Hz, ${JUDGED_PER_HOUR} judgements an hour each, share of a process`,
      goal: '≤ 20 %',
      measured: `${(100 * share).toFixed(1)} % (a look at each fix ${((look / looks) * 1e9).toFixed(0)} ns)`,
      holds: share <= 0.2,
    },
  ];
}

async function timed(work: () => Promise<void>): Promise<{ ms: number; cpu: number }> {
  const since = performance.now();
  const cpu = await cpuOf(work);
  return { ms: performance.now() - since, cpu };
}

interface Judged {
  readonly id: string;
  readonly device: string;
  readonly team: string;
}

/** Honest rounds of some teams as the simulator drives them, each place once an hour, told at 1 Hz. */
async function drive(database: Database, shifts: readonly Judged[]): Promise<void> {
  const [layer] = await database.query<{ features: unknown }>(
    "select features from basemap_layer where name = 'roads'",
  );
  const graph = roadGraph(roadLinesOf(layer?.features));
  const rounds = new PastRounds({ graph, nearest: new NearestRoad(graph) }, randomFrom(12));
  const points = await database.query<{ id: string; lng: number; lat: number }>(POINTS);
  const stops = points.map(({ lng, lat }) => [lng, lat] as const);
  const to = Math.floor(Date.now() / 1000) * 1000;
  const from = to - HOURS * HOUR_MS;
  for (const { id, device, team } of shifts) {
    const owed = points.flatMap((point, i) =>
      Array.from({ length: HOURS }, (_, hour) => ({
        id: `${id} ${point.id} ${hour}`,
        place: stops[i] ?? ([0, 0] as const),
        dwellS: 120,
        from: from + hour * HOUR_MS,
        to: from + (hour + 1) * HOUR_MS,
      })),
    );
    const told = rounds.drive({ id: team, callSign: id, mode: 'vehicle', device, stops }, owed, { from, to });
    const each = told.slice(1).flatMap((fix, i) => between(told[i] ?? fix, fix));
    for (let at = 0; at < each.length; at += 4_000) await insertFixes(database, each.slice(at, at + 4_000));
  }
}

/** A fix for each second from one to the next. */
function between(a: StoredFix, b: StoredFix): StoredFix[] {
  return Array.from({ length: Math.round((b.observedAt - a.observedAt) / 1000) }, (_, i) => {
    const part = (i * 1000) / (b.observedAt - a.observedAt);
    const observedAt = a.observedAt + i * 1000;
    const [lng, lat] = [a.lng + (b.lng - a.lng) * part, a.lat + (b.lat - a.lat) * part];
    return { ...a, observedAt, receivedAt: observedAt, lng, lat };
  });
}

const ONE_TEAM = 'select team from patrol_shift order by team limit 1';

// Teams like those of the demo, each with a device and a plan of six checkpoints around the town.
const MAKE_TEAMS = `
  with made as (
    insert into team (id, call_sign, centre, mode, tier, forces, status, status_at, version, seen_by)
    select gen_random_uuid(), 'bench ' || n, t.centre, 'vehicle', 3, '{"police": 2}', 'patrolling', now(), 1, t.seen_by
      from generate_series(1, $1::int) n cross join (select centre, seen_by from team order by id limit 1) t
    returning id, call_sign
  ), devices as (
    insert into device (id, number, team)
    select gen_random_uuid(), 2000000 + row_number() over (), id from made
  ), points as (
    select array_agg(id) as ids from (select id from patrol_checkpoint where windows = '[]' order by id limit 6) p
  )
  insert into patrol_plan (id, team, level, visit_order, beats, checkpoints, version)
  select gen_random_uuid(), made.id, 3, 'free', '{}', points.ids, 1 from made cross join points`;

const MAKE_SHIFTS = `
  insert into patrol_shift (id, team, centre, slot, crew, crew_of, state, version, starts_at, ends_at, started_at, seen_by)
  select gen_random_uuid(), id, centre, 'own', 'A', id, 'on', 1, now() - $1 * interval '1 hour',
         now() + interval '2 hours', now() - $1 * interval '1 hour', seen_by
    from team where call_sign like 'bench %'`;

// The teams whose shifts are judged, and the places that all of them owe.
const JUDGED = `
  select s.id, d.id as device, s.team from patrol_shift s join device d on d.team = s.team
    join team t on t.id = s.team and t.call_sign like 'bench %' order by s.id limit $1`;
const POINTS = "select id, lng, lat from patrol_checkpoint where windows = '[]' order by id limit 6";

// The last minute of all others, one in fifteen of them at a checkpoint.
const MAKE_MINUTE = `
  with point as (select lng, lat from patrol_checkpoint where windows = '[]' order by id limit 1)
  insert into track (device, team, observed_at, lng, lat, speed, heading, received_at)
  select d.id, d.team, now() - n * interval '1 s',
         case when d.number % 15 = 0 then p.lng else 98.2 + (d.number % 100) / 2000.0 end,
         case when d.number % 15 = 0 then p.lat else 39.7 + n / 20000.0 end, 30, 90, now()
    from device d join team t on t.id = d.team and t.call_sign like 'bench %'
   cross join generate_series(1, 60) n cross join point p
  on conflict do nothing returning 1`;
