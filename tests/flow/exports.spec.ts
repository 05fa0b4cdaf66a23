import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident, SavedFilter } from '@app/shared';
import Excel from 'exceljs';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';

type Refused = { error: { code: string } };

let running: RunningApp;
let duty: Person;
let own: Person;
let sibling: Person;
let mine: Incident;

const REPORT = { category: 'traffic', severity: 3, source: 'phone' };
const DANGER = '=HYPERLINK("http://evil","领奖")';

beforeAll(async () => {
  running = await openApp({ env: { EXPORT_ROWS: '460' } });
  duty = await running.signIn('duty');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  const [first, second] = items.filter(({ level }) => level === 'county');
  if (!first?.anchor || !second) throw new Error('two counties with a place');
  own = await running.signIn('county', first.id);
  sibling = await running.signIn('county', second.id);
  const [lng, lat] = first.anchor;
  const told = { ...REPORT, lng, lat, place: DANGER, description: '油罐车，"泄漏"\n已控制' };
  mine = (await own.post<Incident>('/api/incidents', told)).body;
}, 120_000);
afterAll(() => running?.close());

const fetched = (by: Person, query: string) =>
  fetch(`${by.url}/api/exports/incidents?${query}`, { headers: by.headers });

async function lastAudit(action: string) {
  const [line] = await running.app
    .get(Database)
    .query<{ subject: string; detail: Record<string, unknown> }>(
      'select subject, detail from audit where action = $1 order by seq desc limit 1',
      [action],
    );
  return line;
}

describe('an export', () => {
  it('as CSV has what the list has, in the reader’s language and the city’s time, and no formula', async () => {
    const answer = await fetched(own, 'format=csv&language=en&category=traffic&q=油罐车');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="incidents.csv"');
    expect(text.startsWith('\ufeffNumber,Category,Grade,')).toBe(true);
    expect(text).toContain(mine.number);
    expect(text).toContain(`"'=HYPERLINK(""http://evil"",""领奖"")"`);
    expect(text).toContain('"油罐车，""泄漏""\n已控制"');
    const wall = new Date(Date.parse(mine.occurredAt) + 8 * 3_600_000).toISOString();
    expect(text).toContain(wall.slice(0, 19).replace('T', ' '));
    const line = await lastAudit('incidents.exported');
    expect(line?.detail).toMatchObject({ format: 'csv', rows: 1, filter: { q: 'not shown' } });
    expect(JSON.stringify(line)).not.toContain('油罐车');
  });

  it('as XLSX is a workbook whose cells are texts, numbers and dates', async () => {
    const answer = await fetched(own, 'format=xlsx&open=true');
    const book = new Excel.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const [sheet] = book.worksheets;
    const head = sheet?.getRow(1).values as string[];
    const row = sheet?.getRow(2);
    const cell = (name: string) => row?.getCell(head.indexOf(name));
    expect(sheet?.name).toBe('事件');
    expect(cell('编号')?.value).toBe(mine.number);
    expect([cell('地点')?.type, cell('地点')?.value]).toEqual([Excel.ValueType.String, DANGER]);
    expect(cell('经度')?.type).toBe(Excel.ValueType.Number);
    expect(cell('发生时间')?.type).toBe(Excel.ValueType.Date);
  });

  it('holds nothing that its reader may not list', async () => {
    const text = await (await fetched(sibling, 'format=csv')).text();
    expect(text).not.toContain(mine.number);
    expect((await fetched(sibling, `format=csv&centre=${mine.centre}`)).status).toBe(404);
  });

  it('reads page by page to the end, and refuses more than one file holds', async () => {
    const database = running.app.get(Database);
    const fill = (count: number) => database.query(FILL, [mine.id, Array.from({ length: count }, mint)]);
    await fill(450);
    const lines = (await (await fetched(own, 'format=csv&category=crowd')).text()).trim().split('\r\n');
    expect(lines).toHaveLength(451);
    await fill(50);
    const refusal = await fetched(own, 'format=csv');
    expect([refusal.status, ((await refusal.json()) as Refused).error.code]).toEqual([
      422,
      'export.too-large',
    ]);
    expect((await fetched(own, 'format=csv&category=traffic')).status).toBe(200);
  }, 120_000);

  it.each(['', 'format=pdf', 'format=csv&language=de', 'format=csv&limit=5', 'format=csv&since=yesterday'])(
    'asked with %j is refused',
    async (query) => {
      expect((await fetched(own, query)).status).toBe(400);
    },
  );
});

describe('a saved filter', () => {
  const draft = {
    name: '超时交通',
    shared: false,
    query: { category: 'traffic', overdue: 'true', open: 'any' },
  };
  const listed = async (by: Person) =>
    (await by.get<{ items: SavedFilter[] }>('/api/filters')).body.items.map(({ name }) => name);

  it('is its maker’s, or everybody’s at the centre, and nobody else’s', async () => {
    const commander = await running.signIn('commander');
    expect((await duty.post<SavedFilter>('/api/filters', draft)).body).toMatchObject({
      ...draft,
      mine: true,
    });
    const shared = await duty.post<SavedFilter>('/api/filters', { ...draft, name: '共享的', shared: true });
    expect(await listed(duty)).toEqual(['共享的', '超时交通'].sort());
    expect([await listed(commander), await listed(own)]).toEqual([['共享的'], []]);
    expect((await own.ask('DELETE', `/api/filters/${shared.body.id}`)).status).toBe(404);
    expect((await commander.ask('DELETE', `/api/filters/${shared.body.id}`)).status).toBe(204);
    expect(await listed(duty)).toEqual(['超时交通']);
  });

  it.each([
    ['a name that is used', draft, 409, 'filter.taken'],
    ['a filter that no list has', { ...draft, query: { colour: 'red' } }, 400, 'request.malformed'],
    ['a value that is none', { ...draft, query: { status: 'lost' } }, 400, 'request.malformed'],
    ['a page of a list', { ...draft, query: { cursor: 'x' } }, 400, 'request.malformed'],
    ['no name', { ...draft, name: '  ' }, 400, 'request.malformed'],
  ])('with %s is refused', async (_, body, status, code) => {
    const answer = await duty.post<Refused>('/api/filters', body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

const FILL = `
  insert into incident
  select (jsonb_populate_record(model, jsonb_build_object('id', n, 'number', n::text, 'category', 'crowd'))).*
    from incident model, unnest($2::uuid[]) n where model.id = $1`;
