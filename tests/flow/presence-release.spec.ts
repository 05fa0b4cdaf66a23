import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Force,
  type ForceRelease,
  type Handheld,
  type Centre,
  type PositionRelease,
  toInstant,
  type Visit,
  type VisitBoard,
  type VisitCoverage,
} from '@app/shared';
import type { TrackFix } from '../../server/src/patrols/stays.js';
import { Database } from '../../server/src/platform/database.js';
import { Grains } from '../../server/src/positions/grains.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { insist } from '../support/insist.js';
import { handheldOf } from '../support/patrol.js';
import { beside, honest, POINT, START } from '../support/patrol-tracks.js';
import { type Patrolling, Patrols } from '../support/patrols.js';

// A visit says that a team was at a place at a time: who is told so, by what the force releases of where it is.

type Refused = { error: { code: string } };

const HOUR = 3_600_000;
const PASSWORD = 'Seven-Lanterns-41';
const FORCES = ['police', 'armed-police', 'militia'] as const satisfies readonly Force[];
let app: RunningApp;
let patrols: Patrols;
let places = 0;
/** Who says what a force releases. */
const speakers = new Map<Force, Person>();
const readers = new Map<string, Person>();

beforeAll(async () => {
  app = await openApp();
  patrols = await Patrols.open(app);
  const admin = await app.signIn('admin');
  speakers.set('police', admin);
  speakers.set('armed-police', await app.signIn('liaison'));
  speakers.set('militia', await liaisonOf(admin, 'militia-liaison'));
  readers.set('commander', patrols.commander);
  readers.set('county', await app.signIn('county', patrols.home));
  const token = await admin.post<{ secret: string }>('/api/tokens', {
    name: '读取',
    centre: patrols.home,
    scopes: ['read'],
  });
  readers.set('token', app.withToken(token.body.secret));
}, 120_000);
afterAll(() => app?.close());

async function liaisonOf(admin: Person, role: string): Promise<Person> {
  const centre = patrols.home;
  const account = { name: role, password: PASSWORD, role, centre };
  expect((await admin.post('/api/accounts', account)).status).toBe(201);
  const entered = await app.nobody().post('/api/session', { account: role, password: PASSWORD });
  return app.withCookie(entered.headers.getSetCookie()[0]?.split(';')[0] ?? '');
}

/** Until the server's doors know it too. */
const known = (team: string, positions: PositionRelease) =>
  insist(async () => {
    await app.app.get(Database).query('select 1');
    return app.app.get(Grains).of(team) === positions ? team : undefined;
  });

/** Of a force, until every process knows it of a team. */
async function release(force: Force, positions: PositionRelease, team?: string): Promise<void> {
  const by = speakers.get(force);
  const { items } = (await by?.get<{ items: ForceRelease[] }>('/api/force-releases'))?.body ?? { items: [] };
  const version = items.find((one) => one.force === force)?.version;
  const change = { version, positions, strength: true };
  expect((await by?.ask('PATCH', `/api/force-releases/${force}`, change))?.status).toBe(200);
  if (team) await known(team, positions);
}

const moved = <T extends { lat: number }>(place: T): T => ({ ...place, lat: place.lat + 0.03 * places });
const today = (fixes: readonly TrackFix[]): TrackFix[] =>
  fixes.map((fix) => moved({ ...fix, at: fix.at - START + patrols.start }));
const spanOf = ({ team }: Patrolling) =>
  new URLSearchParams({
    team,
    from: toInstant(patrols.start - HOUR),
    to: toInstant(patrols.start + 5 * HOUR),
  }).toString();
const board = async (by: Person, patrol: Patrolling) =>
  (await by.get<VisitBoard>(`/api/visits?${spanOf(patrol)}`)).body;
const coverage = async (by: Person, patrol: Patrolling) =>
  (await by.get<VisitCoverage>(`/api/visits/coverage?${spanOf(patrol)}`)).body;

/** A team of one force that has driven its beat, or nothing, while that was released precisely. */
async function patrolled(force: Force, way = honest(1001, 'vehicle')): Promise<Patrolling> {
  places++;
  await release(force, 'precise');
  const checkpoint = await patrols.checkpoint(moved(POINT));
  const patrol = await patrols.onShift({ checkpoint, forces: { [force]: 4 } });
  expect(await patrols.tell(patrol, today(way))).toBe(0);
  await patrols.schedule.judgeAnnounced();
  return patrol;
}
/** What the crew itself is told, on its handheld. */
async function ownRecord(patrol: Patrolling): Promise<Visit[]> {
  const handheld = await handheldOf(app, patrol.team);
  return (await handheld.post<Handheld>('/api/handheld', { device: mint() })).body.visits;
}
async function endShift({ team }: Patrolling): Promise<void> {
  await app.app
    .get(Database)
    .query("update patrol_shift set ends_at = now() - interval '1 minute' where team = $1", [team]);
}
const NOTHING = { all: { owed: 0, made: 0 }, beats: [], checkpoints: [], shifts: [], forces: [] };

describe.each(FORCES)('visits of %s', (force) => {
  it('are told to their city while positions are released precisely', async () => {
    const patrol = await patrolled(force);
    for (const by of readers.values()) {
      const { items, points, withheld } = await board(by, patrol);
      expect(items.some(({ state, from }) => state === 'done' && from !== null)).toBe(true);
      expect([points.length, withheld]).toEqual([1, 0]);
    }
  });

  it.each(['coarse', 'on-request'] as const)(
    'are told to nobody else while positions are %s',
    async (grain) => {
      const patrol = await patrolled(force);
      const before = await ownRecord(patrol);
      await release(force, grain, patrol.team);
      for (const by of readers.values()) {
        const told = await board(by, patrol);
        expect(told).toMatchObject({ items: [], points: [], coverage: NOTHING, withheld: 4 });
        expect(await coverage(by, patrol)).toMatchObject({ points: [], coverage: NOTHING, withheld: 4 });
      }
      const [visit] = before;
      const step = { version: visit?.version, note: '未见' };
      const foreign = await patrols.commander.post<Refused>(`/api/visits/${visit?.id}/contest`, step);
      expect([foreign.status, foreign.body.error.code]).toEqual([404, 'visit.unknown']);
      expect(await ownRecord(patrol)).toEqual(before);
      await release(force, 'precise', patrol.team);
    },
  );
});

describe('visits of a force that tells its places coarsely', () => {
  it('are summed over a whole shift once it is over, and of no part of it', async () => {
    const patrol = await patrolled('armed-police');
    const made = (await ownRecord(patrol)).filter(({ isCredited }) => isCredited).length;
    await release('armed-police', 'coarse', patrol.team);
    await endShift(patrol);
    const hour = { from: toInstant(patrols.start), to: toInstant(patrols.start + HOUR) };
    const part = new URLSearchParams({ team: patrol.team, ...hour }).toString();
    for (const query of [spanOf(patrol), part]) {
      const { coverage: sums, points } = (
        await patrols.commander.get<VisitCoverage>(`/api/visits/coverage?${query}`)
      ).body;
      expect(points).toEqual([]);
      expect(sums.shifts).toMatchObject([{ made }]);
      expect(sums.forces).toMatchObject([{ id: 'armed-police', made }]);
      expect(sums.all.owed).toBe(sums.shifts[0]?.owed);
      expect([sums.checkpoints, sums.beats]).toEqual([[], []]);
    }
    await release('armed-police', 'on-request', patrol.team);
    expect((await coverage(patrols.commander, patrol)).coverage).toEqual(NOTHING);
  });

  it('are not credited from cells of a kilometre, wherever the middle of one lies', async () => {
    places++;
    await release('militia', 'coarse');
    const checkpoint = await patrols.checkpoint({ ...moved(POINT), radiusM: 500 });
    const patrol = await patrols.onShift({ checkpoint, forces: { militia: 4 } });
    await known(patrol.team, 'coarse');
    await patrols.tell(patrol, today(honest(1001, 'vehicle')));
    await patrols.schedule.sweep();
    expect((await ownRecord(patrol)).map(({ from }) => from)).toEqual([null, null, null, null]);
  });

  it('are told where the crew contests, without the times there', async () => {
    const patrol = await patrolled('armed-police', []);
    await release('armed-police', 'coarse', patrol.team);
    const handheld = await handheldOf(app, patrol.team);
    const visits = await ownRecord(patrol);
    const flagged = visits.find(({ actions }) => actions.includes('contest'));
    const contested = { version: flagged?.version, note: '设备故障' };
    const told = await handheld.post<Visit>(`/api/visits/${flagged?.id}/contest`, contested);
    expect(told.status).toBe(200);
    const { items, points, withheld } = await board(patrols.commander, patrol);
    expect(items).toMatchObject([{ id: flagged?.id, from: null, to: null, actions: ['uphold', 'dismiss'] }]);
    expect([points, withheld]).toEqual([[], 3]);
    const upheld = { version: items[0]?.version, note: '已核实' };
    const decided = await patrols.commander.post<Visit>(`/api/visits/${flagged?.id}/uphold`, upheld);
    expect(decided.body).toMatchObject({ isCredited: true, from: null, to: null });
  });
});

describe('who was there together', () => {
  const elsewhere = async () => {
    const { items } = (await patrols.commander.get<{ items: Centre[] }>('/api/centres')).body;
    return items.find(({ id, level }) => level === 'county' && id !== patrols.home)?.id;
  };

  /** Police who owe a visit with militia, who come from another centre, shared or not. */
  async function met(isShared: boolean): Promise<Visit[]> {
    places++;
    await release('militia', 'precise');
    const checkpoint = await patrols.checkpoint(moved(POINT), ['police', 'militia']);
    const police = await patrols.onShift({ checkpoint });
    const militia = await patrols.onShift({ checkpoint, forces: { militia: 3 } });
    const other = await elsewhere();
    // The team's home is another centre from its first day.
    await app.app
      .get(Database)
      .query('update team set centre = $2, shared_with = $3 where id = $1', [
        militia.team,
        other,
        isShared ? [patrols.home] : [],
      ]);
    const drive = honest(1001, 'vehicle');
    await patrols.tell(militia, today(beside(drive)));
    await patrols.tell(police, today(drive));
    await patrols.schedule.judgeAnnounced();
    return patrols.visitsOf(police);
  }

  it('is told where the other team is shared with the home of the visit', async () => {
    const visits = await met(true);
    expect(visits.some(({ state, forces }) => state === 'done' && forces.includes('militia'))).toBe(true);
  });

  it('is told to nobody who does not see the other team', async () => {
    const visits = await met(false);
    expect(visits.flatMap(({ forces }) => forces)).not.toContain('militia');
    expect(visits.some(({ flags }) => flags.includes('alone'))).toBe(true);
  });

  it('is found among more than a hundred teams elsewhere that bring the same force', async () => {
    const centre = await elsewhere();
    const teams: string[] = [];
    for (let i = 1; i <= 101; i++) {
      const team = {
        callSign: `别处${i}`,
        centre,
        mode: 'foot',
        tier: 3,
        forces: { militia: 3 },
        status: 'rest',
      };
      teams.push((await patrols.commander.post<{ id: string }>('/api/teams', team)).body.id);
    }
    const from = toInstant(Date.now() + 32 * HOUR).slice(0, 10);
    const plan = { pattern: 'peak', from, days: 1, crews: ['A'] };
    for (const some of [teams.slice(0, 50), teams.slice(50)])
      expect((await patrols.commander.post('/api/shifts', { teams: some, ...plan })).status).toBe(201);
    await app.app
      .get(Database)
      .query('update patrol_shift set starts_at = $2, ends_at = $3 where team = any($1)', [
        teams,
        new Date(patrols.start),
        new Date(patrols.start + 4 * HOUR),
      ]);
    const visits = await met(true);
    expect(visits.some(({ state, forces }) => state === 'done' && forces.includes('militia'))).toBe(true);
  });
});
