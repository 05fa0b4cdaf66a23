import { Injectable } from '@nestjs/common';
import type {
  Category,
  CentreId,
  Id,
  IncidentId,
  ReportBody,
  ReportKind,
  ReportState,
  ScopeId,
  Severity,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import type { WordsErased } from '../incidents/incident-hooks.js';
import { Database } from '../platform/database.js';
import { withoutWords } from './report.rules.js';

/** A report as it is kept. Instants in ms since 1970. `from` writes it, `to` (above it; null: outside) gets it. */
export interface ReportRow {
  readonly id: Id;
  readonly incident: IncidentId;
  readonly number: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly kind: ReportKind;
  readonly ordinal: number;
  readonly state: ReportState;
  readonly from: CentreId;
  readonly to: CentreId | null;
  readonly body: ReportBody;
  readonly dueAt: number | null;
  /** Null where no clock ran, or where it began before this was kept. */
  readonly soonAt: number | null;
  readonly overdue: boolean;
  readonly version: number;
  readonly by: string | null;
  readonly sentAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly createdAt: number;
  readonly seenBy: readonly ScopeId[];
}

@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** Reports of an incident, in the order in which they were begun. The caller holds the incident's row to change them. */
  async ofIncident(incident: IncidentId, tx: EntityManager = this.database.manager): Promise<ReportRow[]> {
    return tx.query(`${SELECT} where incident = $1 order by created_at, id`, [incident]);
  }

  async find(id: Id, tx: EntityManager = this.database.manager): Promise<ReportRow | undefined> {
    const [row] = await tx.query<ReportRow[]>(`${SELECT} where id = $1`, [id]);
    return row;
  }

  /** What is on its way to these centres, or wanted from them, oldest due first. */
  async open(centres: readonly CentreId[], limit: number): Promise<ReportRow[]> {
    return this.database.query(
      `${SELECT} where state <> 'acknowledged' and not (state = 'sent' and to_centre is null)
         and (from_centre = any($1) or to_centre = any($1))
        order by due_at nulls last, created_at limit $2`,
      [centres, limit],
    );
  }

  /** Which of these incidents are sensitive. */
  async sealedOf(incidents: readonly IncidentId[]): Promise<ReadonlySet<IncidentId>> {
    const rows = await this.database.query<{ id: IncidentId }>(
      `select id from incident where id = any($1) and label = 'sensitive'`,
      [incidents],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async save(tx: EntityManager, row: ReportRow): Promise<void> {
    await tx.query(SAVE, [JSON.stringify(row)]);
  }

  /** Takes words of an incident out of what its reports copied; all of them where all of its text goes. */
  async erase(
    tx: EntityManager,
    incident: IncidentId,
    { part, words }: Pick<WordsErased, 'part' | 'words'>,
    now: number,
  ): Promise<void> {
    for (const { id, body } of await this.ofIncident(incident, tx)) {
      const left = part === 'all' ? {} : withoutWords(body, words);
      await tx.query(
        'update report set body = $2::jsonb, erased_at = $3 where id = $1 and body <> $2::jsonb',
        [id, JSON.stringify(left), new Date(now)],
      );
    }
  }

  async drop(tx: EntityManager, id: Id): Promise<void> {
    await tx.query(`delete from report where id = $1 and state in ('wanted', 'draft')`, [id]);
  }

  async partiesOf(tx: EntityManager, ids: readonly Id[]): Promise<Map<Id, Parties>> {
    const rows = await tx.query<ReportRow[]>(`${SELECT} where id = any($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, { parties: partiesOf(row) }]));
  }

  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const rows = await tx.query<{ from: CentreId; to: CentreId | null }[]>(
      'select distinct from_centre as "from", to_centre as "to" from report',
    );
    for (const row of rows)
      await tx.query(
        'update report set seen_by = $3 where from_centre = $1 and to_centre is not distinct from $2',
        [row.from, row.to, tree.seenBy(partiesOf(row))],
      );
  }
}

export const partiesOf = ({ from, to }: Pick<ReportRow, 'from' | 'to'>): CentreId[] =>
  to === null ? [from] : [from, to];

const ms = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

const SELECT = `
  select id, incident, number, category, severity, kind, ordinal, state, from_centre as "from", to_centre as "to", body,
         ${ms('due_at', 'dueAt')}, ${ms('soon_at', 'soonAt')}, overdue, version, by_name as "by", ${ms('sent_at', 'sentAt')},
         ${ms('acknowledged_at', 'acknowledgedAt')}, acknowledged_by as "acknowledgedBy",
         ${ms('created_at', 'createdAt')}, seen_by as "seenBy"
    from report`;

const at = (name: string) => `to_timestamp(r."${name}" / 1000.0)`;

// What was sent is never written again but by its acknowledgement: the table refuses it too.
const SAVE = `
  insert into report (id, incident, number, category, severity, kind, ordinal, state, from_centre, to_centre, body,
         due_at, soon_at, overdue, version, by_name, sent_at, acknowledged_at, acknowledged_by, created_at, seen_by)
  select r.id, r.incident, r.number, r.category, r.severity, r.kind, r.ordinal, r.state, r."from", r."to", r.body,
         ${at('dueAt')}, ${at('soonAt')}, r.overdue, r.version, r.by, ${at('sentAt')}, ${at('acknowledgedAt')}, r."acknowledgedBy",
         ${at('createdAt')}, r."seenBy"
    from jsonb_to_record($1::jsonb) as r(id uuid, incident uuid, number text, category text, severity smallint,
         kind text, ordinal int, state text, "from" uuid, "to" uuid, body jsonb, "dueAt" float8, "soonAt" float8,
         overdue boolean,
         version int, by text, "sentAt" float8, "acknowledgedAt" float8, "acknowledgedBy" text, "createdAt" float8,
         "seenBy" uuid[])
  on conflict (id) do update
    set state = excluded.state, category = excluded.category, severity = excluded.severity, body = excluded.body,
        from_centre = excluded.from_centre, to_centre = excluded.to_centre, due_at = excluded.due_at,
        soon_at = excluded.soon_at,
        overdue = excluded.overdue,
        version = excluded.version, by_name = excluded.by_name, sent_at = excluded.sent_at,
        acknowledged_at = excluded.acknowledged_at, acknowledged_by = excluded.acknowledged_by,
        seen_by = excluded.seen_by`;
