import { Injectable } from '@nestjs/common';
import { type CentreId, ENDED_STATUSES, type IncidentStatus } from '@app/shared';
import { Database } from '../platform/database.js';
import type { Done, Span } from './figures.rules.js';

/** Counts over the incidents that centres hold. Times in ms since 1970; in spans `from` counts, `to` does not. */
@Injectable()
export class FiguresQuery {
  constructor(private readonly database: Database) {}

  /** When the record begins; null when there is none. */
  async firstAt(): Promise<number | null> {
    const [row] = await this.database.query<{ at: Date }>(
      'select occurred_at as at from incident order by occurred_at, id limit 1',
    );
    return row?.at.getTime() ?? null;
  }

  /** Report times in any of these spans, sorted. */
  async reports(centres: readonly CentreId[], spans: readonly Span[]): Promise<number[]> {
    const rows = await this.database.query<{ at: number }>(REPORTS, [...bounds(spans), centres]);
    return rows.map(({ at }) => at);
  }

  /** Acceptances or first arrivals, one list for each span in the spans' order. */
  async done(
    what: 'accept' | 'arrive',
    centres: readonly CentreId[],
    spans: readonly Span[],
  ): Promise<Done[][]> {
    const rows = await this.database.query<Done & { span: number }>(DONE[what], [...bounds(spans), centres]);
    const lists: Done[][] = spans.map(() => []);
    for (const { span, ...done } of rows) lists[span - 1]?.push(done);
    return lists;
  }

  /** How many were open at each of these instants: reported by then, less those that had ended by then. */
  async openAt(centres: readonly CentreId[], instants: readonly number[]): Promise<number[]> {
    const sorted = [...instants].sort((a, b) => a - b);
    // A bucket begins with its border; what happened at the very instant counts, so the border is one ms later.
    const borders = sorted.map((at) => new Date(at + 1));
    const rows = await this.database.query<{ bucket: number; change: number }>(OPEN_AT, [borders, centres]);
    return instants.map((at) => {
      const before = sorted.indexOf(at);
      return rows.filter(({ bucket }) => bucket <= before).reduce((sum, { change }) => sum + change, 0);
    });
  }

  /** What is open now. */
  open(centres: readonly CentreId[]): Promise<{ status: IncidentStatus; occurredAt: number }[]> {
    return this.database.query(
      `select status, (extract(epoch from occurred_at) * 1000)::float8 as "occurredAt"
         from incident where status <> all($1) and centre = any($2)`,
      [ENDED_STATUSES, centres],
    );
  }
}

const bounds = (spans: readonly Span[]): [Date[], Date[]] => [
  spans.map(({ from }) => new Date(from)),
  spans.map(({ to }) => new Date(to)),
];

const SPANS = 'unnest($1::timestamptz[], $2::timestamptz[]) with ordinality as span(since, until, index)';
const ms = (sql: string): string => `(extract(epoch from ${sql}) * 1000)::float8`;

const REPORTS = `
  select ${ms('occurred_at')} as at
    from ${SPANS} join incident on occurred_at >= span.since and occurred_at < span.until
   where centre = any($3) order by occurred_at`;

const doneSql = (at: string, since: string, dueAt: string): string => `
  select span.index::int as span, ${ms(at)} as at, ${ms(`(${at} - ${since})`)} / 60000 as minutes,
         ${at} <= ${dueAt} as "inTime"
    from ${SPANS} join incident on ${at} >= span.since and ${at} < span.until
   where centre = any($3)`;

const DONE = {
  accept: doneSql('accepted_at', 'occurred_at', 'accept_due_at'),
  arrive: doneSql('arrived_at', 'coalesce(dispatched_at, occurred_at)', 'arrive_due_at'),
} as const;

const OPEN_AT = `
  select bucket, sum(change)::int as change
    from (
      select width_bucket(occurred_at, $1::timestamptz[]) as bucket, 1 as change
        from incident where centre = any($2)
      union all
      select width_bucket(closed_at, $1::timestamptz[]), -1
        from incident where closed_at is not null and centre = any($2)
    ) changes
   group by bucket`;
