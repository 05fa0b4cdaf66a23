import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Centre,
  type Evidence,
  type FixesAnswer,
  type ForceRelease,
  type Handheld,
  type HandheldDevice,
  type Incident,
  type IncidentItem,
  type NewDevice,
  type Session,
  type Sos,
  type Team,
  type TrackPage,
} from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { Intake } from '../../server/src/positions/intake.js';
import { DoorHeard } from '../../server/src/risk/door-heard.query.js';
import { devicesOf } from '../../server/src/risk/patrol-fixes.query.js';
import { DeviceSeen } from '../../server/src/teams/device-seen.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { insist } from '../support/insist.js';
import { handheldOf, shiftFor } from '../support/patrol.js';

// What a crew does by its handheld: steps, reports with a photograph, status, help. Late, doubled, and never another's.

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string } };

const MINUTE = 60_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let app: RunningApp;
let duty: Person;
let commander: Person;
let county: Centre;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  [duty, commander] = await Promise.all([app.signIn('duty'), app.signIn('commander')]);
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  county = items.find(({ level }) => level === 'county') ?? never('county');
}, 120_000);
afterAll(() => app?.close());

function never(what: string): never {
  throw new Error(`no ${what}`);
}

interface Crew {
  readonly team: Team;
  readonly handheld: Person;
}
async function crew(part: object = {}): Promise<Crew> {
  const draft = { centre: county.id, mode: 'foot', tier: 1, forces: { police: 2 }, status: 'patrolling' };
  const { body } = await commander.post<Team>('/api/teams', { ...draft, callSign: `手持${++made}`, ...part });
  return { team: body, handheld: await handheldOf(app, body.id) };
}
const [lng, lat] = [98.2888, 39.7721];
async function dispatched(to: readonly Crew[], more: object = {}): Promise<Incident> {
  const report = { category: 'traffic', severity: 3, lng, lat, description: '两车相撞', ...more };
  const { body } = await duty.post<Incident>('/api/incidents', report);
  const accepted = await duty.post<Incident>(`/api/incidents/${body.id}/accept`, { version: body.version });
  const teams = to.map(({ team }) => team.id);
  const step = { version: accepted.body.version, teams };
  const sent = await duty.post<Incident>(`/api/incidents/${body.id}/dispatch`, step);
  expect(sent.status).toBe(200);
  return sent.body;
}
const ofTeam = ({ assignments }: Incident, { team }: Crew) =>
  assignments.find((assignment) => assignment.team === team.id) ?? never('assignment');
const read = async (id: string) => (await duty.get<Incident>(`/api/incidents/${id}`)).body;

describe('steps of the own assignment', () => {
  it('are in the list, may be told late by the version of the first, and once each', async () => {
    const own = await crew();
    const incident = await dispatched([own]);
    const { items } = (await own.handheld.get<List<IncidentItem>>('/api/incidents')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: incident.id, description: '两车相撞', actions: expect.any(Array) });
    expect(items[0]?.assignments[0]?.actions).toEqual([
      'acknowledge',
      'depart',
      'arrive',
      'transport',
      'deliver',
      'clear',
      'decline',
    ]);
    for (const action of ['acknowledge', 'depart', 'arrive']) {
      const key = mint();
      const step = {
        version: incident.version,
        team: own.team.id,
        occurredAt: new Date().toISOString(),
        externalId: key,
      };
      for (let round = 0; round < 2; round++) {
        const path = `/api/incidents/${incident.id}/${action}`;
        const { status } = await own.handheld.post(path, step, { 'idempotency-key': key });
        expect([action, status]).toEqual([action, 200]);
      }
    }
    const now = await read(incident.id);
    expect(ofTeam(now, own)).toMatchObject({ step: 'arrived', flags: [] });
    expect(now.version).toBe(incident.version + 3);
    expect(now.timeline.at(-1)?.by).toMatch(/^demo-patrol-/);
    expect((await duty.get<Team>(`/api/teams/${own.team.id}`)).body.status).toBe('on-scene');
  });

  it('are its own alone, and nothing but a crew’s', async () => {
    const [own, other, third] = await Promise.all([crew(), crew(), crew()]);
    const incident = await dispatched([own, other]);
    const tell = (by: Crew, action: string, team: string | undefined) =>
      by.handheld.post<Refused>(`/api/incidents/${incident.id}/${action}`, {
        version: incident.version,
        ...(team === undefined ? {} : { team }),
      });
    expect((await tell(own, 'acknowledge', other.team.id)).body.error.code).toBe('team.unknown');
    expect((await tell(own, 'acknowledge', undefined)).body.error.code).toBe('incident.team-wanted');
    expect((await tell(third, 'acknowledge', third.team.id)).body.error.code).toBe('incident.unknown');
    for (const action of ['complete', 'recall', 'dispatch', 'hand-up', 'seal'])
      expect([action, (await tell(own, action, own.team.id)).body.error.code]).toEqual([
        action,
        'role.denied',
      ]);
    expect((await tell(own, 'acknowledge', own.team.id)).status).toBe(200);
    const foreign = await third.handheld.get<Refused>(`/api/incidents/${incident.id}`);
    expect(foreign.body.error.code).toBe('incident.unknown');
  });

  it('end with what the team declines or has done; then the incident is its business no more', async () => {
    const own = await crew();
    const incident = await dispatched([own]);
    const path = `/api/incidents/${incident.id}/decline`;
    const step = { version: incident.version, team: own.team.id };
    expect((await own.handheld.post(path, step)).status).toBe(200);
    expect((await own.handheld.get<List<IncidentItem>>('/api/incidents')).body.items).toEqual([]);
    expect((await read(incident.id)).status).toBe('accepted');
    // A machine of before the reason was asked for says none: what it kept is taken, and marked.
    expect((await read(incident.id)).timeline.at(-1)).toMatchObject({
      reason: null,
      flags: ['reason-unsaid'],
    });
  });

  it('are declined with a reason; a desk without one is asked for it', async () => {
    const own = await crew();
    const { id, version } = await dispatched([own]);
    const path = `/api/incidents/${id}/decline`;
    const asked = await duty.post<Refused>(path, { version, team: own.team.id });
    expect([asked.status, asked.body.error.code]).toEqual([400, 'incident.reason-wanted']);
    const told = await own.handheld.post(path, { version, team: own.team.id, reason: '车辆故障' });
    expect(told.status).toBe(200);
    expect((await read(id)).timeline.at(-1)).toMatchObject({ reason: '车辆故障', flags: [] });
  });

  it('of two incidents at once are both in the list, each with steps of its own', async () => {
    const own = await crew();
    const first = await dispatched([own]);
    const { body } = await duty.post<Incident>('/api/incidents', { category: 'fire', severity: 2, lng, lat });
    const accepted = await duty.post<Incident>(`/api/incidents/${body.id}/accept`, { version: body.version });
    const override = { teams: [{ id: own.team.id, incidents: [first.id] }], reason: '先救火' };
    const step = { version: accepted.body.version, team: own.team.id, override };
    expect((await duty.post(`/api/incidents/${body.id}/dispatch`, step)).status).toBe(200);
    const { items } = (await own.handheld.get<List<IncidentItem>>('/api/incidents')).body;
    expect(items.map(({ id }) => id).sort()).toEqual([first.id, body.id].sort());
    expect(items.every(({ assignments: [one] }) => one?.actions.includes('acknowledge'))).toBe(true);
  });

  it('of a sensitive incident tell where and what, and no word that somebody wrote', async () => {
    const own = await crew();
    const incident = await dispatched([own], { label: 'sensitive' });
    const { body } = await own.handheld.get<Incident>(`/api/incidents/${incident.id}`);
    expect(body).toMatchObject({ view: 'facts', category: 'traffic', lng, description: null });
  });
});

describe('a report of a crew', () => {
  it('goes to the centre of its place, comes in once, and takes a photograph', async () => {
    const own = await crew();
    const id = mint();
    const occurredAt = new Date(Date.now() - 30 * MINUTE).toISOString();
    const report = { category: 'hazard', severity: 4, lng, lat, occurredAt, externalId: id };
    const answers = await Promise.all(
      [0, 1].map(() => own.handheld.post<Incident>('/api/incidents', report, { 'idempotency-key': id })),
    );
    const [first] = answers.map(({ body }) => body);
    if (!first) never('answer');
    expect(answers.map(({ status, body }) => [status, body.id])).toEqual(answers.map(() => [201, first.id]));
    expect(first).toMatchObject({ source: 'patrol', origin: county.id, occurredAt });
    const mine = (await own.handheld.get<List<IncidentItem>>('/api/incidents')).body.items;
    expect(mine.map((item) => item.id)).toEqual([first.id]);
    const photo = await photograph(own.handheld, first.id);
    expect([photo.status, (await photograph(own.handheld, first.id)).body.id]).toEqual([201, photo.body.id]);
    const other = await crew();
    expect((await photograph(other.handheld, first.id)).status).toBe(404);
    const reject = { version: first.version, reason: '重复' };
    expect((await duty.post(`/api/incidents/${first.id}/reject`, reject)).status).toBe(200);
    expect((await own.handheld.get<List<IncidentItem>>('/api/incidents')).body.items).toEqual([]);
  });
});

async function photograph({ url, headers }: Person, incident: string) {
  const body = new FormData();
  body.set('file', new Blob([new Uint8Array(PNG)]), '现场.png');
  const answer = await fetch(`${url}/api/incidents/${incident}/evidence`, {
    method: 'POST',
    headers: { ...headers, origin: url, 'idempotency-key': 'one-photograph' },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Evidence };
}

describe('help and status', () => {
  it('are called for by the own team alone, with the time of the press', async () => {
    const [own, other] = await Promise.all([crew(), crew()]);
    const at = new Date(Date.now() - 5 * MINUTE).toISOString();
    const draft = { team: own.team.id, lng, lat, at };
    const key = { 'idempotency-key': mint() };
    const answers = [
      await own.handheld.post<Sos>('/api/sos', draft, key),
      await own.handheld.post<Sos>('/api/sos', draft, key),
    ];
    for (const { status, body } of answers)
      expect([status, body]).toEqual([201, expect.objectContaining({ state: 'calling', presses: 1, at })]);
    expect(answers[0]?.body.place).toMatchObject({ lng, lat, observedAt: at });
    expect(answers[0]?.body.mayStep).toBe(false);
    const seen = (await duty.get<List<Sos>>('/api/sos?open=true')).body.items;
    expect(seen.filter(({ team }) => team === own.team.id)).toHaveLength(1);
    const mine = (await own.handheld.get<List<Sos>>('/api/sos?open=true')).body.items;
    expect(mine.map(({ team }) => team)).toEqual([own.team.id]);
    expect((await own.handheld.post('/api/sos', { team: other.team.id })).status).toBe(404);
    const path = `/api/sos/${mine[0]?.id}/answer`;
    expect((await own.handheld.post<Refused>(path, {})).body.error.code).toBe('role.denied');
    const wild = { team: other.team.id, at: '1999-01-01T00:00:00Z' };
    const late = (await other.handheld.post<Sos>('/api/sos', wild)).body;
    expect(Date.now() - Date.parse(late.at)).toBeLessThan(25 * 3_600_000);
  });

  it('the own status goes along the flow, and nothing else of the team is its to change', async () => {
    const [own, other] = await Promise.all([crew(), crew()]);
    const change = (person: Person, team: Team, body: object) =>
      person.ask<Team & Refused>('PATCH', `/api/teams/${team.id}`, { version: team.version, ...body });
    const rested = await change(own.handheld, own.team, { status: 'rest' });
    expect([rested.status, rested.body.status]).toEqual([200, 'rest']);
    const stale = await change(own.handheld, own.team, { status: 'patrolling' });
    expect(stale.body.error.code).toBe('team.stale');
    expect((await change(own.handheld, other.team, { status: 'rest' })).status).toBe(404);
    expect((await change(other.handheld, other.team, { callSign: '我们' })).body.error.code).toBe(
      'role.denied',
    );
  });

  it('what was written down for one handheld is not done as another', async () => {
    const [own, other] = await Promise.all([crew(), crew()]);
    const { account } = (await other.handheld.get<Session>('/api/session')).body;
    const meant = { 'x-account': account.id };
    const as = (person: Person) => person.post<Sos & Refused>('/api/sos', { team: other.team.id }, meant);
    expect((await as(own.handheld)).body.error.code).toBe('session.another');
    expect((await as(other.handheld)).status).toBe(201);
  });
});

describe('positions of a crew’s own handheld', () => {
  const onShift = async (hoursAgo?: number, part: object = {}): Promise<Crew> => {
    const made = await crew(part);
    await shiftFor(app, commander, made.team.id, hoursAgo);
    return made;
  };
  const enrol = async ({ handheld }: Crew, device = mint()) =>
    (await handheld.post<HandheldDevice>('/api/handheld/positions', { device })).body.device ??
    never('device');
  const fix = (device: string, ago = 0, part: object = {}) => ({
    device,
    at: new Date(Date.now() - ago).toISOString(),
    lng,
    lat,
    accuracyM: 8,
    ...part,
  });
  const tell = async ({ handheld }: Crew, ...fixes: object[]) =>
    (await handheld.post<FixesAnswer>('/api/positions', fixes)).body;
  const codes = ({ rejected, flagged }: FixesAnswer) => [...rejected, ...flagged].map(({ code }) => code);

  it('are those of its team, by one device however often it is asked for', async () => {
    const own = await onShift();
    const machine = mint();
    const device = await enrol(own, machine);
    expect(await enrol(own, machine)).toBe(device);
    expect(await tell(own, fix(device, 60_000), fix(device))).toEqual({
      accepted: 2,
      rejected: [],
      flagged: [],
    });
    const { body } = await duty.get<Team>(`/api/teams/${own.team.id}`);
    expect(body.position).toMatchObject({ lng, lat });
  });

  it('are told by nobody else, and no other device by a handheld', async () => {
    const [own, other] = await Promise.all([onShift(), onShift()]);
    const device = await enrol(own);
    expect(codes(await tell(other, fix(device)))).toEqual(['device.unknown']);
    const terminal = await commander.post<NewDevice>('/api/devices', { team: own.team.id });
    expect(codes(await tell(own, fix(terminal.body.id)))).toEqual(['device.unknown']);
    const rotated = await commander.post<Refused>(`/api/devices/${device}/rotate`, {});
    expect(rotated.body.error.code).toBe('device.unknown');
    expect((await duty.post<Refused>('/api/handheld/positions', { device: mint() })).status).toBe(403);
    expect((await own.handheld.post('/api/handheld/positions', { device: 'x' })).status).toBe(400);
  });

  it('are believed twelve hours back, and not where the machine hardly knows', async () => {
    const own = await onShift(14);
    const device = await enrol(own);
    const hour = 60 * MINUTE;
    const told = await tell(
      own,
      fix(device, 11 * hour),
      fix(device, 13 * hour),
      fix(device, 0, { accuracyM: 101 }),
      fix(device, 0, { accuracyM: -1 }),
    );
    expect([told.accepted, codes(told)]).toEqual([
      1,
      ['position.out-of-range', 'time.past', 'position.vague'],
    ]);
  });

  it('are not wanted where a device of the team is heard', async () => {
    const own = await onShift();
    const terminal = await commander.post<NewDevice>('/api/devices', { team: own.team.id });
    const machine = { device: mint() };
    const ask = async () =>
      (await own.handheld.post<HandheldDevice>('/api/handheld/positions', machine)).body;
    expect((await ask()).device).not.toBeNull();
    await app.withToken(terminal.body.secret ?? '').post('/api/positions', [fix(terminal.body.id)]);
    await app.app.get(DeviceSeen).write();
    expect(await ask()).toEqual({ device: null });
  });

  it('raise no alarm when they cease', async () => {
    const own = await onShift();
    await tell(own, fix(await enrol(own)));
    await app.app.get(DeviceSeen).write();
    const database = app.app.get(Database);
    expect(await devicesOf(database, [own.team.id])).toEqual([]);
    await database.query(
      'update device_seen set seen_at = seen_at + $1::interval where device in (select id from device where handheld is not null)',
      ['1 day'],
    );
    const last = (await app.app.get(DoorHeard).lastByDoor()).get('http') ?? 0;
    expect(last).toBeLessThan(Date.now() + MINUTE);
  });

  it('come from no more machines than a crew has', async () => {
    const own = await onShift();
    const first = await enrol(own);
    for (let i = 0; i < 15; i++) await enrol(own);
    expect(codes(await tell(own, fix(first)))).toEqual([]);
    await enrol(own);
    expect(await insist(async () => codes(await tell(own, fix(first)))[0])).toBe('device.unknown');
    for (let i = 17; i < 32; i++) await enrol(own);
    const more = await own.handheld.post<Refused>('/api/handheld/positions', { device: mint() });
    expect([more.status, more.body.error.code]).toEqual([429, 'request.too-many']);
  });

  it('are refused of a time at which the team had no shift on', async () => {
    const own = await crew();
    const device = await enrol(own);
    expect(await tell(own, fix(device))).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, code: 'position.off-shift' }],
    });
    const { body: unseen } = await duty.get<Team>(`/api/teams/${own.team.id}`);
    expect(unseen.position).toBeNull();
    await shiftFor(app, commander, own.team.id);
    const before = fix(device, 3 * 60 * MINUTE);
    expect(codes(await tell(own, before, fix(device)))).toEqual(['position.off-shift']);
    const step = async (action: string) => {
      const [shift] = (await own.handheld.post<Handheld>('/api/handheld', { device: mint() })).body.shifts;
      const path = `/api/shifts/${shift?.id}/${action}`;
      expect((await commander.post(path, { version: shift?.version })).status).toBe(200);
    };
    await step('start');
    expect(codes(await tell(own, fix(device, MINUTE)))).toEqual([]);
    await step('end');
    expect(codes(await tell(own, fix(device, -1000), fix(device, 2 * MINUTE)))).toEqual([
      'position.off-shift',
    ]);
  });

  it('come of no shift that was called off', async () => {
    const own = await onShift();
    const device = await enrol(own);
    const [shift] = (await own.handheld.post<Handheld>('/api/handheld', { device: mint() })).body.shifts;
    const off = { version: shift?.version, note: '取消' };
    expect((await commander.post(`/api/shifts/${shift?.id}/call-off`, off)).status).toBe(200);
    expect(codes(await tell(own, fix(device)))).toEqual(['position.off-shift']);
  });

  it('are told by the crew alone: by no desk, and by no broker', async () => {
    const own = await onShift();
    const device = await enrol(own);
    const { body } = await duty.post<FixesAnswer>('/api/positions', [fix(device)]);
    expect(codes(body)).toEqual(['device.unknown']);
    const { rejected } = await app.app.get(Intake).takeTrusted([fix(device)], 'mqtt');
    expect(rejected).toEqual([{ index: 0, code: 'device.unknown' }]);
    expect((await app.nobody().post('/api/positions', [fix(device)])).status).toBe(401);
  });

  it('of one that an administrator has ended are told no more, by that machine, for the day', async () => {
    const own = await onShift();
    const machine = mint();
    const device = await enrol(own, machine);
    expect((await commander.ask('DELETE', `/api/devices/${device}`)).status).toBeLessThan(300);
    const again = await own.handheld.post<Refused>('/api/handheld/positions', { device: machine });
    expect([again.status, again.body.error.code]).toEqual([404, 'device.unknown']);
    expect(await insist(async () => codes(await tell(own, fix(device)))[0])).toBe('device.unknown');
  });

  it('fill no more rows than there are seconds, however often they are told', async () => {
    const own = await onShift();
    const device = await enrol(own);
    const at = Math.floor(Date.now() / 1000) * 1000 - MINUTE;
    const told = [0, 1, 250, 999, 1000].map((ms) => fix(device, 0, { at: new Date(at + ms).toISOString() }));
    expect((await tell(own, ...told)).accepted).toBe(5);
    expect((await tell(own, ...told)).accepted).toBe(5);
    const span = { team: own.team.id, from: new Date(at - 1).toISOString(), to: new Date().toISOString() };
    const query = new URLSearchParams(span);
    const { body } = await duty.get<TrackPage>(`/api/tracks?${query.toString()}`);
    expect(body.items.map((item) => Date.parse(item.at))).toEqual([at, at + 1000]);
  });

  it('of a force that releases none are not kept, and coarse ones not as they were told', async () => {
    const own = await onShift(2, { forces: { 'armed-police': 6 } });
    const device = await enrol(own);
    const liaison = await app.signIn('liaison');
    const release = async (positions: string) => {
      const { items } = (await liaison.get<{ items: ForceRelease[] }>('/api/force-releases')).body;
      const version = items.find(({ force }) => force === 'armed-police')?.version ?? 0;
      const path = '/api/force-releases/armed-police';
      const { status } = await liaison.ask('PATCH', path, { version, positions, strength: true });
      expect(status).toBe(200);
    };
    await release('coarse');
    await insist(async () => {
      await tell(own, fix(device));
      const { position } = (await duty.get<Team>(`/api/teams/${own.team.id}`)).body;
      return (position && position.lng !== lng) || undefined;
    });
    await release('on-request');
    await insist(async () => codes(await tell(own, fix(device)))[0] === 'position.withheld' || undefined);
  });

  it('of a team that was closed are nobody’s', async () => {
    const own = await onShift();
    const device = await enrol(own);
    const { version } = (await duty.get<Team>(`/api/teams/${own.team.id}`)).body;
    const close = { version, close: {} };
    expect((await commander.ask('PATCH', `/api/teams/${own.team.id}`, close)).status).toBe(200);
    await insist(async () => {
      const { status, body } = await own.handheld.post<FixesAnswer>('/api/positions', [fix(device)]);
      return status === 401 || codes(body)[0] === 'device.unknown' || undefined;
    });
    expect((await own.handheld.post('/api/handheld/positions', { device: mint() })).status).not.toBe(200);
  });
});
