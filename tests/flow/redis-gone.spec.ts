import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident, NewDevice, Pulse, Team } from '@app/shared';
import { io } from 'socket.io-client';
import type { LiveSocket } from '../../web/src/link/live-socket.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { centresOf } from '../support/facts.js';
import { LinkedScreen } from '../support/link.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { openRedis, type RunningRedis } from '../support/redis.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

let redis: RunningRedis;
let proxy: Proxy;
let apps: readonly [RunningApp, RunningApp];
let people: readonly [Person, Person];
let screens: readonly [LinkedScreen, LinkedScreen];
let device: NewDevice;
/** Ticks of the pulses that each screen heard, in order. */
const ticks: [number[], number[]] = [[], []];

/** The link of a screen at one of the servers, which also notes the ticks it hears. */
function linked(person: Person, scope: string, heard: number[]): LinkedScreen {
  const open = (): LiveSocket => {
    const socket: LiveSocket = io(`${person.url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      extraHeaders: { ...person.headers, origin: person.url },
    });
    socket.on('pulse', ({ tick }: Pulse) => heard.push(tick));
    return socket;
  };
  return new LinkedScreen(open, scope);
}

beforeAll(async () => {
  redis = await openRedis();
  proxy = await openProxy(Number(new URL(redis.url).port));
  const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}`, LOG_LEVEL: 'silent' };
  const first = await openApp({ env });
  apps = [first, await openApp({ env, databaseUrl: first.databaseUrl })];
  people = [await apps[0].signIn('duty'), await apps[1].signIn('duty')];
  const { root } = centresOf(first);
  screens = [linked(people[0], root, ticks[0]), linked(people[1], root, ticks[1])];
  const admin = await first.signIn('admin');
  const [team] = (await admin.get<{ items: Team[] }>('/api/teams?limit=1')).body.items;
  device = (await admin.post<NewDevice>('/api/devices', { team: team?.id })).body;
  for (const screen of screens) await screen.until(() => screen.frames > 1, 'frames');
});
afterAll(async () => {
  for (const screen of screens ?? []) screen.close();
  await apps?.[1].close();
  await apps?.[0].close();
  await proxy?.close();
  await redis?.close();
});

async function reportAt(which: 0 | 1): Promise<void> {
  const { status, body } = await people[which].post<Incident>('/api/incidents', REPORT);
  expect(status).toBe(201);
  for (const screen of screens) await screen.until(() => screen.has(body.id), 'the report on both');
}

async function moveAt(which: 0 | 1, lng: number): Promise<void> {
  const fix = { device: device.id, at: new Date().toISOString(), lng, lat: 39.77 };
  expect((await people[which].post('/api/positions', [fix])).body).toMatchObject({ accepted: 1 });
}

const isAt = (screen: LinkedScreen, lng: number) =>
  Math.abs((screen.placeOf(device.team)?.lng ?? 0) - lng) < 1e-5;

const losses = [
  { name: 'is gone', begin: () => proxy.cut(), places: [98.28, 98.281] },
  { name: 'hangs', begin: () => proxy.pause(), places: [98.282, 98.283] },
] as const;

describe.each(losses)('a Redis that $name', ({ begin, places: [before, meanwhile] }) => {
  it('leaves incidents as they were; positions stand still, screens say so, and both heal', async () => {
    await moveAt(0, before);
    for (const screen of screens) await screen.until(() => isAt(screen, before), 'the place on both');
    for (const screen of screens) await screen.until(() => screen.stillSince === null, 'positions that move');
    begin();
    for (const screen of screens)
      await screen.until(() => screen.stillSince !== null, 'that positions stand still');
    const [frames] = screens.map((screen) => screen.frames);
    const heard = ticks.map((list) => list.length);

    // The durable lane goes on, and the doors: what they take is stored, and shown when it can be shown to all.
    for (const which of [0, 1, 0, 1] as const) await reportAt(which);
    await moveAt(0, meanwhile);
    for (const which of [0, 1] as const) {
      const [list, from] = [ticks[which], heard[which] ?? 0];
      await screens[which].until(() => list.length > from + 3, 'four more pulses');
      expect(new Set(list.slice(from)).size).toBe(1);
    }
    expect(screens[0].frames).toBe(frames);
    expect(screens.map((screen) => isAt(screen, meanwhile))).toEqual([false, false]);
    expect((await apps[0].nobody().get('/readyz')).body).toMatchObject({ ready: true, bus: false });
    expect(screens.map(({ sights }) => sights.at(-1))).toEqual(['live', 'live']);

    proxy.resume();
    for (const screen of screens) {
      await screen.until(() => screen.stillSince === null, 'positions that move again');
      await screen.until(() => isAt(screen, meanwhile), 'what happened meanwhile');
    }
    await reportAt(1);
    for (const { repairs, snapshots, sights } of screens)
      expect({ repairs, snapshots, sights }).toEqual({ repairs: 0, snapshots: 1, sights: ['live'] });
  });
});
