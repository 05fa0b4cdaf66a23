import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident, IncidentItem } from '@app/shared';
import type { Logger } from 'typeorm';
import { IncidentWords } from '../../server/src/incidents/incident-words.js';
import { IncidentWordsSchedule } from '../../server/src/incidents/incident-words.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

let running: RunningApp;
let duty: Person;
let counties: Centre[];

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  counties = items.filter(({ level }) => level === 'county');
});
afterAll(() => running?.close());

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

async function reported(extra: object, by: Person = duty): Promise<Incident> {
  const { body, status } = await by.post<Incident>('/api/incidents', { ...REPORT, ...extra });
  expect(status).toBe(201);
  return body;
}

async function found(q: string, by: Person = duty, more = ''): Promise<string[]> {
  const asked = `/api/incidents?limit=200&q=${encodeURIComponent(q)}${more}`;
  const { body, status } = await by.get<{ items: IncidentItem[] }>(asked);
  expect(status).toBe(200);
  return body.items.map(({ id }) => id);
}

describe('a search among incidents', () => {
  it.each(['派出', '派出所', '城关派出所', '城關派出所', '所', '关派 城'])(
    'for %s finds the place 城关派出所',
    async (q) => {
      const { id } = await reported({ place: '城关派出所' });
      await reported({ place: '派出一组的地方' });
      expect((await found(q)).includes(id)).toBe(true);
    },
  );

  it('finds number, text and grid, and narrows what the other filters leave', async () => {
    const told = { place: '和诚路', description: '三轮车侧翻，油漆洒落约20平方米' };
    const { id, number, grid } = await reported(told);
    for (const q of [number, number.slice(-6), '侧翻', '油漆 和诚', '20平方', grid ?? ''])
      expect([q, (await found(q)).includes(id)]).toEqual([q, true]);
    expect(await found('侧翻', duty, '&category=fire')).toEqual([]);
    expect(await found('侧翻', duty, '&until=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await found('侧翻 起火')).toEqual([]);
    expect(await found('。')).toEqual([]);
  });

  it('finds what was said on the way, from the moment it was said', async () => {
    const { id, version } = await reported({});
    expect(await found('堰塞湖')).toEqual([]);
    await duty.post(`/api/incidents/${id}/accept`, { version, note: '上游有堰塞湖' });
    expect(await found('堰塞湖')).toEqual([id]);
    await duty.post(`/api/incidents/${id}/reject`, { version: version + 1, reason: '並非險情' });
    expect(await found('并非险情 堰塞')).toEqual([id]);
  });

  it('finds nothing that the reader may not see', async () => {
    const [own, sibling] = await Promise.all(
      counties.slice(0, 2).map(({ id }) => running.signIn('county', id)),
    );
    const [lng, lat] = counties[0]?.anchor ?? [];
    if (!own || !sibling || lng === undefined) throw new Error('two counties with a place');
    const { id } = await reported({ description: '骆驼走失', lng, lat }, own);
    expect([await found('骆驼', own), await found('骆驼', sibling)]).toEqual([[id], []]);
  });

  it('of nonsense is refused, and quotes are text', async () => {
    expect((await duty.get(`/api/incidents?q=${'长'.repeat(81)}`)).status).toBe(400);
    expect((await duty.get('/api/incidents?q=')).status).toBe(400);
    expect(await found(`'; drop table incident; -- \\ % _ {}`)).toEqual([]);
  });

  it('does not find what was rolled back', async () => {
    const { app } = running;
    const { id } = await reported({ description: '原来的文字' });
    const change = app.get(Database).transaction(async (tx) => {
      await tx.query(`update incident set description = '沙尘暴' where id = $1`, [id]);
      await app.get(IncidentWords).refresh(tx, [id]);
      throw new Error('on second thoughts');
    });
    await expect(change).rejects.toThrow('on second thoughts');
    expect([await found('沙尘暴'), await found('原来的文字')]).toEqual([[], [id]]);
  });
});

describe('incidents that were never cut, or by a process that knew no index', () => {
  it('are cut by the leader', async () => {
    const { app } = running;
    const leader = app.get(Leader);
    await new Promise<void>((resolve) => leader.onLead(resolve));
    const { id: uncut } = await reported({ description: '一头熊猫' });
    const { id: old } = await reported({ description: '两头熊猫' });
    const { id: behind } = await reported({ description: '三头熊猫' });
    const database = app.get(Database);
    await database.query('delete from incident_words where incident = $1', [uncut]);
    await database.query(`update incident_words set cut = 0, grams = '{}' where incident = $1`, [old]);
    await database.query(`update incident set description = '四头熊猫', version = 2 where id = $1`, [behind]);
    expect([await found('熊猫'), await found('四头')]).toEqual([[behind], []]);
    await app.get(IncidentWordsSchedule).run();
    expect((await found('熊猫')).sort()).toEqual([uncut, old, behind].sort());
    expect(await found('四头')).toEqual([behind]);
  });
});

describe('among ten thousand incidents', () => {
  const COUNT = 10_000;

  it('a word is found by the index', async () => {
    const { app } = running;
    const database = app.get(Database);
    const model = await reported({});
    await database.query(FILL, [model.id, Array.from({ length: COUNT }, mint)]);
    await database.transaction(async (tx) => {
      const ids = await tx.query<{ id: string }[]>(`select id from incident where place like '%号院'`);
      await app.get(IncidentWords).refresh(
        tx,
        ids.map(({ id }) => id),
      );
    });
    await database.query('vacuum analyze incident, incident_words');
    const asked = await asksOf(database, () => found('4711号院'));
    expect(asked.answer).toHaveLength(1);
    expect(asked.plan).toContain('incident_words_grams');
    expect(asked.plan).not.toContain('"Seq Scan"');
  }, 120_000);

  /** The answer, and the plan of the list's own statement as it was asked. */
  async function asksOf<T>(database: Database, ask: () => Promise<T>): Promise<{ answer: T; plan: string }> {
    const { dataSource: source } = database.manager;
    const { logger } = source;
    const told: { sql: string; parameters: unknown[] }[] = [];
    source.logger = new Proxy(logger, {
      get: (target, name) =>
        name === 'logQuery'
          ? (sql: string, parameters: unknown[] = []) => told.push({ sql, parameters })
          : target[name as keyof Logger],
    });
    const answer = await ask();
    source.logger = logger;
    const asked = told.find(({ sql }) => sql.includes('incident_words'));
    if (!asked) throw new Error('no statement asked the index');
    const plan = await database.query(`explain (format json) ${asked.sql}`, asked.parameters);
    return { answer, plan: JSON.stringify(plan) };
  }
});

const FILL = `
  insert into incident
  select (jsonb_populate_record(model, jsonb_build_object('id', n.id, 'number', 'n' || nth, 'place', nth || '号院'))).*
    from incident model, unnest($2::uuid[]) with ordinality n(id, nth) where model.id = $1`;
