import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Visit, VisitRefusal } from '@app/shared';
import { JudgeVisits } from '../../server/src/patrols/judge-visits.js';
import type { TrackFix } from '../../server/src/patrols/stays.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, Person, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';
import { type Patrolling, Patrols } from '../support/patrols.js';
import { freePort, openServer } from '../support/server.js';
import {
  beside,
  constant,
  dayBefore,
  drawer,
  honest,
  inPocket,
  loop,
  POINT,
  replay,
  START,
  teleport,
} from '../support/patrol-tracks.js';

let app: RunningApp;
let patrols: Patrols;

beforeAll(async () => {
  app = await openApp();
  patrols = await Patrols.open(app);
}, 120_000);
afterAll(() => app?.close());

/** A track as of the shift under way. */
const today = (fixes: readonly TrackFix[]): TrackFix[] =>
  fixes.map((fix) => ({ ...fix, at: fix.at - START + patrols.start }));
const told = (visits: readonly Visit[]) => visits.map(({ state, refusal }) => refusal ?? state);

describe('presence at the real doors', () => {
  it.each([
    ['HTTP', false],
    ['JT/T 808', true],
  ])('an honest patrol over %s is credited', async (_, terminal) => {
    const checkpoint = await patrols.checkpoint(POINT);
    const patrol = await patrols.onShift({ checkpoint, terminal });
    await patrols.tell(patrol, today(dayBefore(honest(7001, 'vehicle'))));
    expect(await patrols.tell(patrol, today(honest(1001, 'vehicle')))).toBe(0);
    await patrols.schedule.judgeAnnounced();
    const visits = await patrols.visitsOf(patrol);
    expect(visits.filter(({ state }) => state === 'done').length).toBeGreaterThanOrEqual(2);
    expect(visits.filter(({ refusal }) => refusal !== null)).toEqual([]);
  });

  const MADE_UP: readonly (readonly [VisitRefusal, () => { fixes: TrackFix[]; before?: TrackFix[] }])[] = [
    ['still', () => ({ fixes: drawer(1000) })],
    ['constant', () => ({ fixes: constant(1001) })],
    ['loop', () => ({ fixes: loop(1000) })],
    ['replay', () => replay(1000)],
  ];
  const doors = MADE_UP.flatMap(([kind, make]) =>
    (['HTTP', 'JT/T 808'] as const).map((door) => [kind, door, make] as const),
  );
  it.each(doors)('a made-up one (%s) over %s is refused', async (kind, door, make) => {
    const checkpoint = await patrols.checkpoint(POINT);
    const patrol = await patrols.onShift({ checkpoint, terminal: door === 'JT/T 808' });
    const { fixes, before = [] } = make();
    await patrols.tell(patrol, today(before));
    await patrols.tell(patrol, today(fixes));
    await patrols.schedule.judgeAnnounced();
    const states = told(await patrols.visitsOf(patrol));
    // Before anything can be known of a way, it is believed; then never again.
    expect(states).toContain(kind);
    expect(states.slice(states.indexOf(kind)).filter((state) => state === 'done')).toEqual([]);
  });

  it('a teleport is kept apart at the door and credited by nobody', async () => {
    const checkpoint = await patrols.checkpoint(POINT);
    const patrol = await patrols.onShift({ checkpoint });
    expect(await patrols.tell(patrol, today(teleport(1000)))).toBeGreaterThan(10);
    await patrols.schedule.judgeAnnounced();
    expect(told(await patrols.visitsOf(patrol))).not.toContain('done');
  });
});

describe('forces that a checkpoint asks for', () => {
  let places = 0;

  /** Police who owe the visit, and militia with a device of their own; each time at another place. */
  async function together(companion: readonly TrackFix[] | null): Promise<Visit[]> {
    const north = 0.02 * ++places;
    const moved = <T extends { lat: number }>(place: T): T => ({ ...place, lat: place.lat + north });
    const checkpoint = await patrols.checkpoint(moved(POINT), ['police', 'militia']);
    const police = await patrols.onShift({ checkpoint });
    const militia = await patrols.onShift({ checkpoint, forces: { militia: 3 } });
    if (companion) await patrols.tell(militia, today(companion).map(moved));
    await patrols.tell(police, today(honest(1001, 'vehicle')).map(moved));
    await patrols.schedule.judgeAnnounced();
    return patrols.visitsOf(police);
  }

  it('are credited with the visit where both of them were there', async () => {
    const met = (await together(beside(honest(1001, 'vehicle')))).filter(({ state }) => state === 'done');
    expect(met.length).toBeGreaterThan(0);
    for (const { forces, flags } of met) {
      expect(new Set(forces)).toEqual(new Set(['police', 'militia']));
      expect(flags).not.toContain('alone');
    }
  });

  it('are not, where one of them was alone, or both devices lay in one pocket', async () => {
    const alone = await together(null);
    expect(told(alone)).not.toContain('done');
    expect(alone.some(({ flags }) => flags.includes('alone'))).toBe(true);
    const pocket = await together(inPocket(1, honest(1001, 'vehicle')));
    expect(told(pocket)).toContain('pocket');
  });
});

/** Fixes of days that a judgement reads, by their key and by going through all of a day. */
async function readBy(patrol: Patrolling): Promise<FixesRead> {
  const [{ shift } = { shift: '' }] = await patrols.visitsOf(patrol);
  return app.app.get(Database).transaction(async (tx) => {
    // What the connection read for others just before is counted with it until it is told on.
    const [before] = await tx.query<[FixesRead]>(READ);
    await app.app.get(JudgeVisits).judgeIn(tx, shift, Date.now());
    const [after] = await tx.query<[FixesRead]>(READ);
    return { byKey: after.byKey - before.byKey, throughAll: after.throughAll - before.throughAll };
  });
}

interface FixesRead {
  readonly byKey: number;
  readonly throughAll: number;
}

const READ = `
  select coalesce(sum(idx_tup_fetch), 0)::int as "byKey", coalesce(sum(seq_tup_read), 0)::int as "throughAll"
    from pg_stat_xact_user_tables where relname ~ '^track_[0-9]+$'`;

// Twenty devices of nobody that told for hours: as much as makes a day's statistics say that a device tells a lot.
const MANY_FIXES = `
  insert into track (device, team, observed_at, lng, lat, received_at)
  select md5('device ' || n % 20)::uuid, md5('team')::uuid, now() - n * interval '1 s', 98, 39, now()
    from generate_series(1, 20000) n`;

describe('a judgement', () => {
  it('reads others’ fixes where its team lacked a force, and never a whole day', async () => {
    const place = { ...POINT, lat: POINT.lat + 0.5 };
    const fixes = today(honest(1001, 'vehicle')).map((fix) => ({ ...fix, lat: fix.lat + 0.5 }));
    const checkpoint = await patrols.checkpoint(place, ['police', 'militia']);
    const police = await patrols.onShift({ checkpoint });
    const others = await Promise.all(
      Array.from({ length: 4 }, () => patrols.onShift({ checkpoint, forces: { militia: 1 } })),
    );
    for (const other of others) await patrols.tell(other, fixes);
    await app.app.get(Database).query(MANY_FIXES);
    await app.app.get(Database).query('analyze track');
    expect(await readBy(police)).toEqual({ byKey: 0, throughAll: 0 });
    await patrols.tell(police, fixes);
    const read = await readBy(police);
    expect(read.throughAll).toBe(0);
    expect(read.byKey).toBeGreaterThan(fixes.length);
  });

  it('that was contested is dismissed by a commander, and stays what it was', async () => {
    const county = await app.signIn('county', patrols.home);
    const checkpoint = await patrols.checkpoint(POINT);
    const patrol = await patrols.onShift({ checkpoint });
    const [missed] = await patrols.visitsOf(patrol);
    const step = async (by: Person, action: string, version = 0) =>
      (await by.post<Visit>(`/api/visits/${missed?.id}/${action}`, { version, note: '设备故障' })).body;
    const contested = await step(county, 'contest', missed?.version);
    expect(contested).toMatchObject({ state: 'missed', contest: { state: 'open' }, actions: [] });
    expect(await step(county, 'dismiss', contested.version)).toMatchObject({ error: { code: 'visit.own' } });
    const dismissed = await step(patrols.commander, 'dismiss', contested.version);
    expect(dismissed).toMatchObject({
      isCredited: false,
      contest: { state: 'dismissed', answer: '设备故障' },
    });
    await patrols.schedule.sweep();
    const [still] = await patrols.visitsOf(patrol, county);
    expect(still).toMatchObject({ state: 'missed', isCredited: false, actions: [] });
    expect(await step(county, 'contest', still?.version)).toMatchObject({
      error: { code: 'visit.illegal-step' },
    });
  });

  it('of one window by two servers at once is one visit', async () => {
    const second = await openApp({ databaseUrl: app.databaseUrl });
    try {
      const checkpoint = await patrols.checkpoint(POINT);
      const patrol = await patrols.onShift({ checkpoint });
      const fixes = today(honest(1001, 'vehicle'));
      const half = fixes.length >> 1;
      const elsewhere = new Person(second.url, patrol.door.headers);
      await Promise.all([
        patrols.tell(patrol, fixes.slice(0, half)),
        patrols.tell(patrol, fixes.slice(half), elsewhere),
      ]);
      const [{ shift } = { shift: '' }] = await patrols.visitsOf(patrol);
      const judges = [app, second, app, second, second, app].map(({ app: one }) => one.get(JudgeVisits));
      await Promise.all(judges.map((judge) => judge.run(shift, Date.now())));
      const visits = await patrols.visitsOf(patrol);
      expect(visits).toHaveLength(4);
      const done = visits.filter(({ state }) => state === 'done');
      expect(done.length).toBeGreaterThanOrEqual(2);
      expect(new Set(done.map(({ from }) => from)).size).toBe(done.length);
      // Whoever came second found it judged, and wrote nothing.
      await Promise.all(judges.map((judge) => judge.run(shift, Date.now())));
      expect(await patrols.visitsOf(patrol)).toEqual(visits);
    } finally {
      await second.close();
    }
  });

  it('that its server was killed before is made up for by the sweep of another', async () => {
    const checkpoint = await patrols.checkpoint(POINT);
    const patrol = await patrols.onShift({ checkpoint });
    // What this process has swept by now is not looked at again by itself.
    await patrols.schedule.sweep();
    const doomed = await openServer(app.databaseUrl, { port: await freePort() });
    const fixes = today(honest(1001, 'vehicle'));
    expect(await patrols.tell(patrol, fixes, new Person(doomed.url, patrol.door.headers))).toBe(0);
    await doomed.end('SIGKILL');
    const stored = await app.app
      .get(Database)
      .query<{ count: number }>('select count(*)::int from track where device = $1', [patrol.device]);
    expect(stored[0]?.count).toBe(fixes.filter(({ at }) => at < Date.now()).length);
    await insist(async () => {
      await app.app.get(VisitSchedule).sweep();
      return told(await patrols.visitsOf(patrol)).includes('done') ? true : undefined;
    });
  }, 90_000);
});
