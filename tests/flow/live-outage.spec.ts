import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { cloneDatabase, openApp, type Person, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf } from '../support/facts.js';
import { openProxy, type Proxy, throughPort } from '../support/proxy.js';
import { Screen } from '../support/screen.js';

let database: { url: string; drop: () => Promise<void> };
let proxy: Proxy;
let behind: RunningApp;
let other: RunningApp;
let duty: Person;
let root: string;

beforeAll(async () => {
  database = await cloneDatabase('city');
  proxy = await openProxy(Number(new URL(database.url).port));
  const env = { LOG_LEVEL: 'silent' };
  behind = await openApp({ databaseUrl: throughPort(database.url, proxy.port), env });
  other = await openApp({ databaseUrl: database.url, env });
  duty = await behind.signIn('duty');
  ({ root } = centresOf(behind));
});
afterAll(async () => {
  proxy?.resume();
  await behind?.close();
  await other?.close();
  await proxy?.close();
  await database?.drop();
});

/** The longest time without a pulse that a wall may take for health. */
const BLIND_MS = 3_000;

const outages = [
  { name: 'hangs', begin: () => proxy.pause() },
  { name: 'is gone', begin: () => proxy.cut() },
] as const;

describe.each(outages)('a PostgreSQL that $name', ({ begin }) => {
  it('ends the pulses within 3 s; they come back by themselves with what was missed', async () => {
    const screen = await Screen.joined(duty, root);
    await screen.until(() => screen.pulses > 1, 'two pulses');
    begin();
    const lost = Date.now();
    // What another process commits meanwhile is unknown here.
    const missed = factOf([root]);
    await commit(other, missed);
    await pause(BLIND_MS);
    const last = Date.parse(screen.lastPulse?.at ?? '');
    expect(last - lost).toBeLessThanOrEqual(1_000);
    const { pulses } = screen;
    await pause(1_500);
    expect(screen.pulses).toBe(pulses);
    expect(screen.picture.get('alert', missed.id)).toBeUndefined();
    expect(screen.socket.connected).toBe(true);

    const ready = await behind.nobody().get('/readyz');
    expect(ready).toMatchObject({ status: 503, body: { ready: false, database: false } });
    expect((await behind.nobody().get('/healthz')).status).toBe(200);

    proxy.resume();
    await screen.sees(missed.id);
    await screen.until(() => screen.pulses > pulses + 1, 'pulses after the outage', 20_000);
    expect(screen.faults).toEqual([]);
    screen.close();
  });
});

describe('while PostgreSQL is gone', () => {
  it('requests are told to come back, a join too, and nothing is a bug', async () => {
    proxy.cut();
    const { status, body } = await duty.get<{ error: { code: string } }>('/api/incidents');
    expect([status, body.error.code]).toEqual([503, 'service.unavailable']);
    const journal = await duty.get<{ error: { code: string } }>(`/api/journal?scope=${root}`);
    expect([journal.status, journal.body.error.code]).toEqual([503, 'service.unavailable']);
    proxy.resume();
    const back = await until(async () => (await behind.nobody().get('/readyz')).status === 200);
    expect(back).toBe(true);
  });
});

async function until(isMet: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await isMet()) return true;
    await pause(100);
  }
  return false;
}
