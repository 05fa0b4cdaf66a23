import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toInstant, type VisitBoard } from '@app/shared';
import { CheckInSchedule } from '../../server/src/patrols/check-in.schedule.js';
import { CheckInRig } from '../support/check-in-rig.js';
import { mint } from '../support/facts.js';
import { shownAt } from '../support/patrol.js';

// How many check-ins are taken, and for how long they are kept.

type Refused = { error: { code: string } };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let rig: CheckInRig;

beforeAll(async () => {
  rig = await CheckInRig.open();
}, 120_000);
afterAll(() => rig?.close());

describe('check-ins of one team', () => {
  it('are bounded in a minute, and those that waited for hours still come in, once', async () => {
    const by = await rig.patrol();
    await rig.wasOffline(by);
    const database = rig.database;
    const draft = (minute: number) => {
      const at = by.startsAt + minute * MINUTE;
      return {
        id: mint(),
        device: by.machine,
        checkpoint: by.point.id,
        code: shownAt(by, at),
        at: toInstant(at),
      };
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
    const by = await rig.patrol();
    await rig.wasOffline(by);
    await rig.checkIn(by, by.startsAt + 20 * MINUTE);
    await rig.schedule.judgeAnnounced();
    const database = rig.database;
    const age = (days: number) =>
      database.query('update check_in set received_at = $2 where team = $1', [
        by.team.id,
        new Date(Date.now() - days * 24 * HOUR + MINUTE),
      ]);
    const left = () => database.query('select id from check_in where team = $1', [by.team.id]);
    await age(30);
    await rig.app.app.get(CheckInSchedule).purge();
    expect(await left()).toHaveLength(1);
    await age(31);
    await rig.app.app.get(CheckInSchedule).purge();
    expect(await left()).toHaveLength(0);
    expect((await rig.brief(by))[0]).toBe('done code');
  });

  it('and the times of visits go together; coverage, and for how long a team stayed, do not', async () => {
    const by = await rig.patrol();
    const database = rig.database;
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
      const span = { from: toInstant(daysAgo(days) - 6 * HOUR), to: toInstant(daysAgo(days) + HOUR) };
      const query = new URLSearchParams({ team: by.team.id, ...span });
      return (await rig.commander.get<VisitBoard>(`/api/visits?${query.toString()}`)).body;
    };
    await age(30);
    await rig.app.app.get(CheckInSchedule).purge();
    const before = await seen(30);
    expect(before.items).toHaveLength(4);
    expect(before.items.at(-1)?.from).not.toBeNull();
    await age(31);
    for (let round = 0; round < 2; round++) await rig.app.app.get(CheckInSchedule).purge();
    const after = await seen(31);
    expect(after.items.map(({ from, to, state }) => [from, to, state])).toEqual(
      Array.from({ length: 4 }, () => [null, null, 'done']),
    );
    expect(after.coverage).toEqual(before.coverage);
    expect(after.coverage.all).toEqual({ owed: 4, made: 4 });
    expect([before, after].map(({ points }) => points[0]?.presentS)).toEqual([360, 360]);
  });

  it('of a team without a force go, and the times of its visits, when nobody’s track is kept any longer', async () => {
    const by = await rig.patrol({ forces: {} });
    await rig.wasOffline(by);
    await rig.checkIn(by, by.startsAt + 20 * MINUTE);
    const age = async (days: number) => {
      const at = [by.team.id, new Date(Date.now() - days * 24 * HOUR + MINUTE)];
      await rig.database.query('update check_in set received_at = $2 where team = $1', at);
      await rig.database.query(
        "update visit set window_to = $2, came_at = $2, left_at = $2::timestamptz + interval '90 s' where team = $1",
        at,
      );
    };
    const left = async () => {
      const [row] = await rig.database.query<{ told: number; placed: number; stayed: number }>(
        `select (select count(*)::int from check_in where team = $1) as told,
                count(came_at)::int as placed, sum(stayed_s)::int as stayed from visit where team = $1`,
        [by.team.id],
      );
      return row;
    };
    await age(30);
    await rig.app.app.get(CheckInSchedule).purge();
    expect(await left()).toEqual({ told: 1, placed: 4, stayed: null });
    await age(31);
    for (let round = 0; round < 2; round++) await rig.app.app.get(CheckInSchedule).purge();
    expect(await left()).toEqual({ told: 0, placed: 0, stayed: 360 });
  });

  it('come from no more machines than a crew has, and the one in use is known', async () => {
    const by = await rig.patrol();
    for (let i = 0; i < 20; i++) await by.handheld.post('/api/handheld', { device: mint() });
    await rig.call(by);
    const machines = await rig.database.query<{ device: string }>(
      `select device from handheld_contact where account =
           (select account from handheld_contact where device = $1)`,
      [by.machine],
    );
    expect(machines).toHaveLength(16);
    await rig.lastHeard(by, Date.now() - 49 * HOUR);
    await rig.app.app.get(CheckInSchedule).purge();
    expect((await rig.checkIn(by, Date.now() - HOUR)).doubt).toBe('time');
  });
});
