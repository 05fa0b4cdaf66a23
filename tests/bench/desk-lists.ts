import type { Centre, IncidentItem } from '@app/shared';
import type pg from 'pg';
import type { ServerProcess } from '../support/server.js';
import { type BenchRow, inTurns, median, p95 } from './measure.js';

const INCIDENTS = 100_000;
const LONGEST_MS = 150;
const LIMIT = 50;

/** What is asked, as the door is asked and as PostgreSQL alone is asked. `$1`: the scope; `$2`: holders. */
const ASKED: readonly { readonly name: string; readonly query: string; readonly where: string }[] = [
  { name: 'open', query: 'open=true', where: `i.status not in ('closed', 'rejected', 'merged')` },
  { name: 'all', query: '', where: 'true' },
  {
    name: 'category and severity',
    query: 'category=fire,hazard&severity=1,2',
    where: `i.category in ('fire', 'hazard') and i.severity in (1, 2)`,
  },
  { name: 'one status', query: 'status=suspended', where: `i.status = 'suspended'` },
  { name: 'a district', query: 'centre=COUNTY', where: 'i.centre = any($2)' },
  {
    name: 'a week',
    query: 'since=SINCE&until=UNTIL',
    where: `i.occurred_at >= 'SINCE' and i.occurred_at < 'UNTIL'`,
  },
];

/** A page of a list among 100,000, filtered six ways, and the page after it, against the same rows by SQL alone. */
export async function benchLists(
  server: ServerProcess,
  client: pg.Client,
  repeats: number,
): Promise<BenchRow> {
  const duty = await server.signIn('duty');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  const root = items.find(({ parent }) => parent === null)?.id ?? '';
  const county = items.find(({ parent }) => parent === root)?.id ?? '';
  const below = subtreeOf(items, county);
  await fill(client, items);
  const now = Date.now();
  const [since, until] = [now - 60 * 86_400_000, now - 53 * 86_400_000].map((at) =>
    new Date(at).toISOString(),
  );
  const named = (text: string) =>
    text
      .replace('COUNTY', county)
      .replaceAll('SINCE', since ?? '')
      .replaceAll('UNTIL', until ?? '');
  const ours: number[] = [];
  const plain: number[] = [];
  let worst = { name: '', ms: 0 };
  for (const asked of ASKED) {
    const [where, path] = [named(asked.where), `/api/incidents?limit=${LIMIT}&${named(asked.query)}`];
    const { next } = (await duty.get<{ items: IncidentItem[]; next: string | null }>(path)).body;
    const pages = next === null ? [path] : [path, `${path}&cursor=${next}`];
    const [door = [], sql = []] = await inTurns(Math.max(3, Math.round(repeats / ASKED.length)), [
      async () => {
        const since = performance.now();
        for (const page of pages) await duty.get(page);
        return (performance.now() - since) / pages.length;
      },
      async () => {
        const since = performance.now();
        for (const [i] of pages.entries()) await client.query(sqlOf(where, i), sqlValues(where, root, below));
        return (performance.now() - since) / pages.length;
      },
    ]);
    ours.push(...door);
    plain.push(...sql);
    if (p95(door) > worst.ms) worst = { name: asked.name, ms: p95(door) };
  }
  return {
    name: `11e a page of ${LIMIT} of ${INCIDENTS} incidents, filtered six ways: p95`,
    goal: `≤ ${LONGEST_MS} ms`,
    measured: `${p95(ours).toFixed(1)} ms, ${(p95(ours) / p95(plain)).toFixed(1)} × the same rows by SQL (p50 ${median(ours).toFixed(1)} against ${median(plain).toFixed(1)}; slowest: ${worst.name}, ${worst.ms.toFixed(0)} ms)`,
    holds: p95(ours) <= LONGEST_MS,
  };
}

const sqlOf = (where: string, page: number): string =>
  `select i.* from incident i where i.seen_by @> array[$1::uuid] and ${where}
    order by i.occurred_at desc, i.id desc offset ${page * LIMIT} limit ${LIMIT + 1}`;
const sqlValues = (where: string, root: string, below: readonly string[]): unknown[] =>
  where.includes('$2') ? [root, below] : [root];

function subtreeOf(centres: readonly Centre[], id: string): string[] {
  const children = centres.filter(({ parent }) => parent === id);
  return [id, ...children.flatMap((child) => subtreeOf(centres, child.id))];
}

/** Two years of incidents at all the lowest centres; few of them open, as in a city. */
async function fill(client: pg.Client, centres: readonly Centre[]): Promise<void> {
  const lineage = (id: string | null): string[] => {
    const found = centres.find((centre) => centre.id === id);
    return found ? [found.id, ...lineage(found.parent)] : [];
  };
  const lowest = centres.filter(({ id }) => !centres.some(({ parent }) => parent === id));
  const rows = lowest.map(({ id, anchor }) => ({ id, anchor: anchor ?? [0, 0], seen: lineage(id).sort() }));
  await client.query(FILL, [JSON.stringify(rows), INCIDENTS]);
  await client.query('analyze incident');
}

const FILL = `
  with home as (
    select row_number() over () - 1 as place, h.id, (h.anchor->>0)::float8 as lng, (h.anchor->>1)::float8 as lat, h.seen
      from jsonb_to_recordset($1::jsonb) as h(id uuid, anchor jsonb, seen uuid[])
  )
  insert into incident (id, number, category, severity, status, version, centre, origin, lng, lat, place, description,
         source, reporter, occurred_at, recorded_at, status_at, accepted_at, closed_at, simulated, demo, seen_by)
  select gen_random_uuid(), '测综〔2025〕' || lpad(n::text, 6, '0'),
         (array['disorder','traffic','fire','medical','hazard','dispute','other'])[1 + n % 7],
         case when n % 100 = 0 then 1 when n % 20 = 0 then 2 when n % 5 = 0 then 3 else 4 end,
         case when n % 250 = 0 then 'suspended' when n % 100 = 0 then 'handling' else 'closed' end,
         5, home.id, home.id, home.lng, home.lat, '路口', '一句话说明情况', 'phone',
         (select id from account limit 1), at, at, at, at,
         case when n % 100 = 0 or n % 250 = 0 then null else at + interval '3 hours' end, false, false, home.seen
    from generate_series(0, $2::int - 1) as series(n)
    join home on home.place = n % (select count(*) from home)
    cross join lateral (select now() - n * interval '10 minutes' as at) as told`;
