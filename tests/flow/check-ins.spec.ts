import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AuditEntry,
  type Centre,
  type CheckIn,
  type Checkpoint,
  CODE_SLOT_S,
  type CodeSheet,
  codeText,
  type FixesAnswer,
  type Handheld,
  localMetres,
  type Visit,
  type VisitBoard,
} from '@app/shared';
import { CheckInSchedule } from '../../server/src/patrols/check-in.schedule.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { type Patrol, PATROL_PLACE, patrolOnShift, shownAt } from '../support/patrol.js';

// A code that was read where positions are blind: kept once, believed within bounds, credited as a visit.

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string } };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const around = localMetres(PATROL_PLACE);
let app: RunningApp;
let commander: Person;
let counties: Centre[];
let made = 0;

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
  counties = items.filter(({ level }) => level === 'county');
}, 120_000);
afterAll(() => app?.close());

const schedule = () => app.app.get(VisitSchedule);
const iso = (ms: number) => new Date(ms).toISOString();

/** With a name that the handheld made for its machine. */
type Crew = Patrol & { readonly machine: string };
const patrol = async (isGpsBlind = true): Promise<Crew> => {
  const asked = { app, commander, centre: counties[0]?.id ?? '', callSign: `打卡${++made}`, isGpsBlind };
  return { ...(await patrolOnShift(asked)), machine: mint() };
};
async function checkIn(by: Crew, at: number, part: { id?: string; code?: string } = {}): Promise<CheckIn> {
  const { handheld, machine, point } = by;
  const draft = {
    id: mint(),
    device: machine,
    checkpoint: point.id,
    code: shownAt(by, at),
    at: iso(at),
    ...part,
  };
  const { status, body } = await handheld.post<CheckIn>('/api/check-ins', draft);
  expect([status, body]).toEqual([201, expect.objectContaining({ id: draft.id, at: iso(at) })]);
  return body;
}
const call = async ({ handheld, machine: device }: Crew) =>
  (await handheld.post<Handheld>('/api/handheld', { device })).body;
/** As if the handheld had not been heard of since a while; the database's clock alone knows. */
async function lastHeard({ machine }: Crew, at: number): Promise<void> {
  await app.app
    .get(Database)
    .query('update handheld_contact set at = $2 where device = $1', [machine, new Date(at)]);
}
async function visitsOf({ team, startsAt }: Crew) {
  const query = new URLSearchParams({
    team: team.id,
    from: iso(startsAt - HOUR),
    to: iso(startsAt + 5 * HOUR),
  });
  return (await commander.get<VisitBoard>(`/api/visits?${query.toString()}`)).body.items;
}
const brief = async (by: Crew) =>
  (await visitsOf(by)).map(({ state, credit, flags }) => [state, credit, ...flags].join(' '));

/** The handheld was heard of at the shift's begin and is back only now; the secret is as old as the shift. */
async function wasOffline(by: Crew): Promise<void> {
  await call(by);
  await lastHeard(by, by.startsAt);
  await app.app
    .get(Database)
    .query('update checkpoint_code set from_at = $2 where checkpoint = $1', [
      by.point.id,
      new Date(by.startsAt - HOUR),
    ]);
}

describe('a check-in by code', () => {
  it('is a visit where positions are blind, once, however often it comes', async () => {
    const by = await patrol();
    await call(by);
    const id = mint();
    const at = Date.now();
    const code = shownAt(by, at);
    for (let round = 0; round < 3; round++) await checkIn(by, at, { id, code });
    await schedule().judgeAnnounced();
    const done = (await visitsOf(by)).filter(({ state }) => state === 'done');
    expect(done).toMatchObject([{ credit: 'code', isCredited: true, flags: [], from: iso(at) }]);
    const told = await call(by);
    expect(told.checkIns).toMatchObject([{ id, kind: 'rotating', doubt: null, checkpoint: by.point.id }]);
    expect(told.stops).toMatchObject([{ id: by.point.id, isGpsBlind: true }]);
    expect(told.visits).toHaveLength(4);
    const changed = { id, device: by.machine, checkpoint: by.point.id, code: 'ZZZZZZZZ', at: iso(at) };
    const other = await by.handheld.post<Refused>('/api/check-ins', changed);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it('is kept and not a visit where positions are to be had', async () => {
    const by = await patrol(false);
    await call(by);
    expect((await checkIn(by, Date.now())).doubt).toBeNull();
    await schedule().judgeAnnounced();
    expect((await brief(by)).every((state) => !state.startsWith('done'))).toBe(true);
  });

  it('that comes late is believed from the handheld’s last word on, and for the code of that time alone', async () => {
    const by = await patrol();
    await wasOffline(by);
    const first = by.startsAt + 20 * MINUTE;
    const second = by.startsAt + 80 * MINUTE;
    expect(await checkIn(by, first)).toMatchObject({ kind: 'rotating', doubt: null });
    expect(await checkIn(by, second)).toMatchObject({ kind: 'rotating', doubt: null });
    const wrongSlot = second + 4 * CODE_SLOT_S * 1000;
    expect(await checkIn(by, wrongSlot, { code: shownAt(by, second) })).toMatchObject({
      kind: 'rotating',
      doubt: 'time',
    });
    expect(await checkIn(by, second, { code: 'ABCDEFGH' })).toMatchObject({ kind: null, doubt: 'code' });
    await schedule().judgeAnnounced();
    expect((await brief(by)).slice(0, 2)).toEqual(['done code', 'done code']);
    await call(by);
    expect((await checkIn(by, by.startsAt + 50 * MINUTE)).doubt).toBe('time');
    expect((await checkIn(by, Date.now() + 10 * MINUTE)).doubt).toBe('time');
  });

  it('with a time that is not believed is shown, flags its window and makes no visit', async () => {
    const by = await patrol();
    expect(await checkIn(by, by.startsAt + 20 * MINUTE)).toMatchObject({ doubt: 'time' });
    await schedule().judgeAnnounced();
    expect((await brief(by))[0]).toBe('missed  code-doubted');
  });

  it('of a day whose positions are gone changes no visit of that day', async () => {
    const by = await patrol();
    const database = app.app.get(Database);
    const old = "interval '960 hours'";
    await database.query(
      `update patrol_shift set starts_at = starts_at - ${old}, ends_at = ends_at - ${old} where team = $1`,
      [by.team.id],
    );
    await database.query(
      `update visit set state = 'done', proof = 'dwell', came_at = window_from - ${old}, left_at = window_from - ${old},
              window_from = window_from - ${old}, window_to = window_to - ${old} where team = $1`,
      [by.team.id],
    );
    const then = by.startsAt - 40 * 24 * HOUR + 20 * MINUTE;
    expect(await checkIn(by, then, { code: 'ABCDEFGH' })).toMatchObject({ doubt: 'code' });
    await schedule().judgeAnnounced();
    const kept = await database.query<{ state: string }>('select state from visit where team = $1', [
      by.team.id,
    ]);
    expect(kept.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('by a code of before a change of the secret counts for before it', async () => {
    const by = await patrol();
    await wasOffline(by);
    const { body } = await commander.post<CodeSheet>(`/api/checkpoints/${by.point.id}/code`, {
      rotate: true,
    });
    expect(body.secret).not.toBe(by.sheet.secret);
    expect((await checkIn(by, by.startsAt + 20 * MINUTE)).doubt).toBeNull();
    expect((await checkIn(by, by.startsAt + 30 * MINUTE, { code: by.sheet.tag.code })).doubt).toBeNull();
    expect((await checkIn(by, Date.now(), { code: body.tag.code })).doubt).toBeNull();
  });

  it('by a printed code wants our receipt, or a position near by; and positions elsewhere win', async () => {
    const by = await patrol();
    await wasOffline(by);
    const tag = { code: by.sheet.tag.code };
    const [alone, near, far] = [20, 80, 100].map((minute) => by.startsAt + minute * MINUTE);
    for (const at of [alone, near, far]) expect((await checkIn(by, at ?? 0, tag)).doubt).toBeNull();
    const fixes = [
      [near ?? 0, 70],
      [far ?? 0, 9_000],
    ].map(([at = 0, away = 0]) => {
      const [lng, lat] = around.toLngLat(away, 0);
      return { device: by.device, at: iso(at - MINUTE), lng, lat };
    });
    const { body } = await by.door.post<FixesAnswer>('/api/positions', fixes);
    expect(body).toEqual({ accepted: 2, rejected: [], flagged: [] });
    await schedule().judgeAnnounced();
    expect((await brief(by)).slice(0, 2)).toEqual(['missed  code-doubted', 'done code']);
    const doubts = (await call(by)).checkIns.map(({ doubt }) => doubt);
    expect(doubts).toEqual(['place', null, 'unproven']);
    const now = await checkIn(by, Date.now(), tag);
    expect(now.doubt).toBeNull();
  });
});

describe('a printed code with no position of the team', () => {
  it('is a credit that says so, and is taken by a commander who does not believe it', async () => {
    const by = await patrol();
    await call(by);
    const at = Date.now();
    await checkIn(by, at, { code: by.sheet.tag.code });
    await schedule().judgeAnnounced();
    const visit = (await visitsOf(by)).find(({ state }) => state === 'done');
    expect(visit).toMatchObject({ credit: 'code', flags: ['code-only'], isCredited: true, phase: 'done' });
    const county = await app.signIn('county', counties[0]?.id);
    const step = (person: Person, action: string, version = 0) =>
      person.post<Visit>(`/api/visits/${visit?.id}/${action}`, { version, note: '当时无人在场' });
    const contested = await step(county, 'contest', visit?.version);
    expect(contested.body).toMatchObject({ isCredited: true, contest: { state: 'open' } });
    const dismissed = await step(commander, 'dismiss', contested.body.version);
    expect(dismissed.body).toMatchObject({ isCredited: false, credit: null, phase: 'missed' });
  });

  it('is a credit like any other once a position near by is known', async () => {
    const by = await patrol();
    await call(by);
    const at = Date.now();
    await checkIn(by, at, { code: by.sheet.tag.code });
    await schedule().judgeAnnounced();
    expect((await brief(by)).filter((one) => one.startsWith('done'))).toEqual(['done code code-only']);
    const [lng, lat] = around.toLngLat(70, 0);
    await by.door.post('/api/positions', [{ device: by.device, at: iso(at - MINUTE), lng, lat }]);
    schedule().announce(by.team.id, { from: at - MINUTE, to: at });
    await schedule().judgeAnnounced();
    expect((await brief(by)).filter((one) => one.startsWith('done'))).toEqual(['done code']);
  });
});

describe('check-ins of one team', () => {
  it('are bounded in a minute, and those that waited for hours still come in, once', async () => {
    const by = await patrol();
    await wasOffline(by);
    const database = app.app.get(Database);
    const draft = (minute: number) => {
      const at = by.startsAt + minute * MINUTE;
      return { id: mint(), device: by.machine, checkpoint: by.point.id, code: shownAt(by, at), at: iso(at) };
    };
    const drafts = Array.from({ length: 61 }, (_, i) => draft(i));
    const tell = async (one: object) => (await by.handheld.post<Refused>('/api/check-ins', one)).status;
    for (const one of drafts.slice(0, 60)) expect(await tell(one)).toBe(201);
    // One that we have already costs nothing, also when its answer was lost.
    await database.query("update check_in set received_at = now() + interval '1 minute' where team = $1", [
      by.team.id,
    ]);
    const refused = await by.handheld.post<Refused>('/api/check-ins', drafts[60]);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'request.too-many']);
    expect(await tell(drafts[0] ?? {})).toBe(201);
    // A minute later.
    await database.query("update check_in set received_at = now() - interval '61 seconds' where team = $1", [
      by.team.id,
    ]);
    expect(await tell(drafts[60] ?? {})).toBe(201);
    const [kept] = await database.query<{ count: number }>(
      'select count(*) from check_in where team = $1 and doubt is null',
      [by.team.id],
    );
    expect(kept?.count).toBe(61);
  });

  it('go when its force keeps no track any longer, and what they were credited for stays', async () => {
    const by = await patrol();
    await wasOffline(by);
    await checkIn(by, by.startsAt + 20 * MINUTE);
    await schedule().judgeAnnounced();
    const database = app.app.get(Database);
    const age = (days: number) =>
      database.query('update check_in set received_at = $2 where team = $1', [
        by.team.id,
        new Date(Date.now() - days * 24 * HOUR + MINUTE),
      ]);
    const left = () => database.query('select id from check_in where team = $1', [by.team.id]);
    await age(30);
    await app.app.get(CheckInSchedule).purge();
    expect(await left()).toHaveLength(1);
    await age(31);
    await app.app.get(CheckInSchedule).purge();
    expect(await left()).toHaveLength(0);
    expect((await brief(by))[0]).toBe('done code');
  });

  it('and the times of visits go together; coverage, and for how long a team stayed, do not', async () => {
    const by = await patrol();
    const database = app.app.get(Database);
    const moved = "interval '960 hours'";
    await database.query(
      `update patrol_shift set starts_at = starts_at - ${moved}, ends_at = ends_at - ${moved} where team = $1`,
      [by.team.id],
    );
    await database.query(
      `update visit set state = 'done', came_at = window_from, left_at = window_from + interval '90 s' where team = $1`,
      [by.team.id],
    );
    const daysAgo = (days: number) => Date.now() - days * 24 * HOUR;
    /** Its last window was over so many days ago, all but a minute. */
    const age = (days: number) =>
      database.query(
        `update visit v set window_from = window_from + d.by, window_to = window_to + d.by,
                came_at = came_at + d.by, left_at = left_at + d.by
           from (select $2::timestamptz - max(window_to) as by from visit where team = $1) d where v.team = $1`,
        [by.team.id, new Date(daysAgo(days) + MINUTE)],
      );
    const seen = async (days: number) => {
      const span = { from: iso(daysAgo(days) - 6 * HOUR), to: iso(daysAgo(days) + HOUR) };
      const query = new URLSearchParams({ team: by.team.id, ...span });
      return (await commander.get<VisitBoard>(`/api/visits?${query.toString()}`)).body;
    };
    await age(30);
    await app.app.get(CheckInSchedule).purge();
    const before = await seen(30);
    expect(before.items).toHaveLength(4);
    expect(before.items.at(-1)?.from).not.toBeNull();
    await age(31);
    for (let round = 0; round < 2; round++) await app.app.get(CheckInSchedule).purge();
    const after = await seen(31);
    expect(after.items.map(({ from, to, state }) => [from, to, state])).toEqual(
      Array.from({ length: 4 }, () => [null, null, 'done']),
    );
    expect(after.coverage).toEqual(before.coverage);
    expect(after.coverage.all).toEqual({ owed: 4, made: 4 });
    expect([before, after].map(({ points }) => points[0]?.presentS)).toEqual([360, 360]);
  });

  it('come from no more machines than a crew has, and the one in use is known', async () => {
    const by = await patrol();
    for (let i = 0; i < 20; i++) await by.handheld.post('/api/handheld', { device: mint() });
    await call(by);
    const machines = await app.app.get(Database).query<{ device: string }>(
      `select device from handheld_contact where account =
           (select account from handheld_contact where device = $1)`,
      [by.machine],
    );
    expect(machines).toHaveLength(16);
    await lastHeard(by, Date.now() - 49 * HOUR);
    await app.app.get(CheckInSchedule).purge();
    expect((await checkIn(by, Date.now() - HOUR)).doubt).toBe('time');
  });
});

describe('who may', () => {
  it('check in: the handheld of a team, at what it owes or what lies in its home', async () => {
    const by = await patrol();
    const draft = { id: mint(), device: mint(), checkpoint: by.point.id, code: 'A', at: iso(Date.now()) };
    expect((await commander.post<Refused>('/api/check-ins', draft)).body.error.code).toBe('role.denied');
    const foreign = await commander.post<Checkpoint>('/api/checkpoints', {
      centre: counties[1]?.id,
      names: { hans: '别处', hant: '', en: '' },
      lng: 98.1,
      lat: 39.9,
      radiusM: 60,
      dwellS: 120,
      visits: { 3: 1 },
    });
    for (const checkpoint of [foreign.body.id, mint()])
      expect((await by.handheld.post('/api/check-ins', { ...draft, checkpoint })).status).toBe(404);
  });

  it('print codes: whoever may change the checkpoint; it is in the audit, the secret is not', async () => {
    const by = await patrol();
    const sibling = await app.signIn('county', counties[1]?.id);
    const path = `/api/checkpoints/${by.point.id}/code`;
    expect((await sibling.post(path, {})).status).toBe(404);
    const { body } = await commander.post<CodeSheet>(path, {});
    expect(body.secret).toBe(by.sheet.secret);
    expect(body.tag.text).toBe(codeText(by.point.id, body.tag.code));
    expect(body.tag.svg).toMatch(/^<svg/);
    const admin = await app.signIn('admin');
    const subject = encodeURIComponent(`checkpoint:${by.point.id}`);
    const audit = (await admin.get<List<AuditEntry>>(`/api/audit?subject=${subject}`)).body.items;
    expect(audit.map(({ action }) => action)).toEqual([
      'checkpoint.code-read',
      'checkpoint.code-made',
      'checkpoint.created',
    ]);
    expect(JSON.stringify(audit)).not.toContain(body.secret);
  });
});
