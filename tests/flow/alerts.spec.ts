import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  type Alert,
  ALERT_RULES,
  type AlertCard,
  type Centre,
  CITIZEN_SOURCES,
  type Incident,
  type IncidentAction,
  type Source,
} from '@app/shared';
import pg from 'pg';
import { SurgeSchedule } from '../../server/src/risk/surge.schedule.js';
import { openApp, Person, type RunningApp } from '../support/app.js';
import { Screen } from '../support/screen.js';

type Refused = { error: { code: string; detail: Record<string, unknown> } };
type List<T> = { items: T[]; next: string | null };

const DAY_MS = 86_400_000;
const SECRET = 'a-secret-of-the-simulator-alone';
let app: RunningApp;
let duty: Person;
let root: Centre;
let screen: Screen;
let client: pg.Client;

beforeAll(async () => {
  app = await openApp({ env: { SIMULATOR_SECRET: SECRET } });
  duty = await app.signIn('duty');
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  const [first] = items;
  if (!first) throw new Error('no root in the demo city');
  root = first;
  screen = await Screen.joined(duty, root.id);
  client = new pg.Client(app.databaseUrl);
  await client.connect();
});
afterAll(async () => {
  screen.close();
  await client.end();
  await app.close();
});
afterEach(() => expect(screen.faults).toEqual([]));

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

async function reported(extra: object = {}): Promise<Incident> {
  const { status, body } = await duty.post<Incident>('/api/incidents', { ...REPORT, ...extra });
  expect(status).toBe(201);
  return body;
}

async function act(incident: Incident, action: IncidentAction, extra: object = {}): Promise<Incident> {
  const step = { version: incident.version, ...extra };
  const { status, body } = await duty.post<Incident>(`/api/incidents/${incident.id}/${action}`, step);
  expect(status).toBe(200);
  return body;
}

/** Lets a due time of a subject run out now. */
const runOut = (kind: string, subject: string): Promise<unknown> =>
  client.query('update due_time set due_at = now() where kind = $1 and subject = $2', [kind, subject]);

const cards = (): AlertCard[] =>
  [...screen.picture.items()].filter(({ kind }) => kind === 'alert').map(({ card }) => card as AlertCard);
const alertOf = (incident: { id: string }): AlertCard | undefined =>
  cards().find(({ incidents }) => incidents.includes(incident.id));

/** The alert of an incident as soon as it looks like this on the screen. */
async function shown(
  incident: { id: string },
  isMet: (alert: AlertCard) => boolean = () => true,
): Promise<AlertCard> {
  const look = () => cards().find((card) => card.incidents.includes(incident.id) && isMet(card));
  await screen.until(() => look() !== undefined, `an alert of ${incident.id}`);
  return look() ?? Promise.reject(new Error('gone'));
}

const read = async (id: string): Promise<Alert> => (await duty.get<Alert>(`/api/alerts/${id}`)).body;

describe('the clock rule', () => {
  it('warns when little is left, turns overdue, and resolves when the stage is done', async () => {
    const incident = await reported({ severity: 2 });
    await runOut('incident.soon', incident.id);
    const soon = await shown(incident);
    expect(soon).toMatchObject({
      rule: 'clock',
      severity: 3,
      state: 'raised',
      version: 1,
      centre: incident.centre,
      grid: incident.grid,
      clock: { stage: 'accept', overdue: false, limitMinutes: 5, dueAt: incident.due?.at },
      surge: null,
    });
    await runOut('incident.overdue', incident.id);
    const overdue = await shown(incident, ({ clock }) => clock?.overdue === true);
    expect(overdue).toMatchObject({ id: soon.id, severity: 2, version: 2 });
    await act(incident, 'accept');
    await screen.until(() => alertOf(incident) === undefined, 'the alert leaves the picture');
    const alert = await read(soon.id);
    expect(alert).toMatchObject({ state: 'resolved', version: 3, actions: [] });
    expect(alert.timeline.map(({ fact, by }) => [fact, by])).toEqual([
      ['alert.raised', 'system'],
      ['alert.updated', 'system'],
      ['alert.resolved', 'system'],
    ]);
  });

  it('raises one alert for one stage, also when both due times fire at one moment on two servers', async () => {
    const other = await openApp({ databaseUrl: app.databaseUrl });
    const incidents = await Promise.all(Array.from({ length: 8 }, () => reported()));
    const ids = incidents.map(({ id }) => id);
    await client.query('update due_time set due_at = now() where subject = any($1)', [ids]);
    for (const incident of incidents) await shown(incident, ({ clock }) => clock?.overdue === true);
    const { rows } = await client.query(
      "select incidents[1] as id, count(*)::int as count from alert where rule = 'clock' and incidents && $1 group by 1",
      [ids],
    );
    expect(rows.map(({ count }) => count)).toEqual(ids.map(() => 1));
    await other.close();
  });

  it('says nothing of a clock that does not run any more', async () => {
    const incident = await act(await reported(), 'accept');
    // As if the old clock had been firing while the step was taken.
    await client.query(
      `insert into due_time (id, kind, subject, due_at, payload)
       values ($1, 'incident.overdue', $2, now() - interval '1 second', '{"stage": "accept", "dueAt": 1}')`,
      [randomUUID(), incident.id],
    );
    const next = await reported();
    await runOut('incident.soon', next.id);
    await shown(next);
    expect(alertOf(incident)).toBeUndefined();
  });

  it('follows the incident through its stages', async () => {
    const incident = await act(await reported(), 'accept');
    await runOut('incident.soon', incident.id);
    expect((await shown(incident)).clock?.stage).toBe('dispatch');
    await act(incident, 'reject', { reason: '误报' });
    await screen.until(() => alertOf(incident) === undefined, 'the alert leaves with its incident');
  });
});

describe('what people do with an alert', () => {
  const step = (alert: { id: string; version: number }, action: string, extra: object = {}, by = duty) =>
    by.post<Alert & Refused>(`/api/alerts/${alert.id}/${action}`, { version: alert.version, ...extra });

  async function raised(): Promise<AlertCard> {
    const incident = await reported();
    await runOut('incident.soon', incident.id);
    return shown(incident);
  }

  it('acknowledge, act, resolve', async () => {
    const alert = await raised();
    const known = await step(alert, 'acknowledge');
    expect([known.status, known.body]).toMatchObject([
      200,
      { state: 'acknowledged', actions: ['act', 'shelve', 'resolve', 'dismiss'] },
    ]);
    const acting = await step(known.body, 'act');
    const resolved = await step(acting.body, 'resolve');
    expect(resolved.body).toMatchObject({ state: 'resolved', version: 4, actions: [] });
    await screen.until(() => !screen.picture.get('alert', alert.id), 'the alert leaves the picture');
    const illegal = await step(resolved.body, 'act');
    expect([illegal.status, illegal.body.error.code]).toEqual([409, 'alert.illegal-step']);
  });

  it('shelve with a reason until later, and it comes back by itself', async () => {
    const alert = await raised();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await step(alert, 'shelve', { until })).body.error.code).toBe('alert.reason-wanted');
    expect((await step(alert, 'shelve', { reason: '已知' })).body.error.code).toBe('request.malformed');
    const tooLong = new Date(Date.now() + 13 * 3_600_000).toISOString();
    expect((await step(alert, 'shelve', { reason: '已知', until: tooLong })).body.error.code).toBe(
      'time.future',
    );
    const shelved = await step(alert, 'shelve', { reason: '已知', until });
    expect(shelved.body).toMatchObject({ state: 'shelved', until, version: 2 });
    await client.query("update alert set until = now() - interval '1 second' where id = $1", [alert.id]);
    await runOut('alert.shelf-ends', alert.id);
    await screen.until(() => screen.picture.get('alert', alert.id)?.version === 3, 'the alert comes back');
    expect(await read(alert.id)).toMatchObject({ state: 'raised', until: null });
  });

  it('dismiss with a reason', async () => {
    const alert = await raised();
    expect((await step(alert, 'dismiss')).body.error.code).toBe('alert.reason-wanted');
    expect((await step(alert, 'dismiss', { reason: '无用' })).body.timeline.at(-1)).toMatchObject({
      fact: 'alert.dismissed',
      reason: '无用',
    });
  });

  it('who is too late is told what stands', async () => {
    const alert = await raised();
    const [, second] = [await step(alert, 'acknowledge'), await step(alert, 'act')];
    expect([second.status, second.body.error]).toMatchObject([
      409,
      { code: 'alert.stale', detail: { current: { id: alert.id, state: 'acknowledged', version: 2 } } },
    ]);
  });

  it('a display, an administrator and another centre do nothing with it', async () => {
    const alert = await raised();
    for (const role of ['display', 'admin'] as const) {
      const person = await app.signIn(role);
      expect((await step(alert, 'acknowledge', {}, person)).body.error.code).toBe('role.denied');
      expect((await person.get<Alert>(`/api/alerts/${alert.id}`)).body.actions).toEqual([]);
    }
    const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
    const lineage = (id: string | null): string[] => {
      const centre = items.find((one) => one.id === id);
      return centre ? [centre.id, ...lineage(centre.parent)] : [];
    };
    const sibling = items.find(({ id, level }) => level === 'county' && !lineage(alert.centre).includes(id));
    const foreign = await app.signIn('county', sibling?.id);
    expect((await step(alert, 'acknowledge', {}, foreign)).body.error.code).toBe('alert.unknown');
    expect((await foreign.get(`/api/alerts/${alert.id}`)).status).toBe(404);
  });

  it('the simulator acts on what it alone has touched', async () => {
    const session = await app.nobody().post('/api/session', { account: 'simulator', password: SECRET });
    const simulator = new Person(app.url, { cookie: session.headers.getSetCookie()[0]?.split(';')[0] ?? '' });
    expect((await step(await raised(), 'acknowledge', {}, simulator)).body.error.code).toBe('role.denied');
    const { body: incident } = await simulator.post<Incident>('/api/incidents', REPORT);
    await runOut('incident.soon', incident.id);
    const known = await step(await shown(incident), 'acknowledge', {}, simulator);
    expect([known.status, known.body.state]).toEqual([200, 'acknowledged']);
    const acting = await step(known.body, 'act');
    expect((await step(acting.body, 'resolve', {}, simulator)).body.error.code).toBe('role.denied');
  });

  it('lists: open ones by default, others by state, page by page', async () => {
    const open = (await duty.get<List<Alert>>('/api/alerts?limit=200')).body.items;
    expect(new Set(open.map(({ id }) => id))).toEqual(new Set(cards().map(({ id }) => id)));
    const resolved = (await duty.get<List<Alert>>('/api/alerts?state=resolved,dismissed&limit=200')).body
      .items;
    expect(resolved.every(({ state }) => state === 'resolved' || state === 'dismissed')).toBe(true);
    const page = (await duty.get<List<Alert>>('/api/alerts?limit=1')).body;
    const next = (await duty.get<List<Alert>>(`/api/alerts?limit=1&cursor=${page.next}`)).body;
    expect([page.items[0]?.id, next.items[0]?.id]).toEqual(open.slice(0, 2).map(({ id }) => id));
    expect((await duty.get('/api/alerts?state=lost')).status).toBe(400);
  });
});

describe('the surge rule', () => {
  const look = () => app.app.get(SurgeSchedule).look();
  const [lng, lat] = [98.2888, 39.7721];

  /** Ended incidents of the past, as an import would have left them. */
  async function past(
    category: string,
    grid: string,
    source: Source,
    ages: readonly number[],
  ): Promise<void> {
    for (const age of ages)
      await client.query(
        `insert into incident (id, number, category, severity, status, version, centre, origin, lng, lat, grid, source,
                               reporter, occurred_at, recorded_at, status_at, closed_at, seen_by)
         values ($1::uuid, $1::uuid::text, $2, 4, 'closed', 5, $3::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $9, $9, $9,
                 array[$3::uuid])`,
        [randomUUID(), category, root.id, lng, lat, grid, source, randomUUID(), new Date(Date.now() - age)],
      );
  }

  it('says nothing without any history, and says that it has none', async () => {
    const method = await duty.get<{
      historyDays: number;
      rules: { surge: { status: string }; door: { silentSeconds: number } };
    }>('/api/risk/method');
    expect(method.body).toMatchObject({ historyDays: 0, rules: { surge: { status: 'no-history' } } });
    expect(Object.keys(method.body.rules).sort()).toEqual([...ALERT_RULES].sort());
    expect(method.body.rules.door.silentSeconds).toBe(60);
    const cases = [];
    for (let i = 0; i < 5; i++) cases.push(await reported({ category: 'natural-hazard', severity: 4 }));
    await look();
    expect(cards().filter(({ rule }) => rule === 'surge')).toEqual([]);
  });

  it('raises one alert for an episode, which grows with each case and never repeats itself', async () => {
    await past('other', '000000000000000', 'phone', [200 * DAY_MS]);
    const cases: Incident[] = [];
    const report = async (source: Source = 'hotline') =>
      cases.push(await reported({ category: 'infrastructure', severity: 4, source }));
    await report();
    await report();
    await look();
    await report();
    await look();
    const ids = cases.map(({ id }) => id);
    const raised = await shown(cases[2] ?? { id: '' }, ({ rule }) => rule === 'surge');
    expect(raised).toMatchObject({
      category: 'infrastructure',
      severity: 3,
      state: 'raised',
      version: 1,
      grid: cases[0]?.grid,
      incidents: ids,
      clock: null,
      surge: { observed: 3, historyDays: 196 },
    });
    expect(raised.surge?.chance).toBeLessThan(1e-4);
    expect(raised.surge?.expected).toBeCloseTo(0.5 / 29, 10);

    await look();
    expect(screen.picture.get('alert', raised.id)?.version).toBe(1);

    await report();
    await report('patrol');
    await Promise.all([look(), look()]);
    const grown = await shown(cases[3] ?? { id: '' }, ({ rule }) => rule === 'surge');
    expect(grown).toMatchObject({ id: raised.id, version: 2, surge: { observed: 4 } });
    // What a patrol found is not what citizens reported.
    expect(grown.incidents).toEqual(cases.slice(0, 4).map(({ id }) => id));

    const list = await duty.post<Alert>(`/api/alerts/${raised.id}/dismiss`, {
      version: 2,
      reason: '停水通知',
    });
    expect(list.status).toBe(200);
    await report();
    await look();
    const { rows } = await client.query(
      "select state, version from alert where rule = 'surge' and category = 'infrastructure'",
    );
    expect(rows).toEqual([{ state: 'dismissed', version: 3 }]);
  });

  it('keeps quiet where the same weekday and hours usually have as many', async () => {
    const incident = await reported({ category: 'lost-found', severity: 4 });
    const weeks = Array.from({ length: 28 }, (_, week) => (week + 1) * 7 * DAY_MS + 60_000);
    for (let i = 0; i < 3; i++)
      await past('lost-found', incident.grid ?? '', CITIZEN_SOURCES[i] ?? 'phone', weeks);
    for (let i = 0; i < 3; i++) await reported({ category: 'lost-found', severity: 4 });
    await look();
    expect(cards().filter(({ rule, category }) => rule === 'surge' && category === 'lost-found')).toEqual([]);
  });

  it('expires after a day without a case', async () => {
    for (let i = 0; i < 3; i++) await reported({ category: 'suspicious-object', severity: 4 });
    await look();
    const isOurs = ({ rule, category }: AlertCard) => rule === 'surge' && category === 'suspicious-object';
    await screen.until(() => cards().some(isOurs), 'the surge');
    const alert = cards().find(isOurs);
    await client.query("update alert set last_case_at = now() - interval '25 hours' where id = $1", [
      alert?.id,
    ]);
    await runOut('alert.expires', alert?.id ?? '');
    await screen.until(() => !cards().some(isOurs), 'the alert expires');
    expect(await read(alert?.id ?? '')).toMatchObject({ state: 'expired' });
  });
});
