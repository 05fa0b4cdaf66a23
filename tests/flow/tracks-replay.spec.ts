import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident, Replay, Team } from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

type Refused = { error: { code: string } };

const MINUTE = 60_000;

let running: RunningApp;
let duty: Person;
let team: Team;
let other: Team;
/** Where the window begins: an hour ago, on a whole second. */
let from: number;

const at = (ms: number) => new Date(from + ms).toISOString();
const replay = (by: Person, more = '', to = 30 * MINUTE) =>
  by.get<Replay>(`/api/replay?from=${encodeURIComponent(at(0))}&to=${encodeURIComponent(at(to))}${more}`);

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  const { items } = (await duty.get<{ items: Team[] }>('/api/teams?limit=2')).body;
  const [first, second] = items;
  if (!first || !second) throw new Error('two teams wanted');
  [team, other] = [first, second];
  from = Math.floor((Date.now() - 60 * MINUTE) / 1000) * 1000;
  const database = running.app.get(Database);
  // Ten minutes at 1 Hz, five minutes of silence, ten more; the newest of each second at .7.
  await database.query(
    `insert into track (device, team, observed_at, lng, lat, received_at)
     select d.id, d.team, to_timestamp($2::float8 / 1000 + s + f), 98.2 + s / 1e5, 39.7 + f / 1e3, now()
       from (select id, team from device where team = $1 limit 1) d,
            generate_series(0, 1499) s, unnest(array[0.2, 0.7]) f
      where s < 600 or s >= 900`,
    [team.id, from],
  );
}, 120_000);
afterAll(() => running?.close());

async function lastAudit(action: string) {
  const [line] = await running.app.get(Database).query<{
    subject: string;
    detail: Record<string, unknown>;
  }>('select subject, detail from audit where action = $1 order by seq desc limit 1', [action]);
  return line;
}

describe('a replay', () => {
  it('has the newest fix of each second of a team, with its gap, and is in the audit', async () => {
    const { status, body } = await replay(duty, `&team=${team.id}`);
    expect(status).toBe(200);
    expect(body.stepMs).toBe(1000);
    const [track] = body.teams;
    expect(track).toMatchObject({ id: team.id, callSign: team.callSign });
    expect(track?.at).toHaveLength(1200);
    expect(track?.at.slice(0, 2)).toEqual([700, 1700]);
    expect(track?.at[600]).toBe(900_700);
    expect([track?.lng[1], track?.lat[1]]).toEqual([98_200_010, 39_700_700]);
    expect(await lastAudit('tracks.replayed')).toMatchObject({ subject: `team:${team.id}` });
  });

  it('of a scope has its teams that told anything, and no finer steps than an answer holds', async () => {
    const { body } = await replay(duty, '', 60 * MINUTE);
    const { items } = (await duty.get<{ items: Team[] }>('/api/teams?limit=200')).body;
    expect(body.stepMs).toBeGreaterThan(1000);
    const points = body.teams.reduce((sum, { at: times }) => sum + times.length, 0);
    expect(points).toBeLessThanOrEqual(120_000);
    expect(body.teams.map(({ id }) => id)).toContain(team.id);
    const known = new Set(items.map(({ id }) => id));
    expect(body.teams.filter(({ id }) => !known.has(id))).toEqual([]);
    for (const { at: times, lng, lat } of body.teams) {
      expect([lng.length, lat.length]).toEqual([times.length, times.length]);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
    }
  });

  it('has the incidents of that time with the states they went through', async () => {
    const report = { category: 'traffic', severity: 3, lng: 98.28, lat: 39.77, source: 'phone' };
    const { body: made } = await duty.post<Incident>('/api/incidents', report);
    await duty.post(`/api/incidents/${made.id}/accept`, { version: 1 });
    const { body } = await replay(duty, '', 120 * MINUTE);
    const found = body.incidents.find(({ id }) => id === made.id);
    expect(found).toMatchObject({ number: made.number, category: 'traffic' });
    expect(found?.steps.map(({ status }) => status)).toEqual(['reported', 'accepted']);
    // An hour after the beginning of the window, which ends now.
    expect(found?.steps[0]?.at).toBeGreaterThanOrEqual(60 * MINUTE);
    const before = await replay(duty, '', 30 * MINUTE);
    expect(before.body.incidents.find(({ id }) => id === made.id)).toBeUndefined();
  });

  it('has no incident any longer that was closed, or merged into another', async () => {
    const draft = { category: 'traffic', severity: 4, lng: 98.281, lat: 39.771, source: 'phone' };
    const reported = async () => (await duty.post<Incident>('/api/incidents', draft)).body;
    const [kept, twin] = [await reported(), await reported()];
    await duty.post(`/api/incidents/${twin.id}/merge`, { version: 1, into: kept.id });
    const { version } = (await duty.get<Incident>(`/api/incidents/${kept.id}`)).body;
    expect((await duty.post(`/api/incidents/${kept.id}/reject`, { version, reason: '重复' })).status).toBe(
      200,
    );
    const { body } = await replay(duty, '', 120 * MINUTE);
    const stepsOf = (id: string) =>
      body.incidents.find((found) => found.id === id)?.steps.map((step) => step.status);
    expect([stepsOf(twin.id), stepsOf(kept.id)]).toEqual([
      ['reported', null],
      ['reported', null],
    ]);
  });

  it('tells nobody of a team or a scope that is not theirs', async () => {
    const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
    const counties = items.filter(({ level }) => level === 'county');
    const away = counties.find(({ id }) => id !== team.centre && !team.sharedWith.includes(id));
    const stranger = await running.signIn('county', away?.id);
    const seen = await stranger.get<Team & Refused>(`/api/teams/${team.id}`);
    expect(seen.status).toBe(404);
    const refused = await stranger.get<Refused>(`/api/replay?from=${at(0)}&to=${at(MINUTE)}&team=${team.id}`);
    expect([refused.status, refused.body.error.code]).toEqual([404, 'team.unknown']);
    const root = items.find(({ level }) => level === 'city');
    const above = await stranger.get<Refused>(`/api/replay?from=${at(0)}&to=${at(MINUTE)}&scope=${root?.id}`);
    expect([above.status, above.body.error.code]).toEqual([404, 'centre.unknown']);
    const own = await replay(stranger);
    expect(own.body.teams.map(({ id }) => id)).not.toContain(team.id);
    expect((await replay(await running.signIn('display'))).status).toBe(403);
  });

  it('wants a window of at most a day, forwards', async () => {
    for (const [a, b] of [
      [MINUTE, 0],
      [-25 * 60 * MINUTE, 0],
    ] as const) {
      const answer = await duty.get<Refused>(`/api/replay?from=${at(a)}&to=${at(b)}`);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'request.malformed']);
    }
  });
});

describe('a file of tracks', () => {
  const file = async (query: string) => {
    const answer = await fetch(
      `${duty.url}/api/exports/tracks?from=${at(0)}&to=${at(30 * MINUTE)}&${query}`,
      {
        headers: duty.headers,
      },
    );
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('as GPX has every fix, and two segments around the silence', async () => {
    const { status, type, text } = await file(`format=gpx&team=${team.id}`);
    expect([status, type]).toEqual([200, 'application/gpx+xml']);
    expect(text.match(/<trkpt /g)).toHaveLength(2400);
    expect(text.match(/<trkseg>/g)).toHaveLength(2);
    expect(text).toContain(`<name>${team.callSign}</name>`);
    expect(text.endsWith('</gpx>\n')).toBe(true);
    expect(await lastAudit('tracks.exported')).toMatchObject({ detail: { format: 'gpx', teams: 1 } });
  });

  it('as CSV has the same fixes, a line each, and of a team that told nothing only the head', async () => {
    const { text } = await file(`format=csv&language=zh-Hant&team=${team.id}`);
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('巡組,設備,時間,時刻（UTC）,經度,緯度,速度（km/h）,方向（°）');
    expect(lines).toHaveLength(2401);
    const silent = await file(`format=csv&team=${other.id}`);
    const told = await replay(duty, `&team=${other.id}`);
    expect(silent.text.trimEnd().split('\r\n').length > 1).toBe(told.body.teams.length > 0);
  });
});
