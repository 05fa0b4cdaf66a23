import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Candidates, Centre, FixesAnswer, Incident, NewDevice, Team } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';

const CORE = { lng: 98.2888, lat: 39.7721 };

let running: RunningApp;
let commander: Person;
let incident: Incident;
let teams: Team[];

/** Tells where a team is, as its device would. */
async function place(team: Team, lng: number, lat: number): Promise<void> {
  const { body: device } = await commander.post<NewDevice>('/api/devices', { team: team.id });
  const fix = { device: device.id, at: new Date().toISOString(), lng, lat };
  const { body } = await commander.post<FixesAnswer>('/api/positions', [fix]);
  expect(body.accepted).toBe(1);
}

const report = async (by: Person): Promise<Incident> =>
  (await by.post<Incident>('/api/incidents', { category: 'traffic', severity: 3, ...CORE })).body;
const candidatesOf = async (id: string, by = commander) =>
  (await by.get<Candidates>(`/api/incidents/${id}/candidates`)).body;

describe('GET /api/incidents/:id/candidates', () => {
  beforeAll(async () => {
    running = await openApp();
    commander = await running.signIn('commander');
    teams = (await commander.get<{ items: Team[] }>('/api/teams?limit=200')).body.items;
    incident = await report(commander);
  });
  afterAll(() => running?.close());

  const byCallSign = (callSign: string): Team => {
    const team = teams.find((one) => one.callSign === callSign);
    if (!team) throw new Error(`no team ${callSign}`);
    return team;
  };

  it('names every team of the picture, those without a position as such', async () => {
    const { items, method } = await candidatesOf(incident.id);
    expect(items.map(({ team }) => team).sort()).toEqual(teams.map(({ id }) => id).sort());
    expect(items.every(({ reason, minutes }) => reason !== null && minutes === null)).toBe(true);
    expect(method).toBe('straight-line × 1.4 at mode speed');
  });

  it('puts the nearest by minutes first and a dispatched one among the unavailable, with its incident', async () => {
    const [near, far] = [byCallSign('雄关201'), byCallSign('雄关203')];
    await place(near, CORE.lng, CORE.lat + 0.005);
    await place(far, CORE.lng, CORE.lat + 0.02);
    const before = await candidatesOf(incident.id);
    expect(before.items.slice(0, 2).map(({ team }) => team)).toEqual([near.id, far.id]);
    expect(before.items[0]).toMatchObject({ reason: null, minutes: 2, leavesFree: 1, warnings: [] });

    const { id } = incident;
    const { body: accepted } = await commander.post<Incident>(`/api/incidents/${id}/accept`, {
      version: incident.version,
    });
    const sent = await commander.post<Incident>(`/api/incidents/${id}/dispatch`, {
      version: accepted.version,
      teams: [near.id],
    });
    expect(sent.status).toBe(200);
    const other = await report(commander);
    const after = await candidatesOf(other.id);
    expect(after.items[0]?.team).toBe(far.id);
    expect(after.items.find(({ team }) => team === near.id)).toMatchObject({
      reason: 'busy',
      busyWith: [{ id, number: incident.number }],
    });
  });

  it('is 404 for an incident that the caller may not read, as for an unknown one', async () => {
    const { body } = await commander.get<{ items: Centre[] }>('/api/centres');
    const elsewhere = body.items.find(({ name }) => name === '郊区');
    const county = await running.signIn('county', elsewhere?.id);
    const foreign = await county.get(`/api/incidents/${incident.id}/candidates`);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toMatchObject({ error: { code: 'incident.unknown' } });
    expect((await running.nobody().get(`/api/incidents/${incident.id}/candidates`)).status).toBe(401);
  });
});
