import { Injectable } from '@nestjs/common';
import { CITIZEN_SOURCES } from '@app/shared';
import { Database } from '../platform/database.js';
import type { Cases, Span } from './surge.rules.js';

type GridCategory = Pick<Cases, 'category' | 'grid'>;

/** What citizens reported; reports that were refused or merged do not count, nor does what patrols found. */
@Injectable()
export class SurgeQuery {
  constructor(private readonly database: Database) {}

  /** Categories and grids with at least `least` reports in a span. */
  recent({ from, to }: Span, least: number): Promise<Cases[]> {
    return this.database.query<Cases>(`${SELECT_CASES} group by category, grid having count(*) >= $4`, [
      new Date(from),
      new Date(to),
      CITIZEN_SOURCES,
      least,
    ]);
  }

  async casesOf({ category, grid }: GridCategory, { from, to }: Span): Promise<Cases | undefined> {
    const rows = await this.database.query<Cases>(
      `${SELECT_CASES} and category = $4 and grid = $5 group by category, grid`,
      [new Date(from), new Date(to), CITIZEN_SOURCES, category, grid],
    );
    return rows[0];
  }

  /** How many reports all these spans had together. */
  async countIn({ category, grid }: GridCategory, spans: readonly Span[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_IN, [
      spans.map(({ from }) => new Date(from)),
      spans.map(({ to }) => new Date(to)),
      CITIZEN_SOURCES,
      category,
      grid,
    ]);
    return row?.count ?? 0;
  }

  /** When the record begins, ms since 1970; null when there is none. */
  async firstAt(): Promise<number | null> {
    const [row] = await this.database.query<{ at: Date }>(
      'select occurred_at as at from incident order by occurred_at, id limit 1',
    );
    return row?.at.getTime() ?? null;
  }
}

// Which kind a sensitive incident is of is nobody's to conclude from a surge.
const COUNTED = `source = any($3) and status not in ('rejected', 'merged') and label = 'internal'`;

const SELECT_CASES = `
  select category, grid, array_agg(id order by occurred_at, id) as incidents, bool_and(demo) as demo,
         (extract(epoch from min(occurred_at)) * 1000)::float8 as "firstAt",
         (extract(epoch from max(occurred_at)) * 1000)::float8 as "lastAt"
    from incident
   where occurred_at >= $1 and occurred_at < $2 and grid is not null and ${COUNTED}`;

const COUNT_IN = `
  select count(*)::int as count
    from unnest($1::timestamptz[], $2::timestamptz[]) as span(since, until)
    join incident on occurred_at >= span.since and occurred_at < span.until
   where category = $4 and grid = $5 and ${COUNTED}`;
