import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Centre,
  type CheckIn,
  type Checkpoint,
  type DutyShift,
  EQUIPMENT,
  type Incident,
  type Session,
  type Team,
} from '@app/shared';
import { Person } from '../support/app.js';
import { KillRig, until } from './kill-rig.js';

const REPORT = { category: 'traffic', severity: 3, source: 'phone' } as const;

let rig: KillRig;
let duty: Person;
let commander: Person;
let community: Person;
let place: readonly [number, number];
let reports = 0;

beforeAll(async () => {
  rig = await KillRig.open();
  [duty, commander, community] = await Promise.all([
    rig.server.signIn('duty'),
    rig.server.signIn('commander'),
    rig.server.signIn('community'),
  ]);
  const { centre } = (await community.get<Session>('/api/session')).body;
  const { items } = (await community.get<{ items: Centre[] }>('/api/centres')).body;
  place = items.find(({ id }) => id === centre.id)?.anchor ?? [0, 0];
}, 120_000);
afterAll(() => rig?.close());

const keyed = (key: string) => ({ 'idempotency-key': key });
async function reported(): Promise<Incident> {
  const [lng, lat] = place;
  const { body } = await community.post<Incident>('/api/incidents', { ...REPORT, lng, lat });
  return body;
}
const stepOf = (by: Person, { id, version }: Incident, action: string, said: object = {}) =>
  by.post<Incident>(
    `/api/incidents/${id}/${action}`,
    { version, ...said },
    keyed(`${action}-${id}-${version}`),
  );

describe('a process that is killed', () => {
  it.each(['incident_number', 'timeline', 'due_time', 'picture', 'commit', 'answer'])(
    'in a report, at %s, has taken it in once or not at all',
    async (at) => {
      const key = `report-${++reports}`;
      const [lng, lat] = place;
      const report = { ...REPORT, lng, lat, externalId: key };
      const { body } = await rig.survive(at, () =>
        community.post<Incident>('/api/incidents', report, keyed(key)),
      );
      expect(await rig.count('incident where external_id = $1', key)).toBe(1);
      expect(await rig.count("due_time where subject = $1 and kind = 'incident.overdue'", body.id)).toBe(1);
    },
    120_000,
  );

  it.each(['timeline', 'picture', 'commit', 'answer'])(
    'while an incident goes from one centre to another, at %s, leaves it with one of them',
    async (at) => {
      const town = await rig.server.signIn('town');
      const incident = await reported();
      const offered = (await stepOf(community, incident, 'hand-up', { reason: '无力处置' })).body;
      const { body } = await rig.survive(at, () => stepOf(town, offered, 'accept-offer'));
      expect(body.centre).toBe((await town.get<Session>('/api/session')).body.centre.id);
      const told = body.timeline.filter(({ action }) => action === 'accept-offer');
      expect(told).toHaveLength(1);
    },
    120_000,
  );

  it.each(['timeline', 'picture', 'commit', 'answer'])(
    'in a step of a crew’s handheld, at %s, has told it once',
    async (at) => {
      const { team, handheld } = await crew();
      const accepted = (await stepOf(community, await reported(), 'accept')).body;
      const sent = (await stepOf(community, accepted, 'dispatch', { team })).body;
      const { body } = await rig.survive(at, () => stepOf(handheld, sent, 'acknowledge', { team }));
      expect(body.timeline.filter(({ action }) => action === 'acknowledge')).toHaveLength(1);
      expect(body.assignments).toMatchObject([{ team, step: 'acknowledged' }]);
    },
    120_000,
  );

  it('in a check-in by code has kept it once or not at all', async () => {
    const { handheld, centre } = await crew();
    const names = { hans: '地下通道', hant: '', en: '' };
    const point = { centre, names, lng: place[0], lat: place[1], radiusM: 60, dwellS: 120, visits: { 3: 1 } };
    const checkpoint = (await commander.post<Checkpoint>('/api/checkpoints', point)).body.id;
    const { id } = (await handheld.get<Session>('/api/session')).body.account;
    const at = new Date().toISOString();
    // The account's own id is one that nobody minted for a check-in.
    const draft = { id, device: id, checkpoint, code: 'ABCD1234', at };
    const { body } = await rig.survive('check_in', () => handheld.post<CheckIn>('/api/check-ins', draft));
    expect(body).toMatchObject({ id, doubt: 'code' });
    expect((await handheld.post<CheckIn>('/api/check-ins', draft)).body).toEqual(body);
    expect(await rig.count('check_in where id = $1', id)).toBe(1);
  }, 120_000);

  it.each(['timeline', 'due_time', 'picture', 'commit', 'answer'])(
    'in a merge, at %s, leaves two incidents or one',
    async (at) => {
      const [gone, kept] = [await reported(), await reported()];
      const { body } = await rig.survive(at, () => stepOf(community, gone, 'merge', { into: kept.id }));
      expect(body.status).toBe('merged');
      const after = (await community.get<Incident>(`/api/incidents/${kept.id}`)).body;
      expect(after.course?.merged?.map(({ id }) => id)).toEqual([gone.id]);
    },
    120_000,
  );

  it.each(['duty_shift', 'due_time', 'picture', 'commit', 'answer'])(
    'in a handover, at %s, leaves one shift on and nobody with two',
    async (at) => {
      const mine = await signedShift();
      const path = `/api/duty-shifts/${mine.id}/take`;
      const { body } = await rig.survive(at, () =>
        commander.post<DutyShift>(path, { version: mine.version }, keyed(`take-${mine.id}`)),
      );
      expect(body).toMatchObject({ state: 'handed' });
      expect(await rig.count("duty_shift where previous = $1 and state = 'on'", mine.id)).toBe(1);
      const runs = "due_time where subject = $1 and kind = 'duty-shift.overdue' and fired_at is null";
      expect([await rig.count(runs, body.next), await rig.count(runs, mine.id)]).toEqual([1, 0]);
    },
    120_000,
  );

  it.each(['picture', 'commit', 'answer'])(
    'while a clock fires, at %s, fires it again after the start, and once',
    async (at) => {
      const { id } = await reported();
      const kinds = ['incident.overdue', 'incident.escalates'];
      const mine = 'due_time where subject = $1 and kind = any($2)';
      await rig.killAt(at, () =>
        rig.client.query(`update due_time set due_at = now() where subject = $1 and kind = any($2)`, [
          id,
          kinds,
        ]),
      );
      expect(await rig.lies()).toEqual([]);
      await rig.start();
      await until('the clocks', async () =>
        (await rig.count(`${mine} and fired_at is null`, id, kinds)) === 0 ? true : undefined,
      );
      expect(await rig.count(mine, id, kinds)).toBe(2);
      expect(await rig.count("journal where id = $1 and fact = 'incident.supervision-proposed'", id)).toBe(1);
      expect(await rig.count("journal where fact = 'alert.raised' and card->'incidents' ? $1", id)).toBe(1);
      expect(await rig.lies()).toEqual([]);
    },
    120_000,
  );
});

describe('the search for lies', () => {
  it.each([
    ['the journal has a gap', 'delete from journal where seq = (select max(seq) - 1 from journal)'],
    ['the journal and the picture differ', 'update picture set version = version + 1'],
    ['an incident and its last entry differ', 'update incident set version = version + 1'],
    [
      'an ended incident is in the picture, or an open one is not',
      "delete from picture where kind = 'incident'",
    ],
    ['a version has no line in the timeline, or a line no version', 'delete from timeline'],
    ['a team and its assignments differ', 'update team set incidents = array[id]'],
    [
      'two clocks stand for one thing',
      `insert into due_time (id, kind, subject, due_at)
       select gen_random_uuid(), kind, subject, due_at from due_time where fired_at is null`,
    ],
    ['an open incident has no clock, or another one than its row says', 'delete from due_time'],
    [
      'a clock fired twice',
      `insert into due_time (id, kind, subject, due_at, fired_at, payload)
       select gen_random_uuid(), kind, subject, due_at, fired_at, payload from due_time where fired_at is not null`,
    ],
    ['a centre has two shifts, or one that was handed to nobody', 'update duty_shift set next = null'],
    ['a merge that one of both does not know', `update incident set course = course - 'merged'`],
  ])('finds that %s', async (what, sql) => {
    await rig.client.query('begin');
    await rig.client.query(sql);
    const found = await rig.lies();
    await rig.client.query('rollback');
    expect(found.map((lie) => lie.what)).toContain(what);
  });
});

/** A team of the community, free, with its handheld. */
async function crew(): Promise<{ team: string; centre: string; handheld: Person }> {
  const centre = (await community.get<Session>('/api/session')).body.centre.id;
  const draft = { centre, mode: 'foot', tier: 1, forces: { police: 2 }, status: 'patrolling' };
  const callSign = `击杀${++reports}`;
  const { body } = await commander.post<Team>('/api/teams', { ...draft, callSign });
  const entered = await new Person(rig.server.url, {}).post('/api/session', {
    demo: 'patrol',
    team: body.id,
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { team: body.id, centre, handheld: new Person(rig.server.url, { cookie }) };
}

/** A shift of the duty officer that waits for somebody to take it over. */
async function signedShift(): Promise<DutyShift> {
  const { items } = (await duty.get<{ items: DutyShift[] }>('/api/duty-shifts')).body;
  let mine = items.find(({ state }) => state === 'on');
  if (mine && mine.officer !== 'demo-duty') mine = await relieved(mine);
  mine ??= (await duty.post<DutyShift>('/api/duty-shifts', {})).body;
  const equipment = EQUIPMENT.map((key) => ({ key, ok: true }));
  const sign = { version: mine.version, equipment };
  return (await duty.post<DutyShift>(`/api/duty-shifts/${mine.id}/sign`, sign)).body;
}

async function relieved({ id, version }: DutyShift): Promise<DutyShift> {
  const relieve = { version, reason: '换班' };
  const { next } = (await duty.post<DutyShift>(`/api/duty-shifts/${id}/relieve`, relieve)).body;
  return (await duty.get<DutyShift>(`/api/duty-shifts/${next}`)).body;
}
