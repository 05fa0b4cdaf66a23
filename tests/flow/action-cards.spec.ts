import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ActionCard,
  CATEGORIES,
  type Centre,
  type Checklist,
  type Incident,
  LANGUAGES,
  nameIn,
} from '@app/shared';
import { openApp, Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[] };
type Refused = { error: { code: string } };

let app: RunningApp;
let admin: Person;
let duty: Person;
let commander: Person;
let county: Person;
let sibling: Person;
let counties: Centre[];

beforeAll(async () => {
  app = await openApp();
  [admin, duty, commander] = await Promise.all([
    app.signIn('admin'),
    app.signIn('duty'),
    app.signIn('commander'),
  ]);
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  counties = items.filter(({ parent }) => parent === items[0]?.id);
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
}, 120_000);
afterAll(() => app?.close());

async function reported(category: string): Promise<Incident> {
  const [lng, lat] = counties[0]?.anchor ?? [0, 0];
  const report = { category, severity: 3, lng, lat, source: 'phone' };
  const { body, status } = await county.post<Incident>('/api/incidents', report);
  expect(status).toBe(201);
  return body;
}
const cardsOf = async (category: string) =>
  (await admin.get<List<ActionCard>>(`/api/action-cards/${category}`)).body.items;
const listOf = async (person: Person, { id }: Incident) =>
  (await person.get<Checklist>(`/api/incidents/${id}/card`)).body;
const tick = (person: Person, { id }: Incident, item: string, done = true) =>
  person.post<Checklist & Refused>(`/api/incidents/${id}/card/${item}`, { done });

describe('action cards', () => {
  it('come with the product for every category, whole in every language', async () => {
    const { items } = (await duty.get<List<ActionCard>>('/api/action-cards')).body;
    expect(items.map(({ category }) => category).sort()).toEqual([...CATEGORIES].sort());
    for (const card of items) {
      expect(card.items.length).toBeGreaterThan(3);
      for (const { text } of card.items)
        for (const language of LANGUAGES) expect(nameIn(text, language)).not.toBe('');
    }
  });

  it('are edited as new versions; an incident keeps the one it opened with', async () => {
    const before = await reported('traffic');
    const [card] = await cardsOf('traffic');
    if (!card) throw new Error('a card of traffic');
    const text = { hans: '新的一步', hant: '新的一步', en: 'A new step' };
    const change = { version: card.version, items: [...card.items.slice(1), { text }] };
    const made = await admin.post<ActionCard>('/api/action-cards/traffic', change);
    expect(made.body).toMatchObject({ version: card.version + 1, by: 'demo-admin' });
    expect(made.body.items.at(-1)).toMatchObject({ text });
    const after = await reported('traffic');
    expect([(await listOf(county, before)).version, (await listOf(county, after)).version]).toEqual([
      card.version,
      card.version + 1,
    ]);
    expect((await cardsOf('traffic')).map(({ version }) => version)).toEqual([
      card.version + 1,
      card.version,
    ]);
    const stale = await admin.post<Refused>('/api/action-cards/traffic', change);
    expect([stale.status, stale.body.error.code]).toEqual([409, 'action-card.stale']);
  });

  it('are changed once by two who edit the same version', async () => {
    const [card] = await cardsOf('medical');
    const change = { version: card?.version, items: card?.items };
    const answers = await Promise.all(
      [change, change].map((body) => admin.post<Refused>('/api/action-cards/medical', body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('want words in every language, and each key once', async () => {
    const [card] = await cardsOf('crowd');
    const [first] = card?.items ?? [];
    for (const items of [[], [first, first], [{ text: { hans: '一步', hant: '一步', en: ' ' } }]]) {
      const answer = await admin.post('/api/action-cards/crowd', { version: card?.version, items });
      expect(answer.status).toBe(400);
    }
    expect(await cardsOf('crowd')).toHaveLength(1);
  });

  it('are edited at the top of the city alone', async () => {
    const draft = { name: 'county-admin', password: 'A-long-enough-passw0rd', role: 'admin' };
    await admin.post('/api/accounts', { ...draft, centre: counties[0]?.id });
    const entered = await app
      .nobody()
      .post('/api/session', { account: draft.name, password: draft.password });
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const below = new Person(app.url, { cookie });
    const [card] = await cardsOf('crowd');
    const change = { version: card?.version, items: card?.items };
    const answer = await below.post<Refused>('/api/action-cards/crowd', change);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'scope.denied']);
  });
});

describe('a tick', () => {
  it('is a line of the incident’s timeline that every screen hears of, and can be taken back', async () => {
    const incident = await reported('fire');
    const screen = await Screen.joined(county, counties[0]?.id ?? '');
    const [first] = (await listOf(county, incident)).items;
    if (!first) throw new Error('an item');
    const ticked = await tick(county, incident, first.key);
    expect(ticked.body.items[0]?.done).toMatchObject({ by: expect.stringContaining('demo-county') });
    await screen.sees(incident.id, incident.version + 1);
    const { body: now } = await county.get<Incident>(`/api/incidents/${incident.id}`);
    expect(now).toMatchObject({ version: incident.version + 1, status: 'reported', due: incident.due });
    expect(now.timeline.at(-1)).toMatchObject({
      fact: 'incident.ticked',
      action: 'tick',
      note: first.text.hans,
    });
    await tick(duty, incident, first.key, false);
    expect((await listOf(county, incident)).items[0]?.done).toBeNull();
    const { body: later } = await county.get<Incident>(`/api/incidents/${incident.id}`);
    expect(later.timeline.map(({ action }) => action)).toEqual(['report', 'tick', 'untick']);
    expect(screen.faults).toEqual([]);
    expect(screen.raw.join('\n')).not.toContain(first.text.hans);
    screen.close();
  });

  it('is written once when two people tick the same item at the same moment', async () => {
    const incident = await reported('hazard');
    const [first, second] = (await listOf(county, incident)).items;
    const answers = await Promise.all(
      [duty, commander, county].map((person) => tick(person, incident, first?.key ?? '')),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.items[0]?.done?.by)).size).toBe(1);
    await Promise.all([tick(duty, incident, second?.key ?? ''), tick(county, incident, 'check')]);
    const { body } = await county.get<Incident>(`/api/incidents/${incident.id}`);
    expect(body.timeline.filter(({ action }) => action === 'tick')).toHaveLength(3);
    expect(body.version).toBe(incident.version + 3);
  });

  it('is refused for what the card lacks, for whoever may not act, and when the incident has ended', async () => {
    const incident = await reported('other');
    const [first] = (await listOf(county, incident)).items;
    const key = first?.key ?? '';
    expect((await tick(county, incident, 'not-on-it')).body.error.code).toBe('action-card.unknown');
    expect((await tick(county, incident, 'NOT%20A%20KEY')).status).toBe(400);
    for (const answer of [
      await tick(sibling, incident, key),
      await sibling.get(`/api/incidents/${incident.id}/card`),
      await county.get(`/api/incidents/${mint()}/card`),
    ])
      expect([answer.status, (answer.body as Refused).error.code]).toEqual([404, 'incident.unknown']);
    const step = { version: incident.version, reason: 'twice' };
    expect((await county.post(`/api/incidents/${incident.id}/reject`, step)).status).toBe(200);
    const late = await tick(county, incident, key);
    expect([late.status, late.body.error.code]).toEqual([409, 'incident.illegal-step']);
    expect(await listOf(county, incident)).toMatchObject({ mayTick: false });
  });
});
