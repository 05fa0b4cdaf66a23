import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CODE_SLOT_S,
  type CodeSheet,
  type FixesAnswer,
  localMetres,
  toInstant,
  type Visit,
} from '@app/shared';
import type { Person } from '../support/app.js';
import { CheckInRig } from '../support/check-in-rig.js';
import { mint } from '../support/facts.js';
import { PATROL_PLACE, shownAt } from '../support/patrol.js';

// A code that was read where positions are blind: kept once, believed within bounds, credited as a visit.

type Refused = { error: { code: string } };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const around = localMetres(PATROL_PLACE);
let rig: CheckInRig;

beforeAll(async () => {
  rig = await CheckInRig.open();
}, 120_000);
afterAll(() => rig?.close());

describe('a check-in by code', () => {
  it('is a visit where positions are blind, once, however often it comes', async () => {
    const by = await rig.patrol();
    await rig.call(by);
    const id = mint();
    const at = Date.now();
    const code = shownAt(by, at);
    for (let round = 0; round < 3; round++) await rig.checkIn(by, at, { id, code });
    await rig.schedule.judgeAnnounced();
    const done = (await rig.visitsOf(by)).filter(({ state }) => state === 'done');
    expect(done).toMatchObject([{ credit: 'code', isCredited: true, flags: [], from: toInstant(at) }]);
    const told = await rig.call(by);
    expect(told.checkIns).toMatchObject([{ id, kind: 'rotating', doubt: null, checkpoint: by.point.id }]);
    expect(told.stops).toMatchObject([{ id: by.point.id, isGpsBlind: true }]);
    expect(told.visits).toHaveLength(4);
    const changed = { id, device: by.machine, checkpoint: by.point.id, code: 'ZZZZZZZZ', at: toInstant(at) };
    const other = await by.handheld.post<Refused>('/api/check-ins', changed);
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotency.mismatch']);
  });

  it('is kept and not a visit where positions are to be had', async () => {
    const by = await rig.patrol({ isGpsBlind: false });
    await rig.call(by);
    expect((await rig.checkIn(by, Date.now())).doubt).toBeNull();
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by)).every((state) => !state.startsWith('done'))).toBe(true);
  });

  it('that comes late is believed from the handheld’s last word on, and for the code of that time alone', async () => {
    const by = await rig.patrol();
    await rig.wasOffline(by);
    const first = by.startsAt + 20 * MINUTE;
    const second = by.startsAt + 80 * MINUTE;
    expect(await rig.checkIn(by, first)).toMatchObject({ kind: 'rotating', doubt: null });
    expect(await rig.checkIn(by, second)).toMatchObject({ kind: 'rotating', doubt: null });
    const wrongSlot = second + 4 * CODE_SLOT_S * 1000;
    expect(await rig.checkIn(by, wrongSlot, { code: shownAt(by, second) })).toMatchObject({
      kind: 'rotating',
      doubt: 'time',
    });
    expect(await rig.checkIn(by, second, { code: 'ABCDEFGH' })).toMatchObject({ kind: null, doubt: 'code' });
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by)).slice(0, 2)).toEqual(['done code', 'done code']);
    await rig.call(by);
    expect((await rig.checkIn(by, by.startsAt + 50 * MINUTE)).doubt).toBe('time');
    expect((await rig.checkIn(by, Date.now() + 10 * MINUTE)).doubt).toBe('time');
  });

  it('with a time that is not believed is shown, flags its window and makes no visit', async () => {
    const by = await rig.patrol();
    expect(await rig.checkIn(by, by.startsAt + 20 * MINUTE)).toMatchObject({ doubt: 'time' });
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by))[0]).toBe('missed  code-doubted');
  });

  it('of a day whose positions are gone changes no visit of that day', async () => {
    const by = await rig.patrol();
    const database = rig.database;
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
    expect(await rig.checkIn(by, then, { code: 'ABCDEFGH' })).toMatchObject({ doubt: 'code' });
    await rig.schedule.judgeAnnounced();
    const kept = await database.query<{ state: string }>('select state from visit where team = $1', [
      by.team.id,
    ]);
    expect(kept.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('by a code of before a change of the secret counts for before it', async () => {
    const by = await rig.patrol();
    await rig.wasOffline(by);
    const { body } = await rig.commander.post<CodeSheet>(`/api/checkpoints/${by.point.id}/code`, {
      rotate: true,
    });
    expect(body.secret).not.toBe(by.sheet.secret);
    expect((await rig.checkIn(by, by.startsAt + 20 * MINUTE)).doubt).toBeNull();
    expect((await rig.checkIn(by, by.startsAt + 30 * MINUTE, { code: by.sheet.tag.code })).doubt).toBeNull();
    expect((await rig.checkIn(by, Date.now(), { code: body.tag.code })).doubt).toBeNull();
  });

  it('by a printed code wants our receipt, or a position near by; and positions elsewhere win', async () => {
    const by = await rig.patrol();
    await rig.wasOffline(by);
    const tag = { code: by.sheet.tag.code };
    const [alone, near, far] = [20, 80, 100].map((minute) => by.startsAt + minute * MINUTE);
    for (const at of [alone, near, far]) expect((await rig.checkIn(by, at ?? 0, tag)).doubt).toBeNull();
    const fixes = [
      [near ?? 0, 70],
      [far ?? 0, 9_000],
    ].map(([at = 0, away = 0]) => {
      const [lng, lat] = around.toLngLat(away, 0);
      return { device: by.device, at: toInstant(at - MINUTE), lng, lat };
    });
    const { body } = await by.door.post<FixesAnswer>('/api/positions', fixes);
    expect(body).toEqual({ accepted: 2, rejected: [], flagged: [] });
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by)).slice(0, 2)).toEqual(['missed  code-doubted', 'done code']);
    const doubts = (await rig.call(by)).checkIns.map(({ doubt }) => doubt);
    expect(doubts).toEqual(['place', null, 'unproven']);
    const now = await rig.checkIn(by, Date.now(), tag);
    expect(now.doubt).toBeNull();
  });
});

describe('a printed code with no position of the team', () => {
  it('is a credit that says so, and is taken by a commander who does not believe it', async () => {
    const by = await rig.patrol();
    await rig.call(by);
    const at = Date.now();
    await rig.checkIn(by, at, { code: by.sheet.tag.code });
    await rig.schedule.judgeAnnounced();
    const visit = (await rig.visitsOf(by)).find(({ state }) => state === 'done');
    expect(visit).toMatchObject({ credit: 'code', flags: ['code-only'], isCredited: true, phase: 'done' });
    const county = await rig.app.signIn('county', rig.counties[0]?.id);
    const step = (person: Person, action: string, version = 0) =>
      person.post<Visit>(`/api/visits/${visit?.id}/${action}`, { version, note: '当时无人在场' });
    const contested = await step(county, 'contest', visit?.version);
    expect(contested.body).toMatchObject({ isCredited: true, contest: { state: 'open' } });
    const dismissed = await step(rig.commander, 'dismiss', contested.body.version);
    expect(dismissed.body).toMatchObject({ isCredited: false, credit: null, phase: 'missed' });
  });

  it('is a credit like any other once a position near by is known', async () => {
    const by = await rig.patrol();
    await rig.call(by);
    const at = Date.now();
    await rig.checkIn(by, at, { code: by.sheet.tag.code });
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by)).filter((one) => one.startsWith('done'))).toEqual(['done code code-only']);
    const [lng, lat] = around.toLngLat(70, 0);
    await by.door.post('/api/positions', [{ device: by.device, at: toInstant(at - MINUTE), lng, lat }]);
    rig.schedule.announce(by.team.id, { from: at - MINUTE, to: at });
    await rig.schedule.judgeAnnounced();
    expect((await rig.brief(by)).filter((one) => one.startsWith('done'))).toEqual(['done code']);
  });
});
