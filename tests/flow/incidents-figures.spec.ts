import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Figure, Figures, Incident, IncidentAction, IncidentItem } from '@app/shared';
import pg from 'pg';
import { openApp, type Person, type RunningApp } from '../support/app.js';

type List<T> = { items: T[]; next: string | null };

let app: RunningApp;
let duty: Person;
let root: Centre;
let county: Centre;
let holders: string[];

// A year in which every week looks the same: one report each 97 minutes, accepted, arrived and closed; every third too late.
const PAST = `
  insert into incident (id, number, category, severity, status, version, centre, origin, lng, lat, source, reporter,
                        occurred_at, recorded_at, status_at, accepted_at, dispatched_at, arrived_at, closed_at,
                        accept_due_at, arrive_due_at, seen_by)
  select gen_random_uuid(), 'past ' || n, 'other', 3, 'closed', 7, holder, holder, 98.29, 39.77, 'phone',
         gen_random_uuid(), at, at, at + late * 4, at + late, at + late, at + late * 2, at + late * 4,
         at + interval '15 minutes', at + late + interval '10 minutes', $2::uuid[]
    from (select n, now() - n * interval '1 minute' * 97 as at,
                 ($1::uuid[])[1 + n % cardinality($1::uuid[])] as holder,
                 case n % 3 when 0 then interval '16 minutes' else interval '7 minutes' end as late
            from generate_series(1, 5421) n) past`;

beforeAll(async () => {
  app = await openApp();
  duty = await app.signIn('duty');
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  const counties = items.filter(({ level }) => level === 'county');
  const [first] = items;
  const [second] = counties;
  if (!first || !second) throw new Error('no centres in the demo city');
  [root, county] = [first, second];
  holders = counties.map(({ id }) => id);
  const client = new pg.Client(app.databaseUrl);
  await client.connect();
  await client.query(PAST, [holders, [root.id, ...holders]]);
  await client.end();
});
afterAll(() => app.close());

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

async function reported(...actions: IncidentAction[]): Promise<void> {
  let { body } = await duty.post<Incident>('/api/incidents', REPORT);
  for (const action of actions) {
    const answer = await duty.post<Incident>(`/api/incidents/${body.id}/${action}`, {
      version: body.version,
    });
    expect(answer.status).toBe(200);
    body = answer.body;
  }
}

/** How many incidents the list behind a figure has, page by page. */
async function listed(list: Record<string, string>): Promise<number> {
  let count = 0;
  let next: string | null = '';
  while (next !== null) {
    const query: URLSearchParams = new URLSearchParams({
      ...list,
      limit: '200',
      ...(next === '' ? {} : { cursor: next }),
    });
    const page: { status: number; body: List<IncidentItem> } = await duty.get(
      `/api/incidents?${query.toString()}`,
    );
    expect(page.status).toBe(200);
    count += page.body.items.length;
    next = page.body.next;
  }
  return count;
}

const figures = async (scope: string): Promise<Figures> =>
  (await duty.get<Figures>(`/api/figures?scope=${scope}`)).body;

describe('figures', () => {
  beforeAll(async () => {
    for (let i = 0; i < 3; i++) await reported();
    for (let i = 0; i < 4; i++) await reported('accept');
    await reported('accept', 'complete');
  });

  it.each(['root', 'county'])('of the %s equal the lists behind them', async (which) => {
    const told = await figures(which === 'root' ? root.id : county.id);
    const { hours, reported, open, arrivalMinutes, inTime, acceptedInTime } = told;
    const all = [...hours, reported, open, arrivalMinutes, inTime, acceptedInTime].filter(
      (figure): figure is Figure => figure !== undefined,
    );
    expect(all).toHaveLength(29);
    for (const { list = {}, count } of all) expect([list, await listed(list)]).toEqual([list, count]);
    for (const { list, count } of told.ages ?? []) expect([list, await listed(list)]).toEqual([list, count]);
    expect(told.ages?.reduce((sum, { count }) => sum + count, 0)).toBe(open.value);
    expect(hours.map(({ value, count }) => value === count)).not.toContain(false);
  });

  it('stand beside what is usual for this weekday and hour', async () => {
    const { hours, reported, open, arrivalMinutes, inTime, acceptedInTime } = await figures(root.id);
    for (const figure of [...hours, reported, open]) expect(figure).toMatchObject({ weeks: 52 });
    // One in 97 minutes is none or one an hour, never two.
    for (const { low, high } of hours) expect([low, high]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.max(...hours.map(({ high }) => high ?? 0))).toBe(1);
    // Two of three take 7 minutes from dispatch to arrival and are in time.
    expect(arrivalMinutes).toMatchObject({ value: 7, usual: 7, weeks: 52 });
    expect(inTime.usual).toBeCloseTo(2 / 3, 1);
    expect(acceptedInTime?.usual).toBeCloseTo(2 / 3, 1);
  });

  it('of a centre beyond the own subtree are not told', async () => {
    const staff = await app.signIn('county', county.id);
    expect((await staff.get(`/api/figures?scope=${root.id}`)).status).toBe(404);
    expect((await staff.get<Figures>('/api/figures')).body.scope).toBe(county.id);
  });

  it('have no usual where there is no history', async () => {
    const empty = await openApp();
    try {
      const person = await empty.signIn('duty');
      const { hours, inTime } = (await person.get<Figures>('/api/figures')).body;
      expect(hours.at(-1)).toMatchObject({ value: 0, usual: null, low: null, high: null, weeks: 0 });
      expect(inTime).toMatchObject({ value: null, count: 0 });
    } finally {
      await empty.close();
    }
  });
});
