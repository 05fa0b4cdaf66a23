import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Token } from '@app/shared';
import { Access } from '../../server/src/access/access.js';
import { Clock } from '../../server/src/platform/clock.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

let one: RunningApp;
let two: RunningApp;
let admin: Person;
let root: Centre;

async function issue(): Promise<Token & { secret: string }> {
  const draft = { name: 'probe', centre: root.id, scopes: ['read'] };
  return (await admin.post<Token & { secret: string }>('/api/tokens', draft)).body;
}
const asked = async (at: RunningApp, secret: string): Promise<number> =>
  (await at.withToken(secret).get('/api/centres')).status;

beforeAll(async () => {
  one = await openApp();
  two = await openApp({ databaseUrl: one.databaseUrl });
  // Time stands still: nothing that was kept grows old by itself.
  const at = Date.now();
  for (const { app } of [one, two]) app.get(Clock).now = () => at;
  admin = await one.signIn('admin');
  const { body } = await admin.get<{ items: Centre[] }>('/api/centres');
  const [first] = body.items;
  if (!first) throw new Error('no city');
  root = first;
}, 120_000);
afterAll(async () => {
  await two?.close();
  await one?.close();
});

describe('a revoked token', () => {
  it('is refused at once, also when it was used a moment before', async () => {
    const { id, secret } = await issue();
    expect([await asked(one, secret), await asked(one, secret)]).toEqual([200, 200]);
    await admin.ask('DELETE', `/api/tokens/${id}`);
    expect(await asked(one, secret)).toBe(401);
  });

  it('is refused at once while it is in full use', async () => {
    const { id, secret } = await issue();
    let isRevoked = false;
    let late = 0;
    const users = Array.from({ length: 8 }, async () => {
      for (;;) {
        const wasRevoked = isRevoked;
        const status = await asked(one, secret);
        if (wasRevoked && status !== 401) late += 1;
        if (wasRevoked || status === 401) return;
      }
    });
    await asked(one, secret);
    await admin.ask('DELETE', `/api/tokens/${id}`);
    isRevoked = true;
    await Promise.all(users);
    expect([late, await asked(one, secret)]).toEqual([0, 401]);
  });

  it('is refused by another process as soon as that hears of it', async () => {
    const { id, secret } = await issue();
    expect(await asked(two, secret)).toBe(200);
    const heard = new Promise<void>((resolve) => {
      two.app.get(Access).onCut((credential) => {
        if (credential === id) resolve();
      });
    });
    await admin.ask('DELETE', `/api/tokens/${id}`);
    await heard;
    expect(await asked(two, secret)).toBe(401);
  });
});
