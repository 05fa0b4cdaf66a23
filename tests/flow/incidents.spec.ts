import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident } from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';

let app: RunningApp;
let duty: Person;

beforeAll(async () => {
  app = await openApp();
  duty = await app.signIn('duty');
});
afterAll(() => app.close());

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

const reported = async (by: Person = duty, extra: object = {}): Promise<Incident> => {
  const { status, body } = await by.post<Incident>('/api/incidents', { ...REPORT, ...extra });
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'reported' })]);
  return body;
};

describe('a report', () => {
  it('opens an incident with number, holder, grid, clock and what may be done next', async () => {
    const incident = await reported(duty, { place: '新华路口' });
    expect(incident).toMatchObject({
      number: expect.stringMatching(/^嘉综〔20\d\d〕\d{6}$/),
      category: 'traffic',
      severity: 3,
      version: 1,
      place: '新华路口',
      grid: expect.stringMatching(/^\d{15}$/),
      due: { stage: 'accept' },
      actions: ['accept', 'reject'],
      assignments: [],
      simulated: false,
    });
    expect(incident.timeline).toHaveLength(1);
  });
});
