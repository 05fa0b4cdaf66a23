import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Centre,
  coarsen,
  type FixesAnswer,
  type ForceRelease,
  type ForceRequest,
  type ForceRequestCard,
  LIAISON_DESKS,
  type NewDevice,
  type Replay,
  type Session,
  type Team,
  type TeamCard,
  type TrackPage,
} from '@app/shared';
import { Fleet } from '../../server/src/positions/fleet.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const HOUR = 3_600_000;
const DESK = LIAISON_DESKS['armed-police-liaison'].id;
const PLACE = { lng: 98.2888, lat: 39.7721 };
let app: RunningApp;
let duty: Person;
let admin: Person;
let commander: Person;
let sibling: Person;
let liaison: Person;
let centres: Centre[];
let city: Screen;
let desk: Screen;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  [duty, commander, admin, liaison] = await Promise.all([
    app.signIn('duty'),
    app.signIn('commander'),
    app.signIn('admin'),
    app.signIn('liaison'),
  ]);
  centres = (await duty.get<List<Centre>>('/api/centres')).body.items;
  const county = centres.find(({ level }) => level === 'county');
  sibling = await app.signIn('county', county?.id);
  city = await Screen.joined(duty, root());
  desk = await Screen.joined(liaison, DESK);
}, 120_000);
afterAll(async () => {
  city?.close();
  desk?.close();
  await app?.close();
});
afterEach(() => {
  for (const screen of [city, desk]) expect(screen.faults).toEqual([]);
});

const root = () => centres[0]?.id ?? '';
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const draft = (part: object = {}) => ({
  force: 'armed-police',
  task: 'cordon',
  asked: 12,
  text: '方特主题乐园北门需封控',
  to: inHours(4),
  ...part,
});
async function asked(part: object = {}): Promise<ForceRequest> {
  const { status, body } = await duty.post<ForceRequest>('/api/force-requests', draft(part));
  expect(status).toBe(201);
  return body;
}
const act = (person: Person, { id, version }: ForceRequest, action: string, part: object = {}) =>
  person.post<ForceRequest & Refused>(`/api/force-requests/${id}/${action}`, { version, ...part });
const cardOf = (screen: Screen, id: string) =>
  screen.picture.get('force-request', id)?.card as ForceRequestCard | undefined;
const teamCard = (screen: Screen, id: string) => screen.picture.get('team', id)?.card as TeamCard | undefined;
async function armedTeam(part: object = {}): Promise<{ team: Team; device: NewDevice }> {
  const base = { callSign: `武警${++made}`, centre: root(), mode: 'vehicle', tier: 5 };
  const body = { ...base, forces: { 'armed-police': 6 }, ...part };
  const team = (await commander.post<Team>('/api/teams', body)).body;
  const device = (await commander.post<NewDevice>('/api/devices', { team: team.id })).body;
  return { team, device };
}
let moment = 0;
async function send({ device }: { device: NewDevice }, place = PLACE): Promise<FixesAnswer> {
  const at = new Date(Date.now() - 60_000 + ++moment).toISOString();
  const door = app.withToken(device.secret ?? '');
  const { body } = await door.post<FixesAnswer>('/api/positions', [
    { device: device.id, at, ...place, speedKmh: 30, headingDeg: 90 },
  ]);
  return body;
}
const teamOf = async (id: string) => (await duty.get<Team>(`/api/teams/${id}`)).body;
const release = async (positions: string, strength: boolean, person = liaison) => {
  const { items } = (await person.get<{ items: ForceRelease[] }>('/api/force-releases')).body;
  const version = items.find(({ force }) => force === 'armed-police')?.version ?? 0;
  return person.ask<ForceRelease & Refused>('PATCH', '/api/force-releases/armed-police', {
    version,
    positions,
    strength,
  });
};
const spanOf = (team: string) => new URLSearchParams({ team, from: inHours(-1), to: inHours(1) }).toString();
const trackOf = (team: string) => duty.get<TrackPage & Refused>(`/api/tracks?${spanOf(team)}`);

describe('a request to armed police', () => {
  it('goes to their liaison desk, is answered with what they release, becomes active and ends', async () => {
    const { team } = await armedTeam();
    const request = await asked();
    expect(request).toMatchObject({ state: 'requested', actions: ['withdraw'], answer: null });
    await Promise.all([desk.sees(request.id), city.sees(request.id)]);
    expect(JSON.stringify(cardOf(city, request.id))).not.toContain('方特');
    const { items } = (await liaison.get<List<ForceRequest>>('/api/force-requests')).body;
    expect(items.find(({ id }) => id === request.id)).toMatchObject({
      text: '方特主题乐园北门需封控',
      actions: ['answer'],
    });
    const released = { teams: [team.id], headcount: 8, positions: 'precise' };
    const answered = (await act(liaison, request, 'answer', { answer: 'partly', released, text: '8 人' }))
      .body;
    expect(answered).toMatchObject({ state: 'answered', answer: 'partly', actions: ['start', 'end'] });
    const active = (await act(liaison, answered, 'start')).body;
    await city.until(() => cardOf(city, request.id)?.state === 'active', 'the walls see it');
    const ended = (await act(duty, active, 'end', { text: '现场已恢复' })).body;
    expect(ended.timeline.map(({ fact, text }) => [fact, text])).toEqual([
      ['force-request.asked', null],
      ['force-request.answered', '8 人'],
      ['force-request.started', null],
      ['force-request.ended', '现场已恢复'],
    ]);
    await desk.until(() => cardOf(desk, request.id) === undefined, 'an ended one leaves the picture');
  });

  it('is never answered or started by whoever asks, nor seen beside them', async () => {
    const request = await asked();
    const released = { teams: [], headcount: 4, positions: 'coarse' };
    const own = await act(duty, request, 'answer', { answer: 'released', released });
    expect([own.status, own.body.error.code]).toEqual([409, 'force-request.illegal-step']);
    const foreign = await act(sibling, request, 'withdraw');
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'force-request.unknown']);
    const militia = await duty.post<ForceRequest>('/api/force-requests', draft({ force: 'militia' }));
    const other = await act(liaison, militia.body, 'answer', { answer: 'declined', text: 'x' });
    expect([other.status, other.body.error.code]).toEqual([404, 'force-request.unknown']);
    const declined = (await act(liaison, request, 'answer', { answer: 'declined', text: '另有任务' })).body;
    const started = await act(liaison, declined, 'start');
    expect([started.status, started.body.error.code]).toEqual([409, 'force-request.illegal-step']);
  });

  it('lends no team twice, and none that somebody else leads', async () => {
    const { team } = await armedTeam();
    const [one, two] = [await asked(), await asked()];
    const released = { teams: [team.id], headcount: null, positions: 'coarse' };
    const [first, second] = await Promise.all(
      [one, two].map((request) => act(liaison, request, 'answer', { answer: 'released', released })),
    );
    const statuses = [first?.status, second?.status].sort();
    expect(statuses).toEqual([200, 409]);
    const { items } = (await duty.get<List<Team>>('/api/teams?limit=1')).body;
    const police = { teams: [items[0]?.id], headcount: null, positions: 'coarse' };
    const open = await asked();
    const foreign = await act(liaison, open, 'answer', { answer: 'released', released: police });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'team.unknown']);
  });

  it('is ended by the server’s clock', async () => {
    const request = await asked({ to: inHours(2) });
    await desk.sees(request.id);
    await fireIn(app, 2 * HOUR + 1_000);
    await desk.until(() => cardOf(desk, request.id) === undefined, 'the clock ends it');
  });
});

describe('what armed police do not release', () => {
  it('is coarse from the start: in answers, tracks, fleet and cards', async () => {
    const { team, device } = await armedTeam();
    expect(team.grain).toBe('coarse');
    await city.until(() => teamCard(city, team.id)?.grain === 'coarse', 'the walls know it');
    expect((await send({ device })).accepted).toBe(1);
    const [lng, lat] = coarsen([PLACE.lng, PLACE.lat]);
    const { position } = await teamOf(team.id);
    expect(position).toMatchObject({ lng, lat, speedKmh: null, headingDeg: null });
    expect((await trackOf(team.id)).body.items).toMatchObject([{ lng, lat, speedKmh: null }]);
    expect(app.app.get(Fleet).get(team.id)).toMatchObject({ lng, lat });
  });

  it('is dropped while it is only told on request, and told while a request is active', async () => {
    const { team, device } = await armedTeam();
    await city.sees(team.id);
    await send({ device });
    const changed = await release('on-request', true);
    expect(changed.body).toMatchObject({ positions: 'on-request' });
    await city.until(() => teamCard(city, team.id)?.grain === 'on-request', 'it is withheld');
    expect((await teamOf(team.id)).position).toBeNull();
    expect(app.app.get(Fleet).get(team.id)).toBeUndefined();
    expect(await send({ device })).toMatchObject({ accepted: 0, rejected: [{ code: 'position.withheld' }] });
    const track = await trackOf(team.id);
    expect([track.status, track.body.error.code]).toEqual([403, 'position.withheld']);

    const released = { teams: [team.id], headcount: null, positions: 'precise' };
    const answered = (await act(liaison, await asked(), 'answer', { answer: 'released', released })).body;
    const active = (await act(liaison, answered, 'start')).body;
    await city.until(() => teamCard(city, team.id)?.grain === undefined, 'it is lent');
    expect((await send({ device })).accepted).toBe(1);
    expect((await teamOf(team.id)).position).toMatchObject(PLACE);

    await act(liaison, active, 'end');
    await city.until(() => teamCard(city, team.id)?.grain === 'on-request', 'it is over');
    expect((await teamOf(team.id)).position).toBeNull();
    await release('coarse', true);
    // What was stored while it was lent is told no finer than it is now.
    await city.until(() => teamCard(city, team.id)?.grain === 'coarse', 'it is coarse again');
    const [lng, lat] = coarsen([PLACE.lng, PLACE.lat]);
    for (const point of (await trackOf(team.id)).body.items) expect(point).toMatchObject({ lng, lat });
    const replay = await duty.get<Replay>(`/api/replay?${spanOf(team.id)}`);
    const [line] = replay.body.teams;
    expect(new Set(line?.lng)).toEqual(new Set([Math.round(lng * 1e6)]));
    const csv = await fetch(`${app.url}/api/exports/tracks?${spanOf(team.id)}&format=csv`, {
      headers: duty.headers,
    });
    expect(await csv.text()).not.toContain(String(PLACE.lng));
  });

  it('is no headcount, from the row to the card, once strength is withheld', async () => {
    const { team } = await armedTeam({ forces: { 'armed-police': 7, militia: 3 } });
    await city.sees(team.id);
    await release('coarse', false);
    await city.until(() => teamCard(city, team.id)?.withheld !== undefined, 'strength is withheld');
    expect(teamCard(city, team.id)).toMatchObject({ forces: { militia: 3 }, withheld: ['armed-police'] });
    const { version, ...held } = await teamOf(team.id);
    expect(held.forces).toEqual({ militia: 3 });
    const patched = await commander.ask<Team>('PATCH', `/api/teams/${team.id}`, {
      version,
      forces: { 'armed-police': 9, militia: 3 },
    });
    expect(patched.body).toMatchObject({ forces: { militia: 3 }, withheld: ['armed-police'] });
    await release('coarse', true);
  });

  it('is for the force to say: not for a commander, nor for its administrator’s guess at a version', async () => {
    const denied = await release('precise', true, liaison);
    expect(denied.status).toBe(200);
    const stale = await liaison.ask<Refused>('PATCH', '/api/force-releases/armed-police', {
      version: 1,
      positions: 'coarse',
      strength: true,
    });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'release.stale']);
    const other = await liaison.ask<Refused>('PATCH', '/api/force-releases/police', {
      version: 1,
      positions: 'coarse',
      strength: true,
    });
    expect([other.status, other.body.error.code]).toEqual([403, 'role.denied']);
    const byCommander = await release('precise', true, commander);
    expect(byCommander.status).toBe(403);
    expect((await release('coarse', true, admin)).status).toBe(200);
  });
});

describe('a liaison desk', () => {
  it('knows its name and nothing of the city', async () => {
    const { body } = await liaison.get<Session>('/api/session');
    expect(body).toMatchObject({
      centre: { id: DESK, level: 'liaison' },
      account: { role: 'armed-police-liaison' },
    });
    expect((await liaison.get<List<Centre>>('/api/centres')).body.items).toEqual([]);
    const teams = (await liaison.get<List<Team>>('/api/teams?limit=200')).body.items;
    expect(teams.every(({ forces, withheld }) => forces['armed-police'] || withheld)).toBe(true);
    expect([...desk.picture.items()].every(({ kind }) => kind === 'force-request' || kind === 'team')).toBe(
      true,
    );
  });

  it('is refused at every other door', async () => {
    const { paths } = (await app.nobody().get<{ paths: Record<string, object> }>('/api/openapi.json')).body;
    const may = ['/api/session', '/api/centres', '/api/teams', '/api/force-requests', '/api/force-releases'];
    const shut = Object.entries(paths).flatMap(([path, methods]) =>
      'get' in methods && path.startsWith('/api/') && !may.includes(path) ? [path] : [],
    );
    expect(shut.length).toBeGreaterThan(30);
    for (const path of shut) {
      if (path === '/api/settings') continue;
      const answer = await liaison.get(path.replaceAll(/\{\w+\}/g, root()));
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  it('may not join the room of a centre, nor send anything there', async () => {
    await expect(Screen.joined(liaison, root())).rejects.toThrow('centre.unknown');
    const report = { category: 'traffic', severity: 4, ...PLACE };
    const answer = await liaison.post<Refused>('/api/incidents', report);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'role.denied']);
  });
});
