import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  ENDED_STATUSES,
  type IncidentQuery,
  type ReadingTie,
  type ScopeId,
  toMs,
} from '@app/shared';
import { Brackets, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { IncidentRepository } from './incident.repository.js';
import type { ReaderReach } from './incident-reading.js';
import { IncidentWords } from './incident-words.js';
import type { IncidentState } from './incident-step.js';
import { type IncidentRow, incidentTable } from './incident.table.js';
import { wantedOf } from './search-text.js';

export interface IncidentPage {
  readonly states: readonly IncidentState[];
  readonly next: string | null;
}

/** Whose list it is: the scope that sees, and the holders asked for. */
export interface IncidentReach {
  readonly scope: ScopeId;
  readonly centres: readonly CentreId[] | undefined;
  /** What counts as overdue, ms since 1970. */
  readonly now: number;
  /** Into whose sensitive incidents a search may look. */
  readonly reader: ReaderReach;
}

type Filter = Omit<IncidentQuery, 'limit' | 'cursor' | 'centre'>;

const LOOK_MS = { partial: 10_000, whole: 600_000 } as const;

/** Lists of incidents, newest report first, by a cursor of report time and id. */
@Injectable()
export class IncidentListQuery {
  #partial = false;
  #lookAgainAt = 0;

  constructor(
    private readonly database: Database,
    private readonly incidents: IncidentRepository,
    private readonly words: IncidentWords,
  ) {}

  /** Whether the index of words is not whole yet, as after an upgrade; looked at again after a while. */
  async isPartial(now: number): Promise<boolean> {
    if (now >= this.#lookAgainAt) {
      this.#partial = await this.words.isPartial();
      this.#lookAgainAt = now + LOOK_MS[this.#partial ? 'partial' : 'whole'];
    }
    return this.#partial;
  }

  async page(
    { limit, cursor, ...filter }: Filter & Pick<IncidentQuery, 'limit' | 'cursor'>,
    reach: IncidentReach,
  ): Promise<IncidentPage> {
    const query = this.#where(filter, reach);
    if (cursor !== undefined) {
      const after = parseCursor(cursor);
      query.andWhere('(i.occurred_at, i.id) < (:afterAt, :afterId)', after);
    }
    const rows = await query
      .orderBy('i.occurred_at', 'DESC')
      .addOrderBy('i.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const assignments = await this.incidents.assignmentsOf(items.map(({ id }) => id));
    const states = items.map((incident) => ({ incident, assignments: assignments.get(incident.id) ?? [] }));
    return { states, next: rows.length > limit && last ? cursorOf(last) : null };
  }

  /** How many there are, counted no further than `most`. */
  async count(filter: Filter, reach: IncidentReach, most: number): Promise<number> {
    const some = this.#where(filter, reach).select('i.id', 'id').limit(most);
    const row = await this.database.manager
      .createQueryBuilder()
      .select('count(*)::int', 'count')
      .from(`(${some.getQuery()})`, 'some')
      .setParameters(some.getParameters())
      .getRawOne<{ count: number }>();
    return row?.count ?? 0;
  }

  #where(filter: Filter, { scope, centres, now, reader }: IncidentReach): SelectQueryBuilder<IncidentRow> {
    const query = this.database.manager
      .createQueryBuilder(incidentTable, 'i')
      .where('i.seen_by @> :scope', { scope: [scope] });
    if (centres) query.andWhere('i.centre = any(:centres)', { centres });
    if (filter.status) query.andWhere('i.status = any(:status)', { status: filter.status });
    if (filter.category) query.andWhere(SHOWN_CATEGORY, { category: filter.category });
    if (filter.severity) query.andWhere('i.severity = any(:severity)', { severity: filter.severity });
    if (filter.grid !== undefined) query.andWhere('i.grid = :grid', { grid: filter.grid });
    if (filter.q !== undefined)
      query.andWhere(`${FOUND} and ${openTo(reader.ties)}`, {
        ...wantedOf(filter.q),
        ...readerOf(reader),
        number: filter.q.trim(),
      });
    if (filter.late !== undefined) query.andWhere(LATE[filter.late]);
    if (filter.open !== undefined)
      query.andWhere(filter.open ? 'i.status <> all(:ended)' : 'i.status = any(:ended)', {
        ended: ENDED_STATUSES,
      });
    if (filter.overdue !== undefined)
      query.andWhere(filter.overdue ? 'i.due_at <= :now' : '(i.due_at is null or i.due_at > :now)', {
        now: new Date(now),
      });
    return inTime(query, filter);
  }
}

/** By the index first; the runs then tell who has the pairs of a word but not the word. */
const FOUND = `i.id in (
  select w.incident from incident_words w
   where w.grams @> cast(:grams as text[])
     and not exists (select from unnest(cast(:runs as text[])) run where position(run in w.folded) = 0)
     and cardinality(cast(:runs as text[])) > 0)`;

/** A list goes by what the cards show. */
const SHOWN_CATEGORY = `
  (case when i.label = 'sensitive' then 'other' else i.category end) = any(:category)`;

/** `tiesOf` in SQL: what ties the reader to an incident. */
const TIES: Readonly<Record<ReadingTie, string>> = {
  holder: 'i.centre = any(:own)',
  above: 'i.centre = any(:below) and i.centre <> all(:own)',
  supervising: "(i.course #>> '{supervision,from}')::uuid = any(:own)",
  asked: 'i.guests && :own',
  reporter: 'i.reporter = :account',
  sees: 'true',
};

/** Nothing is found by words that the reader may not read; what is hidden is found by its number alone. */
const openTo = (ties: readonly ReadingTie[]): string => {
  const ways = [
    "i.label = 'internal'",
    'position(:number in i.number) > 0',
    ...ties.map((tie) => `(${TIES[tie]})`),
  ];
  return `(${ways.join(' or ')})`;
};

const readerOf = ({ account, own, below }: ReaderReach) => ({ account, own, below });

const LATE = {
  accept: 'i.accepted_at > i.accept_due_at',
  arrive: 'i.arrived_at > i.arrive_due_at',
} as const;

/** Conditions on times: text of the condition by the name that it has in the query. */
const TIMES = {
  since: 'i.occurred_at >= :since',
  until: 'i.occurred_at < :until',
  acceptedSince: 'i.accepted_at >= :acceptedSince',
  acceptedUntil: 'i.accepted_at < :acceptedUntil',
  arrivedSince: 'i.arrived_at >= :arrivedSince',
  arrivedUntil: 'i.arrived_at < :arrivedUntil',
  openAt: 'i.occurred_at <= :openAt and (i.closed_at is null or i.closed_at > :openAt)',
} as const;

function inTime(query: SelectQueryBuilder<IncidentRow>, filter: Filter): SelectQueryBuilder<IncidentRow> {
  for (const [name, condition] of Object.entries(TIMES) as [keyof typeof TIMES, string][]) {
    const at = filter[name];
    if (at !== undefined)
      query.andWhere(new Brackets((where) => where.where(condition, { [name]: new Date(toMs(at)) })));
  }
  return query;
}

/** Opaque to clients: the report time and the id of the last row. */
const cursorOf = ({ occurredAt, id }: IncidentRow): string =>
  Buffer.from(`${occurredAt}.${id}`).toString('base64url');

function parseCursor(cursor: string): { afterAt: Date; afterId: string } {
  const [, at, id] =
    /^(-?\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined)
    throw new Fault('request.malformed', { field: 'cursor', wanted: 'the `next` of the page before' });
  return { afterAt: new Date(Number(at)), afterId: id };
}
