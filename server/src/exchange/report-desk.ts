import { Injectable } from '@nestjs/common';
import { type Id, type IncidentId, REPORT_STAGES, type ReportCard, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { Term } from '../incidents/clock.rules.js';
import type { IncidentRow } from '../incidents/incident.table.js';
import { Rulebooks } from '../incidents/rulebooks.js';
import type { Draft } from '../journal/journal.js';
import { shownCategory } from '../incidents/label.rules.js';
import { Clock } from '../platform/clock.js';
import { ClockAlerts } from '../risk/clock-alerts.js';
import { partiesOf, ReportRepository, type ReportRow } from './report.repository.js';
import { nextReport, type Wanted, wantedNext } from './report.rules.js';

/** Kinds of due times: a report is to be sent soon, and was to be sent by now. Subject: the report. */
export const REPORT_SOON = 'report.soon';
export const REPORT_DUE = 'report.due';
const KINDS = [REPORT_SOON, REPORT_DUE];

export type ReportFact =
  | 'report.wanted'
  | 'report.begun'
  | 'report.edited'
  | 'report.sent'
  | 'report.acknowledged'
  | 'report.overdue'
  | 'report.changed'
  | 'report.moved'
  | 'report.dropped'
  | 'report.relabelled';

/** Writes reports with their clocks, and says which facts that is. The caller holds the incident's row and appends. */
@Injectable()
export class ReportDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly reports: ReportRepository,
    private readonly books: Rulebooks,
    private readonly alerts: ClockAlerts,
    readonly clock: Clock,
  ) {}

  async write(tx: EntityManager, report: ReportRow, fact: ReportFact, now: number): Promise<Draft> {
    const row = { ...report, seenBy: this.tree.seenBy(partiesOf(report)) };
    await this.reports.save(tx, row);
    if (row.sentAt !== null) await this.clocks.cancel(tx, KINDS, row.id);
    return draftOf(row, fact, now, isOver(row));
  }

  /** A report that nobody has begun, of the incident as it stands. */
  fresh(
    { incident }: Pick<IncidentState, 'incident'>,
    wanted: Omit<Wanted, keyof Term> & Pick<ReportRow, 'dueAt' | 'soonAt'>,
  ): ReportRow {
    const { id, number, severity } = incident;
    return {
      ...wanted,
      id: this.clock.mint(),
      incident: id,
      number,
      category: shownCategory(incident),
      severity,
      state: 'wanted',
      ...this.#endsOf(incident),
      body: {},
      overdue: false,
      version: 1,
      by: null,
      sentAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      createdAt: this.clock.now(),
      seenBy: [],
    };
  }

  /**
   * Starts the clock of the report that the incident wants now, and lets those go whose time is over. One that is wanted
   * already keeps its due time whatever becomes of the incident: it goes along to whoever has the duty now, with what was
   * written of it, and is only ever wanted sooner, where the incident becomes graver or its new holder has less time.
   */
  async follow(tx: EntityManager, { incident }: IncidentState, now: number): Promise<Draft[]> {
    const reports = await this.reports.ofIncident(incident.id, tx);
    const next = nextReport({ incident }, reports);
    const wanted = wantedNext({ incident }, reports, await this.books.current());
    const isNext = ({ kind, ordinal }: ReportRow) => kind === next?.kind && ordinal === next.ordinal;
    const drafts: Draft[] = [];
    for (const report of reports.filter(({ sentAt }) => sentAt === null)) {
      if (report.state === 'wanted' && !isNext(report)) drafts.push(...(await this.#drop(tx, report, now)));
      else if (isOwed(report, incident) || isOther(report, incident))
        drafts.push(...(await this.#change(tx, report, { incident, wanted, now })));
    }
    if (!wanted || reports.some(isNext)) return drafts;
    const report = this.fresh({ incident }, wanted);
    await this.#setClock(tx, report.id, wanted);
    return [...drafts, await this.write(tx, report, 'report.wanted', now)];
  }

  async #change(
    tx: EntityManager,
    report: ReportRow,
    { incident, wanted, now }: { incident: IncidentRow; wanted: Wanted | null; now: number },
  ): Promise<Draft[]> {
    const isSooner =
      wanted?.kind === report.kind && wanted.dueAt < (report.dueAt ?? Number.POSITIVE_INFINITY);
    if (isSooner) await this.#setClock(tx, report.id, wanted);
    const isMoved = isOwed(report, incident);
    const changed: ReportRow = {
      ...report,
      category: shownCategory(incident),
      severity: incident.severity,
      dueAt: isSooner ? wanted.dueAt : report.dueAt,
      soonAt: isSooner ? wanted.soonAt : report.soonAt,
      ...(isMoved ? this.#endsOf(incident) : {}),
      version: report.version + 1,
    };
    const told = await this.write(tx, changed, isMoved ? 'report.moved' : 'report.changed', now);
    if (!isMoved) return [told];
    const stage = REPORT_STAGES[report.kind];
    return [told, ...(await this.alerts.readdress(tx, { incident, subject: report.id, stage, now }))];
  }

  /** Who owes a report of an incident, and to whom. */
  #endsOf({ centre }: Pick<IncidentRow, 'centre'>): Pick<ReportRow, 'from' | 'to'> {
    return { from: centre, to: this.tree.get(centre)?.parent ?? null };
  }

  async #setClock(tx: EntityManager, subject: Id, { dueAt, soonAt }: Term): Promise<void> {
    const payload = { dueAt, soonAt };
    await this.clocks.set(
      tx,
      { kind: REPORT_SOON, subject, dueAt: soonAt, payload },
      { kind: REPORT_DUE, subject, dueAt, payload },
    );
  }

  /** Reports say of a sensitive incident no more than its card does. */
  async relabel(tx: EntityManager, { incident }: IncidentState, now: number): Promise<Draft[]> {
    const category = shownCategory(incident);
    const drafts: Draft[] = [];
    for (const report of await this.reports.ofIncident(incident.id, tx)) {
      const next = { ...report, category, version: report.version + 1 };
      drafts.push(await this.write(tx, next, 'report.relabelled', now));
    }
    return drafts;
  }

  /** Says that a report is to be sent soon, or was to be sent by now. */
  warn(...what: Parameters<ClockAlerts['warn']>): Promise<Draft[]> {
    return this.alerts.warn(...what);
  }

  /** What warned of a report that was sent, or is no longer wanted, is over. */
  settle(tx: EntityManager, { id, kind }: ReportRow, now: number): Promise<Draft[]> {
    return this.alerts.settle(tx, id, REPORT_STAGES[kind], now);
  }

  async #drop(tx: EntityManager, report: ReportRow, now: number): Promise<Draft[]> {
    await this.reports.drop(tx, report.id);
    await this.clocks.cancel(tx, KINDS, report.id);
    const gone = draftOf({ ...report, version: report.version + 1 }, 'report.dropped', now, true);
    return [gone, ...(await this.settle(tx, report, now))];
  }

  of(incident: IncidentId, tx: EntityManager): Promise<ReportRow[]> {
    return this.reports.ofIncident(incident, tx);
  }
}

/** It was not sent, and another has the duty by now: what was begun goes along with it. */
export const isOwed = (
  { sentAt, from }: Pick<ReportRow, 'sentAt' | 'from'>,
  { centre }: Pick<IncidentRow, 'centre'>,
): boolean => sentAt === null && from !== centre;

const isOther = ({ category, severity }: ReportRow, incident: IncidentRow): boolean =>
  category !== shownCategory(incident) || severity !== incident.severity;

/** Acknowledged, or sent to somebody outside who cannot. */
const isOver = ({ state, to }: ReportRow): boolean =>
  state === 'acknowledged' || (state === 'sent' && to === null);

function draftOf(row: ReportRow, fact: ReportFact, at: number, isGone: boolean): Draft {
  const { id, version, seenBy } = row;
  return { fact, kind: 'report', id, version, at, card: isGone ? null : cardOf(row), seenBy };
}

const instantOf = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));

export const cardOf = (row: ReportRow): ReportCard => ({
  id: row.id,
  version: row.version,
  incident: row.incident,
  number: row.number,
  category: row.category,
  severity: row.severity,
  kind: row.kind,
  ordinal: row.ordinal,
  state: row.state,
  from: row.from,
  to: row.to,
  dueAt: instantOf(row.dueAt),
  soonAt: instantOf(row.soonAt),
  overdue: row.overdue,
  sentAt: instantOf(row.sentAt),
  acknowledgedAt: instantOf(row.acknowledgedAt),
});
