import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Incident, IncidentPage } from '@app/shared';
import { IncidentWords } from '../../server/src/incidents/incident-words.js';
import { IncidentWordsSchedule } from '../../server/src/incidents/incident-words.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { openApp, type RunningApp } from '../support/app.js';

let running: RunningApp;

beforeAll(async () => {
  running = await openApp();
});
afterAll(() => running?.close());

it('a search says that the index is not whole yet, until the leader has filled it', async () => {
  const { app } = running;
  await new Promise<void>((resolve) => app.get(Leader).onLead(resolve));
  await app.get(IncidentWordsSchedule).run();
  expect(await app.get(IncidentWords).isPartial()).toBe(false);
  const duty = await running.signIn('duty');
  const report = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, description: '一头熊猫' };
  const { id } = (await duty.post<Incident>('/api/incidents', report)).body;
  await app.get(Database).query('delete from incident_words where incident = $1', [id]);

  const search = `/api/incidents?q=${encodeURIComponent('熊猫')}`;
  expect((await duty.get<IncidentPage>(search)).body).toEqual({ items: [], next: null, partial: true });
  expect((await duty.get<IncidentPage>('/api/incidents?limit=1')).body.partial).toBeUndefined();
  await app.get(IncidentWordsSchedule).run();
  expect(await app.get(IncidentWords).isPartial()).toBe(false);
  expect((await duty.get<IncidentPage>(search)).body.items.map((item) => item.id)).toEqual([id]);
});
