import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AsideWord,
  type AuditEntry,
  type DutyLevel,
  dutyLogTopic,
  type DutyShift,
  EQUIPMENT,
  type Erased,
  type ForceRequest,
  type Incident,
  type InstructionsSent,
  type LogEntry,
  PATROL_TEXTS,
  type PatrolPlanned,
  type PatrolShift,
  type PatrolText,
  type Report,
  type Trade,
} from '@app/shared';
import { TextErasureSchedule } from '../../server/src/clocks/text-erasure.schedule.js';
import { Leader } from '../../server/src/platform/leader.js';
import { once, type Person } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { act, FourLevels, read, type Refused } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

// Words are erased by time and by hand: afterwards they are in no table, no journal, no search and no answer.

const DAY_MS = 86_400_000;
const SPOT = { lng: 98.27713, lat: 39.78219 };

let city: FourLevels;
let chief: Person;
let clerk: Person;
let sister: Person;

beforeAll(async () => {
  city = await FourLevels.open({ TEXT_DAYS: '90' });
  [chief, clerk, sister] = await Promise.all([
    city.person('east', 'commander'),
    city.person('east', 'staff'),
    city.person('west', 'commander'),
  ]);
  await new Promise<void>((resolve) => city.app.app.get(Leader).onLead(resolve));
}, 120_000);
afterAll(() => city?.close());

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const { rows } = await city.client.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const tables: string[] = [];
  for (const { name } of rows)
    tables.push(JSON.stringify((await city.client.query(`select t::text as row from ${name} t`)).rows));
  return tables.join('\n');
}

const erase = (by: Person, body: object) => by.post<Erased & Refused>('/api/erasures', body);
const found = async (q: string) =>
  (await chief.get<{ items: Incident[] }>(`/api/incidents?q=${encodeURIComponent(q)}`)).body.items;

async function reported(words: { place: string; description: string; note: string }): Promise<Incident> {
  const { place, description, note } = words;
  const headers = { 'idempotency-key': `told ${encodeURIComponent(place)}` };
  const report = { category: 'dispute', severity: 1, ...SPOT, place, description };
  const { body } = await chief.post<Incident>('/api/incidents', report, headers);
  return act(chief, body, 'accept', { note });
}

describe('words of an incident', () => {
  const words = { place: '柳条胡同七号', description: '张某某在门口', note: '李某某报称' };

  it('erased by hand are nowhere any more: not in its past, its reports, its sheets, a kept answer or the search', async () => {
    const { body: begun } = await chief.post<DutyShift>('/api/duty-shifts', {});
    const incident = await reported(words);
    const draft = { incident: incident.id, kind: 'first' };
    const report = (await chief.post<Report>('/api/reports', draft)).body;
    expect(JSON.stringify(report.body)).toContain(words.place);
    const equipment = EQUIPMENT.map((key) => ({ key, ok: true }));
    const signed = { version: begun.version, equipment };
    expect((await chief.post<DutyShift>(`/api/duty-shifts/${begun.id}/sign`, signed)).status).toBe(200);
    const before = await everything();
    for (const word of Object.values(words)) expect(before).toContain(word);

    const line = incident.timeline.find(({ note }) => note === words.note);
    for (const part of ['description', line?.id, 'place'])
      expect(
        (await erase(chief, { kind: 'incident', id: incident.id, part, reason: 'person-named' })).body,
      ).toMatchObject({ texts: 1 });
    const after = await everything();
    for (const word of Object.values(words)) expect([word, after.includes(word)]).toEqual([word, false]);
    for (const word of Object.values(words)) expect(await found(word)).toEqual([]);
    const now = await read(chief, incident);
    expect(now.timeline.map(({ action }) => action)).toEqual([
      'report',
      'accept',
      'erase-text',
      'erase-text',
      'erase-text',
    ]);
    expect(now).toMatchObject({ description: null, place: null, category: 'dispute' });
    const again = await chief.post<Incident>(
      '/api/incidents',
      { category: 'dispute', severity: 1, ...SPOT, place: words.place, description: words.description },
      { 'idempotency-key': `told ${encodeURIComponent(words.place)}` },
    );
    expect(again.body).toMatchObject({ id: incident.id, description: null, place: null });
  });

  it('may be erased by whoever answers for its centre, for a reason of the list, and the audit says so', async () => {
    const incident = await reported({ place: '桃花巷', description: '某人', note: '无' });
    const body = { kind: 'incident', id: incident.id, reason: 'asked-for' };
    expect((await erase(clerk, body)).body.error.code).toBe('role.denied');
    expect((await erase(sister, body)).body.error.code).toBe('incident.unknown');
    expect((await erase(chief, { ...body, reason: '王某某的要求' })).body.error.code).toBe(
      'request.malformed',
    );
    expect((await erase(chief, body)).body).toEqual({ kind: 'incident', id: incident.id, texts: 3 });
    expect((await erase(chief, body)).body).toMatchObject({ texts: 0 });
    const path = `/api/audit?action=text.erased&subject=incident:${incident.id}`;
    const { items } = (await city.admin.get<{ items: AuditEntry[] }>(path)).body;
    const told = { part: 'all', reason: 'asked-for', number: incident.number };
    expect(items.map(({ detail }) => detail)).toEqual([
      { ...told, texts: 0 },
      { ...told, texts: 3 },
    ]);
    expect(items.every(({ account }) => account?.startsWith('east-commander'))).toBe(true);
  });

  it('are erased so many days after its end, in the journal too, and no digest changes', async () => {
    const told = { place: '杏园路口', description: '陈某某的摊位', note: '已劝离' };
    const screen = await Screen.joined(chief, city.at.east.id);
    const incident = await reported(told);
    const other = await reported({ place: '榆树街', description: '路灯', note: '不亮' });
    await act(chief, await act(chief, incident, 'complete'), 'close');
    await fireIn(city.app, 89 * DAY_MS);
    expect((await read(chief, incident)).place).toBe(told.place);
    await fireIn(city.app, 90 * DAY_MS + 1000);
    // Kept answers go after a day: long before that.
    await city.client.query('delete from idempotency');
    const after = await everything();
    for (const word of Object.values(told)) expect([word, after.includes(word)]).toEqual([word, false]);
    expect(after).toContain('榆树街');
    const fresh = await Screen.joined(chief, city.at.east.id);
    await screen.until(() => screen.cursor === fresh.cursor, 'both at one entry');
    expect(screen.picture.digest.hex()).toBe(fresh.picture.digest.hex());
    expect([screen.faults, fresh.faults]).toEqual([[], []]);
    expect(fresh.picture.get('incident', other.id)?.card).toMatchObject({ place: '榆树街' });
    screen.close();
    fresh.close();
  });
});

describe('words of the desk', () => {
  const write = async (text: string, more: object = {}) =>
    (await chief.post<LogEntry>('/api/duty-log', { kind: 'note', text, ...more })).body;

  it('are erased by hand: the line stays, with its number, and nobody else may', async () => {
    const { id, number } = await write('赵某某来电');
    expect((await erase(sister, { kind: 'duty-log', id, reason: 'person-named' })).body.error.code).toBe(
      'duty-log.unknown',
    );
    await erase(chief, { kind: 'duty-log', id, reason: 'person-named' });
    const { items } = (await chief.get<{ items: LogEntry[] }>('/api/duty-log')).body;
    expect(items.find((entry) => entry.id === id)).toMatchObject({ number, text: '', erased: true });
    expect(await everything()).not.toContain('赵某某来电');
    for (const sql of [
      `update duty_log set text = 'x' where id = $1`,
      `update duty_log set text = '', erased_at = now(), number = 0 where id = $1`,
      'delete from duty_log where id = $1',
    ])
      await expect(city.client.query(sql, [id])).rejects.toThrow('only added to');
  });

  it('of an instruction go with what was answered to it', async () => {
    const draft = { to: [city.at.town.id], text: '核实孙某某', dueAt: new Date(Date.now() + DAY_MS) };
    const { body } = await chief.post<InstructionsSent>('/api/instructions', draft);
    const [sent] = body.items;
    await erase(chief, { kind: 'instruction', id: sent?.id, reason: 'wrong-record' });
    expect((await chief.get(`/api/instructions/${sent?.id}`)).body).toMatchObject({ text: '', erased: true });
    expect(await everything()).not.toContain('核实孙某某');
  });

  it('are erased so many days after they have served, a matter not before it is settled', async () => {
    const [note, open, settled] = [
      await write('记事甲'),
      await write('待办乙', { kind: 'matter' }),
      await write('待办丙', { kind: 'matter' }),
    ];
    await write('办结丁', { kind: 'done', refers: settled.id });
    await city.app.app.get(TextErasureSchedule).run();
    await fireIn(city.app, 89 * DAY_MS);
    expect(await everything()).toContain('记事甲');
    await fireIn(city.app, 90 * DAY_MS + 1000);
    const after = await everything();
    for (const word of ['记事甲', '待办丙', '办结丁'])
      expect([word, after.includes(word)]).toEqual([word, false]);
    expect(after).toContain('待办乙');
    const { items } = (await chief.get<{ items: LogEntry[] }>('/api/duty-log')).body;
    const erased = items.filter((entry) => entry.erased).map(({ id }) => id);
    expect(erased).toEqual(expect.arrayContaining([note.id, settled.id]));
    expect(erased).not.toContain(open.id);
  });

  it('are told of by a hint that has none of them, to the own desk and those above, once committed', async () => {
    const [own, above, beside] = await Promise.all([
      Screen.joined(clerk, city.at.east.id),
      city.person('city', 'staff').then((by) => Screen.joined(by, city.at.city.id)),
      Screen.joined(sister, city.at.west.id),
    ]);
    const topic = dutyLogTopic(city.at.east.id);
    const heard = [own, above].map((screen) =>
      once<AsideWord>(screen.socket, 'aside', (word) => word.topic === topic),
    );
    await write('钱某某在逃');
    for (const word of await Promise.all(heard)) expect(word).toMatchObject({ data: { changed: true } });
    for (const screen of [own, above, beside]) expect(screen.raw.join('\n')).not.toContain('钱某某');
    expect(beside.raw.join('\n')).not.toContain(topic);
    for (const screen of [own, above, beside]) screen.close();
  });

  it('that were read are written down once a while, however often a desk looks', async () => {
    for (let look = 0; look < 6; look++) await clerk.get(`/api/duty-log?limit=${10 + look}`);
    const path = `/api/audit?action=duty-log.read&subject=centre:${city.at.east.id}`;
    const { items } = (await city.admin.get<{ items: AuditEntry[] }>(path)).body;
    expect(items.filter(({ account }) => account?.startsWith('east-staff'))).toHaveLength(1);
  });
});

describe('words of the patrol side', () => {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const step = async <T extends { version: number }>(path: string, { version }: T, more: object) => {
    const answer = await chief.post<T & Refused>(path, { version, ...more });
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.body;
  };

  async function shiftOf(crew: string, days: number): Promise<PatrolShift> {
    const { id } = await city.team('east');
    const plan = {
      teams: [id],
      pattern: 'peak',
      from: inHours(days * 24 + 8).slice(0, 10),
      days: 1,
      crews: [crew],
    };
    const { body, status } = await chief.post<PatrolPlanned>('/api/shifts', plan);
    expect(status).toBe(201);
    return body.items[0] ?? Promise.reject(new Error('a shift was planned'));
  }

  /** A request that was withdrawn, a shift that was called off, a trade that nobody took, a level that was lifted. */
  async function said(word: string): Promise<Record<PatrolText, string>> {
    const ask = { force: 'armed-police', task: 'cordon', asked: 6, text: `${word}请求`, to: inHours(4) };
    const request = (await chief.post<ForceRequest>('/api/force-requests', ask)).body;
    await step(`/api/force-requests/${request.id}/withdraw`, request, { text: `${word}撤回` });
    const [give, take] = [await shiftOf('A', 2), await shiftOf('B', 5)];
    const trade = { give: give.id, take: take.id, reason: `${word}换班` };
    const traded = (await chief.post<Trade>('/api/shift-trades', trade)).body;
    const shift = await shiftOf('A', 3);
    await step(`/api/shifts/${shift.id}/call-off`, shift, { note: `${word}交接` });
    const level = { centre: city.at.east.id, level: 2, to: inHours(4), reason: `${word}加强` };
    const raised = (await chief.post<DutyLevel>('/api/duty-levels', level)).body;
    await step(`/api/duty-levels/${raised.id}/lift`, raised, { reason: `${word}解除` });
    const ids = { 'force-request': request.id, 'shift-trade': traded.id };
    return { ...ids, 'patrol-shift': shift.id, 'duty-level': raised.id };
  }
  /** Which of these words stand anywhere. */
  const kept = async (words: readonly string[]) => {
    const now = await everything();
    return words.filter((word) => now.includes(word));
  };
  const WORDS = ['请求', '撤回', '换班', '交接', '加强', '解除'];

  it('are erased by hand, by whoever answers for them; what they were said of stays', async () => {
    const ids = await said('周某某');
    expect(await kept(WORDS.map((end) => `周某某${end}`))).toEqual(WORDS.map((end) => `周某某${end}`));
    const refusals = ['force-request.unknown', 'patrol-shift.unknown', 'trade.unknown', 'duty-level.unknown'];
    for (const [at, kind] of PATROL_TEXTS.entries()) {
      const body = { kind, id: ids[kind], reason: 'person-named' };
      expect((await erase(clerk, body)).body.error.code).toBe('role.denied');
      expect((await erase(sister, body)).body.error.code).toBe(refusals[at]);
      const texts = kind === 'force-request' ? 2 : 1;
      expect((await erase(chief, body)).body).toEqual({ kind, id: ids[kind], texts });
      expect((await erase(chief, body)).body).toMatchObject({ texts: 0 });
    }
    expect(await kept(['周某某'])).toEqual([]);
    const { items } = (await chief.get<{ items: ForceRequest[] }>('/api/force-requests')).body;
    expect(items.find(({ id }) => id === ids['force-request'])).toMatchObject({
      state: 'withdrawn',
      text: '',
    });
  });

  it('are erased so many days after they have served, and not while something waits for them', async () => {
    await said('吴某某');
    const open = { force: 'militia', task: 'cordon', asked: 6, text: '郑某某走失', to: inHours(4) };
    const { body, status } = await chief.post<ForceRequest>('/api/force-requests', open);
    expect(status).toBe(201);
    const { id } = body;
    await city.app.app.get(TextErasureSchedule).run();
    await fireIn(city.app, 89 * DAY_MS);
    const words = WORDS.map((end) => `吴某某${end}`);
    expect(await kept(words)).toEqual(words);
    await fireIn(city.app, 98 * DAY_MS);
    expect(await kept(['吴某某', '郑某某走失'])).toEqual(['郑某某走失']);
    // Its own clock has ended it meanwhile: from now on it counts.
    await city.app.app.get(TextErasureSchedule).run();
    await fireIn(city.app, 91 * DAY_MS);
    expect(await kept(['郑某某走失'])).toEqual([]);
    const { items } = (await chief.get<{ items: ForceRequest[] }>('/api/force-requests')).body;
    expect(items.find((request) => request.id === id)).toMatchObject({ state: 'ended', text: '' });
  });
});
