import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type DriveCard,
  type Incident,
  type IncidentCard,
  type JournalEntry,
  type ScopeEntry,
  type Session,
  type Team,
  toMs,
} from '@app/shared';
import { simulate } from '../../server/src/demo/simulator/simulator.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { Screen } from '../support/screen.js';

const SECRET = 'a-secret-of-the-simulator-alone';

let app: RunningApp;
let commander: Person;
let screen: Screen;
let proxy: Proxy;
const stop = new AbortController();
let playing: Promise<void>;

beforeAll(async () => {
  app = await openApp({ env: { SIMULATOR_SECRET: SECRET } });
  commander = await app.signIn('commander');
  const { body } = await commander.get<Session>('/api/session');
  screen = await Screen.joined(commander, body.centre.id);
  proxy = await openProxy(Number(new URL(app.url).port));
  const url = `http://127.0.0.1:${proxy.port}`;
  playing = simulate(
    { url, secret: SECRET, seed: 7, rate: 500, pace: 100, teams: 64, jt808: 0 },
    stop.signal,
  );
});
afterAll(async () => {
  stop.abort();
  await playing;
  screen.close();
  await proxy.close();
  await app.close();
});

const told = (fact: string, since = 0) =>
  screen.entries.slice(since).filter((entry): entry is JournalEntry => entry.fact === fact);
const drive = () =>
  [...screen.picture.items()].find(({ kind }) => kind === 'drive') as { version: number } | undefined;
const change = async (driver: DriveCard['driver']) => {
  const { status } = await commander.post('/api/drive', { driver, version: drive()?.version });
  expect(status).toBe(201);
};
/** What the simulator says of its changes of state from now on. */
function listenToLog(): { heard: (event: string) => boolean; restore: () => void } {
  const written: string[] = [];
  const spy = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => written.push(String(line)) > 0);
  return { heard: (event) => written.some((line) => line.includes(event)), restore: () => spy.mockRestore() };
}
const until = (isMet: () => boolean, what: string) => screen.until(isMet, what, 40_000);

describe('the simulator at the public doors', () => {
  it('reports, accepts, dispatches and departs, and its teams move', async () => {
    await until(() => told('incident.departed').length > 3, 'teams under way');
    expect(told('incident.reported').length).toBeGreaterThan(3);
    const card = told('incident.departed')[0]?.card as IncidentCard | undefined;
    expect(card).toMatchObject({ simulated: true, status: 'handling' });
    const [crew] = card?.teams ?? [];
    const { body } = await commander.get<Team>(`/api/teams/${crew?.id}`);
    expect(Date.now() - toMs(body.position?.observedAt ?? '')).toBeLessThan(15_000);
  });

  it('makes the synthetic teams that a load wants, each with a device that tells where it is', async () => {
    const { body } = await commander.get<{ items: Team[] }>('/api/teams?limit=200');
    const synthetic = body.items.filter(({ callSign }) => callSign.startsWith('试'));
    expect(body.items).toHaveLength(64);
    expect(synthetic).toHaveLength(4);
    expect(synthetic.filter(({ position }) => position === null)).toEqual([]);
  });

  it('does not touch what a person reported', async () => {
    const place = { lng: 98.2888, lat: 39.7721 };
    const report = { category: 'other', severity: 4, ...place, source: 'phone' };
    const { body: mine } = await commander.post<Incident>('/api/incidents', report);
    const since = screen.entries.length;
    await until(() => told('incident.accepted', since).length > 10, 'ten others accepted');
    const { body: later } = await commander.get<Incident>(`/api/incidents/${mine.id}`);
    expect(later).toMatchObject({ status: 'reported', version: 1, simulated: false });
  });

  it('leaves alone an incident of its own once a person has touched it', async () => {
    const isOpen = ({ id }: { id: string }) =>
      screen.picture.get('incident', id)?.card['status'] === 'reported';
    await until(() => told('incident.reported').some(isOpen), 'a report that waits');
    const theirs = told('incident.reported').findLast(isOpen);
    const accepted = await commander.post<Incident>(`/api/incidents/${theirs?.id}/accept`, {
      version: theirs?.version,
    });
    // The simulated desk may have been faster: then there is nothing to see here.
    if (accepted.status !== 200) return;
    const since = screen.entries.length;
    await until(() => told('incident.dispatched', since).length > 5, 'five others dispatched');
    const { body } = await commander.get<Incident>(`/api/incidents/${theirs?.id}`);
    expect(body).toMatchObject({ status: 'accepted', version: 2, simulated: false });
  });

  it('comes back by itself after the server was gone, and goes on', async () => {
    const lost = listenToLog();
    proxy.cut();
    await until(() => lost.heard('link.lost'), 'the link is lost');
    proxy.resume();
    const since = screen.entries.length;
    await until(
      () => told('incident.reported', since).length > 2 && lost.heard('link.joined'),
      'reports again',
    );
    lost.restore();
  });

  it('tells positions and nothing else while a person drives, and a drill all the same', async () => {
    await change('person');
    // What was under way when the person took over may still come, late on a slow machine; then nothing does.
    const since = screen.entries.length;
    const isOwn = ({ kind }: ScopeEntry) => kind === 'incident' || kind === 'team';
    let [seen, quietFrom] = [0, screen.pulses];
    const isQuiet = () => {
      const own = screen.entries.slice(since).filter(isOwn).length;
      if (own !== seen) [seen, quietFrom] = [own, screen.pulses];
      return screen.pulses > quietFrom + 4;
    };
    await until(isQuiet, 'four seconds of a person driving, without an entry');
    const before = screen.entries.length;
    const { body } = await commander.get<{ items: Team[] }>('/api/teams?limit=200');
    const ages = body.items.map(({ position }) => Date.now() - toMs(position?.observedAt ?? ''));
    expect(Math.min(...ages)).toBeLessThan(5_000);

    await commander.post('/api/drill', { category: 'fire', lng: 98.2888, lat: 39.7721 });
    await until(() => told('incident.reported', before).length > 0, 'the first report of the drill');
    expect(told('incident.reported', before)[0]?.card).toMatchObject({ category: 'fire', simulated: true });
  });
});
