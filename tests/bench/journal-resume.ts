import pg from 'pg';
import { readScope } from '../../server/src/journal/journal.query.js';
import { type BenchRow, median } from './measure.js';

/** What the server asks for a screen that lacks a thousand entries, and what PostgreSQL takes for it. */
export async function resumeRow(url: string, root: string): Promise<BenchRow> {
  const client = new pg.Client(url);
  await client.connect();
  const from = {
    query: async (sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as unknown[],
  };
  const [{ head, many }] = (await from.query('select max(seq) as head, count(*) as many from journal')) as [
    { head: number; many: number },
  ];
  // What the server asks, once as it asks it and once as PostgreSQL explains it.
  const explained = {
    query: async (sql: string, values?: unknown[]) => {
      const { rows } = await client.query<Record<string, { 'Execution Time': number }[]>>(
        `explain (analyze, format json) ${sql}`,
        values,
      );
      inDatabase.push(rows[0]?.['QUERY PLAN']?.[0]?.['Execution Time'] ?? NaN);
      return [];
    },
  };
  const inDatabase: number[] = [];
  const whole: number[] = [];
  let read = 0;
  for (let i = 0; i < 50; i++) {
    const between = { after: Math.max(0, head - 1_500 - i * 10), upTo: head, limit: 1_000 };
    const since = performance.now();
    read = (await readScope(from, root, between)).length;
    whole.push(performance.now() - since);
    await readScope(explained, root, between);
  }
  await client.end();
  return {
    name: '6e resume of 1000 entries, in the database',
    goal: '≤ 10 ms',
    measured: `${median(inDatabase).toFixed(1)} ms (${median(whole).toFixed(1)} with round trip and reading; ${read} of ${many} entries)`,
    holds: read === 1_000 && median(inDatabase) <= 10,
  };
}
