import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Centre,
  DutyShift,
  Incident,
  Instruction,
  InstructionCard,
  InstructionsSent,
} from '@app/shared';
import pg from 'pg';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const HOUR_MS = 3_600_000;
let app: RunningApp;
let duty: Person;
let counties: Centre[];
let county: Person;
let sibling: Person;
let root: Centre;
let towns: Centre[];
let screens: { city: Screen; county: Screen; sibling: Screen };
let client: pg.Client;

beforeAll(async () => {
  app = await openApp();
  duty = await app.signIn('duty');
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  const [first] = items;
  if (!first) throw new Error('no root in the demo city');
  root = first;
  counties = items.filter(({ parent }) => parent === root.id);
  towns = items.filter(({ parent }) => parent === counties[0]?.id);
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
  screens = await openScreens();
  client = new pg.Client(app.databaseUrl);
  await client.connect();
}, 120_000);
afterAll(async () => {
  for (const screen of Object.values(screens ?? {})) screen.close();
  await client?.end();
  await app?.close();
});
afterEach(() => {
  for (const screen of Object.values(screens)) expect(screen.faults).toEqual([]);
});

const openScreens = async () => ({
  city: await Screen.joined(duty, root.id),
  county: await Screen.joined(county, counties[0]?.id ?? ''),
  sibling: await Screen.joined(sibling, counties[1]?.id ?? ''),
});
const idsOf = (centres: readonly (Centre | undefined)[]) => centres.map((centre) => centre?.id ?? '');
const draft = (to: readonly string[], part: object = {}) => ({
  to,
  text: 'look after the pumping station',
  dueAt: new Date(Date.now() + HOUR_MS).toISOString(),
  ...part,
});
async function sent(to: readonly string[], part: object = {}, by = duty): Promise<Instruction[]> {
  const { status, body } = await by.post<InstructionsSent>('/api/instructions', draft(to, part));
  expect(status).toBe(201);
  return body.items;
}
async function oneTo(centre: Centre | undefined, part: object = {}): Promise<Instruction> {
  const [one] = await sent(idsOf([centre]), part);
  return one ?? Promise.reject(new Error('nothing was sent'));
}
const act = (person: Person, { id, version }: Instruction, action: string, given: object = {}) =>
  person.post<Instruction & Refused>(`/api/instructions/${id}/${action}`, { version, ...given });
const cardOf = (screen: Screen, id: string) =>
  screen.picture.get('instruction', id)?.card as InstructionCard | undefined;

describe('an instruction', () => {
  it('goes to each recipient by itself, is signed for, answered, returned, answered again and closed', async () => {
    const items = await sent(idsOf(counties.slice(0, 2)), { urgent: true });
    expect(items.map(({ to, state, actions }) => [to, state, actions])).toEqual(
      idsOf(counties.slice(0, 2)).map((to) => [to, 'sent', ['withdraw']]),
    );
    const [mine, other] = items;
    if (!mine || !other) throw new Error('two instructions');
    await Promise.all([
      screens.county.sees(mine.id),
      screens.sibling.sees(other.id),
      screens.city.sees(other.id),
    ]);
    expect(cardOf(screens.county, mine.id)).toMatchObject({ urgent: true, from: root.id, overdue: false });
    expect(cardOf(screens.county, other.id)).toBeUndefined();
    expect(cardOf(screens.sibling, mine.id)).toBeUndefined();

    const { body: received } = await county.get<List<Instruction>>(
      '/api/instructions?box=received&open=true',
    );
    const got = received.items.find(({ id }) => id === mine.id);
    expect(got).toMatchObject({ text: 'look after the pumping station', actions: ['sign'] });
    const signed = (await act(county, mine, 'sign')).body;
    const answered = (await act(county, signed, 'answer', { text: 'two people are there' })).body;
    const returned = (await act(duty, answered, 'return', { text: 'send four' })).body;
    expect(returned).toMatchObject({ state: 'signed', overdue: false });
    const again = (await act(county, returned, 'answer', { text: 'four are there' })).body;
    const closed = (await act(duty, again, 'close')).body;
    expect(closed.timeline.map(({ fact, by, text }) => [fact, by.slice(0, 11), text])).toEqual([
      ['instruction.sent', 'demo-duty', null],
      ['instruction.signed', 'demo-county', null],
      ['instruction.answered', 'demo-county', 'two people are there'],
      ['instruction.returned', 'demo-duty', 'send four'],
      ['instruction.answered', 'demo-county', 'four are there'],
      ['instruction.closed', 'demo-duty', null],
    ]);
    await screens.county.until(
      () => cardOf(screens.county, mine.id) === undefined,
      'closed leaves the picture',
    );
    expect(cardOf(screens.city, other.id)).toMatchObject({ state: 'sent' });
    const { rows } = await client.query<{ action: string }>(
      'select action from audit where subject = $1 order by seq',
      [`instruction:${mine.id}`],
    );
    expect(rows.map(({ action }) => action)).toEqual(closed.timeline.map(({ fact }) => fact));
    for (const screen of Object.values(screens))
      for (const word of ['pumping station', 'four are there'])
        expect(screen.raw.join('\n')).not.toContain(word);
  });

  it('goes down the tree and no other way', async () => {
    const [town] = towns;
    const down = await county.post('/api/instructions', draft(idsOf([town])));
    expect(down.status).toBe(201);
    const cases = [
      [county, [root.id], 404, 'centre.unknown'],
      [county, idsOf([counties[1]]), 404, 'centre.unknown'],
      [county, idsOf([counties[0]]), 409, 'instruction.not-below'],
      [duty, [...idsOf([town]), mint()], 404, 'centre.unknown'],
    ] as const;
    for (const [person, to, status, code] of cases) {
      const answer = await person.post<Refused>('/api/instructions', draft(to));
      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    }
  });

  it('is signed for by nobody but its recipient, and withdrawn by nobody but its sender', async () => {
    const [town] = towns;
    const one = await oneTo(town);
    // The county stands between them: it sees the instruction and may do nothing with it.
    expect((await county.get<Instruction>(`/api/instructions/${one.id}`)).body.actions).toEqual([]);
    for (const [person, action] of [
      [duty, 'sign'],
      [county, 'sign'],
      [county, 'withdraw'],
    ] as const) {
      const answer = await act(person, one, action, { text: 'no' });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'scope.denied']);
    }
    for (const answer of [
      await sibling.get(`/api/instructions/${one.id}`),
      await act(sibling, one, 'sign'),
      await duty.get(`/api/instructions/${mint()}`),
      await sibling.get(`/api/instructions?box=received&centre=${town?.id}`),
    ])
      expect(answer.status).toBe(404);
    const mute = await act(duty, one, 'withdraw');
    expect([mute.status, mute.body.error.code]).toEqual([400, 'instruction.text-wanted']);
    expect((await act(duty, one, 'withdraw', { text: 'sent by mistake' })).body.state).toBe('withdrawn');
  });

  it('turns overdue by the server’s clock, once, and stays late when it is answered', async () => {
    const one = await oneTo(counties[0]);
    await client.query("update instruction set due_at = now() - interval '1 second' where id = $1", [one.id]);
    await client.query(
      "update due_time set due_at = now() where kind = 'instruction.overdue' and subject = $1",
      [one.id],
    );
    await Promise.all([screens.county.sees(one.id, 2), screens.city.sees(one.id, 2)]);
    expect(cardOf(screens.county, one.id)).toMatchObject({ overdue: true, state: 'sent' });
    const stale = await act(county, one, 'sign');
    expect([stale.status, stale.body.error.code]).toEqual([409, 'instruction.stale']);
    const { body: now } = await county.get<Instruction>(`/api/instructions/${one.id}`);
    expect(now.timeline.at(-1)).toMatchObject({ fact: 'instruction.overdue', by: 'system' });
    const signed = (await act(county, now, 'sign')).body;
    const answered = (await act(county, signed, 'answer', { text: 'done' })).body;
    expect(answered).toMatchObject({ overdue: true, state: 'answered' });
  });

  it('names an incident that both sides see, and no other', async () => {
    const [lng, lat] = counties[0]?.anchor ?? [0, 0];
    const report = { category: 'traffic', severity: 3, lng, lat, source: 'phone' };
    const { body: incident } = await county.post<Incident>('/api/incidents', report);
    const one = await oneTo(counties[0], { incident: incident.id });
    expect(one).toMatchObject({ incident: incident.id, incidentNumber: incident.number });
    const blind = await duty.post<Refused>(
      '/api/instructions',
      draft(idsOf(counties.slice(0, 2)), { incident: incident.id }),
    );
    expect([blind.status, blind.body.error.code]).toEqual([404, 'incident.unknown']);
    expect(blind.body.error.detail).toMatchObject({ centres: idsOf([counties[1]]) });
  });

  it('is sent once for one key, and each once for a centre named twice', async () => {
    const [own] = idsOf([counties[0]]);
    const body = draft([own ?? '', own ?? '']);
    const ask = () => duty.post<InstructionsSent>('/api/instructions', body, { 'idempotency-key': 'once-1' });
    const answers = await Promise.all([ask(), ask()]);
    expect(new Set(answers.map(({ body: { parent } }) => parent)).size).toBe(1);
    expect(answers[0]?.body.items).toHaveLength(1);
  });

  it('that is open stands on the handover sheet of both sides', async () => {
    const one = await oneTo(counties[1]);
    for (const person of [duty, sibling]) {
      const { body } = await person.post<DutyShift>('/api/duty-shifts', {});
      expect(body.sheet.instructions.find(({ id }) => id === one.id)).toMatchObject({ state: 'sent' });
    }
    const between = await county.post<DutyShift>('/api/duty-shifts', {});
    expect(between.body.sheet.instructions.map(({ id }) => id)).not.toContain(one.id);
  });

  it('pages by who sent and who received', async () => {
    const query = `box=sent&limit=2`;
    const first = (await duty.get<List<Instruction>>(`/api/instructions?${query}`)).body;
    const { body: rest } = await duty.get<List<Instruction>>(
      `/api/instructions?${query}&cursor=${first.next ?? ''}`,
    );
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect((await duty.get<List<Instruction>>('/api/instructions?box=received')).body.items).toEqual([]);
    const ended = (await duty.get<List<Instruction>>('/api/instructions?open=false&limit=200')).body.items;
    expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['closed', 'withdrawn']));
  });
});

describe('a tree that changes', () => {
  it('keeps instructions readable for whoever stands above now', async () => {
    const [town] = towns;
    const one = await oneTo(town);
    const admin = await app.signIn('admin');
    const { body: seen } = await admin.get<Centre>(`/api/centres/${town?.id}`);
    const change = { version: seen.version, parent: counties[1]?.id };
    for (const screen of Object.values(screens)) screen.close();
    expect((await admin.ask('PATCH', `/api/centres/${town?.id}`, change)).status).toBe(200);
    expect((await sibling.get(`/api/instructions/${one.id}`)).status).toBe(200);
    expect((await county.get(`/api/instructions/${one.id}`)).status).toBe(404);
    screens = await openScreens();
    expect(cardOf(screens.sibling, one.id)).toMatchObject({ to: town?.id });
    expect(cardOf(screens.county, one.id)).toBeUndefined();
  });
});
