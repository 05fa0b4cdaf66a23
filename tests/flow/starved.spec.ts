import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

let running: RunningApp;
let duty: Person;

beforeAll(async () => {
  running = await openApp({ env: { DATABASE_POOL: '2' } });
  duty = await running.signIn('duty');
}, 120_000);
afterAll(() => running?.close());

describe('more commands at once than there are connections', () => {
  it('wait for each other, and never for a connection that only they could give back', async () => {
    const reports = await Promise.all(
      Array.from({ length: 24 }, () => duty.post<Incident>('/api/incidents', REPORT)),
    );
    expect(new Set(reports.map(({ status }) => status))).toEqual(new Set([201]));
    const steps = await Promise.all(
      reports.map(({ body }) => duty.post(`/api/incidents/${body.id}/accept`, { version: 1 })),
    );
    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
