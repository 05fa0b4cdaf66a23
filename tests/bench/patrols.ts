import type { NestExpressApplication } from '@nestjs/platform-express';
import type { VisitRefusal } from '@app/shared';
import { createApp } from '../../server/src/app.js';
import { JudgeVisits } from '../../server/src/patrols/judge-visits.js';
import { OwedPlaces } from '../../server/src/patrols/owed-places.js';
import { refusalOf, type Suspect } from '../../server/src/patrols/spoof.js';
import { staysIn } from '../../server/src/patrols/stays.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { readConfig } from '../../server/src/platform/config.js';
import { Database } from '../../server/src/platform/database.js';
import {
  constant,
  dayBefore,
  drawer,
  honest,
  loop,
  MODES,
  POINT,
  replay,
  teleport,
} from '../support/patrol-tracks.js';
import { type BenchRow, cpuOf, median } from './measure.js';

const TEAMS = 1_000;
/** Hours at 1 Hz behind each shift that is judged. */
const HOURS = 4;
const DWELL_MS = 120_000;
/** Of an hour a team is near a place that it owes for about so long, and is judged each 20 s of it. */
const JUDGED_PER_HOUR = 15;

/** Row 12: made-up presence that is refused, honest presence that is believed, and what judging costs. */
export async function benchPatrols(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    DEMO: 'on',
    LOG_LEVEL: 'silent',
    PORT: '0',
    JT808_PORT: '0',
  });
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  try {
    const runs = isQuick ? 20 : 100;
    return [...madeUpRows(runs), honestRow(runs), ...(await costRows(app, isQuick ? 20 : 60))];
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

/** What judging costs beside 1,000 teams at 1 Hz. */
async function costRows(app: NestExpressApplication, judged: number): Promise<BenchRow[]> {
  const database = app.get(Database);
  await database.query(MAKE_TEAMS, [TEAMS]);
  await database.query(MAKE_SHIFTS, [HOURS]);
  const shifts = await database.query<{ id: string }>(MAKE_TRACKS, [judged, HOURS]);
  await database.query('analyze track');
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
      goal: '≤ 10 s',
      measured: `${sweep.ms.toFixed(0)} ms, ${(1000 * sweep.cpu).toFixed(0)} ms of CPU here; the first, of all of them, ${(first.ms / 1000).toFixed(1)} s`,
      holds: sweep.ms <= 10_000,
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

// Drives of so many teams between the checkpoints, at 1 Hz: three minutes at each, eight between them.
const MAKE_TRACKS = `
  with judged as (
    select s.id as shift, d.id as device, s.team, row_number() over (order by s.id) as place
      from patrol_shift s join device d on d.team = s.team
      join team t on t.id = s.team and t.call_sign like 'bench %' order by s.id limit $1
  ), point as (
    select lng, lat, row_number() over (order by id) - 1 as place
      from (select * from patrol_checkpoint where windows = '[]' order by id limit 6) p
  ), told as (
    insert into track (device, team, observed_at, lng, lat, speed, heading, received_at)
    select j.device, j.team, at.t,
           a.lng + (b.lng - a.lng) * part.x + 0.00001 * random(), a.lat + (b.lat - a.lat) * part.x + 0.00001 * random(),
           30, 90, at.t
      from judged j
     cross join lateral (select n, now() - n * interval '1 s' as t from generate_series(1, $2 * 3600) n) at
     cross join lateral (select (at.n + 97 * j.place) / 660 as leg, (at.n + 97 * j.place) % 660 as second) way
     cross join lateral (select greatest(0, way.second - 180) / 480.0 + 0.02 * sin(way.second / 37.0) as x) part
      join point a on a.place = way.leg % 6
      join point b on b.place = (way.leg + 1) % 6
    on conflict do nothing
  )
  select shift as id from judged`;

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
