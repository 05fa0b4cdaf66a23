import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Force, ForceRelease, NewDevice, Team } from '@app/shared';
import { dayOf, insertFixes, markUnthinned } from '../../server/src/positions/track.query.js';
import { TrackWriter } from '../../server/src/positions/track-writer.js';
import { TracksSchedule } from '../../server/src/positions/tracks.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';

const DAY_MS = 86_400_000;
/** The day of the test, counted from 1970: the same one to its end. */
const TODAY = Math.floor(Date.now() / DAY_MS);
const MINUTES = 10;
const PER_MINUTE = 6;

let app: RunningApp;
let admin: Person;
let commander: Person;
let home: string;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  [admin, commander] = await Promise.all([app.signIn('admin'), app.signIn('commander')]);
  const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
  home = items.find(({ level }) => level === 'county')?.id ?? '';
  await insist(async () => (app.app.get(Leader).isLeader ? true : undefined));
}, 120_000);
afterAll(() => app?.close());

interface Tracked {
  readonly team: string;
  readonly device: string;
}

async function teamOf(forces: Partial<Record<Force, number>>): Promise<Tracked> {
  const draft = { callSign: `存${++made}`, centre: home, mode: 'foot', tier: 1, forces, status: 'rest' };
  const team = (await commander.post<Team>('/api/teams', draft)).body.id;
  const device = (await commander.post<NewDevice>('/api/devices', { team })).body.id;
  return { team, device };
}

/** Fixes of ten minutes, six a minute, at noon UTC so many days ago. */
function fixesOf({ team, device }: Tracked, daysAgo: number) {
  const noon = (TODAY - daysAgo) * DAY_MS + DAY_MS / 2;
  return Array.from({ length: MINUTES * PER_MINUTE }, (_, i) => ({
    team,
    device,
    lng: 98.28,
    lat: 39.77,
    speedKmh: 0,
    headingDeg: 0,
    observedAt: noon + i * (60_000 / PER_MINUTE),
    receivedAt: noon,
  }));
}
/** Stores what its device told; that day may have been tidied already when the process began, so it is due again. */
async function store(tracked: Tracked, daysAgo: number): Promise<void> {
  const fixes = fixesOf(tracked, daysAgo);
  await insertFixes(app.app.get(Database), fixes);
  await markUnthinned(app.app.get(Database), [dayOf(fixes[0]?.observedAt ?? NaN)]);
}
const tidy = () => app.app.get(TracksSchedule).tidy();

/** Fixes that are left of each of some days. */
async function left({ device }: Tracked, ...daysAgo: number[]): Promise<number[]> {
  const counts = await app.app.get(Database).query<{ day: number; count: number }>(
    `select ($2 - floor(extract(epoch from observed_at) / 86400))::int as day, count(*)::int from track
      where device = $1 group by 1`,
    [device, TODAY],
  );
  return daysAgo.map((day) => counts.find((one) => one.day === day)?.count ?? 0);
}

async function release(force: Force, days: Pick<ForceRelease, 'fullDays' | 'keptDays'>) {
  const { items } = (await admin.get<{ items: ForceRelease[] }>('/api/force-releases')).body;
  const held = items.find((one) => one.force === force);
  const { positions = 'precise', strength = true, version = 1 } = held ?? {};
  return admin.ask<ForceRelease>('PATCH', `/api/force-releases/${force}`, {
    version,
    positions,
    strength,
    ...days,
  });
}

describe('tracks of a force', () => {
  it('are thinned and erased when it says so, the strictest of a joint team, and no others', async () => {
    const police = await teamOf({ police: 2 });
    const joint = await teamOf({ police: 2, militia: 2 });
    const all = MINUTES * PER_MINUTE;
    for (const day of [1, 4, 9, 15]) for (const team of [police, joint]) await store(team, day);
    const set = await release('militia', { fullDays: 2, keptDays: 12 });
    expect(set.body).toMatchObject({ force: 'militia', fullDays: 2, keptDays: 12 });
    await tidy();
    expect(await left(joint, 1, 4, 9, 15)).toEqual([all, MINUTES, MINUTES, 0]);
    // As the city keeps them: seven days whole, then one a minute.
    expect(await left(police, 1, 4, 9, 15)).toEqual([all, all, MINUTES, MINUTES]);
    await tidy();
    expect(await left(police, 1, 4, 9, 15)).toEqual([all, all, MINUTES, MINUTES]);
  });

  it('may be kept whole for longer than the city keeps the others’', async () => {
    const armed = await teamOf({ 'armed-police': 3 });
    const police = await teamOf({ police: 2 });
    expect((await release('armed-police', { fullDays: 20, keptDays: 30 })).status).toBe(200);
    for (const team of [armed, police]) await store(team, 11);
    await tidy();
    expect(await left(armed, 11)).toEqual([MINUTES * PER_MINUTE]);
    expect(await left(police, 11)).toEqual([MINUTES]);
  });

  it('that come late into a day which was thinned are thinned too', async () => {
    const militia = await teamOf({ militia: 4 });
    await store(militia, 5);
    await tidy();
    const late = fixesOf(militia, 5).map((fix) => ({
      ...fix,
      observedAt: fix.observedAt + 3_600_000,
      receivedAt: Date.now(),
    }));
    await app.app.get(TrackWriter).write(late);
    await insist(async () => {
      await tidy();
      return (await left(militia, 5))[0] === 2 * MINUTES ? true : undefined;
    });
  });

  it('are not kept whole longer than kept at all, and no longer than thirty days', async () => {
    expect((await release('militia', { fullDays: 9, keptDays: 4 })).status).toBe(400);
    expect((await release('militia', { fullDays: 2, keptDays: 31 })).status).toBe(400);
  });
});
