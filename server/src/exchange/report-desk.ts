import { Injectable } from '@nestjs/common';
import { type IncidentId, REPORT_STAGES, type ReportCard, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { Term } from '../incidents/clock.rules.js';
import { Rulebooks } from '../incidents/rulebooks.js';
import type { Draft } from '../journal/journal.js';
import { shownCategory } from '../incidents/label.rules.js';
import { Clock } from '../platform/clock.js';
import { ClockAlerts } from '../risk/clock-alerts.js';
import { partiesOf, ReportRepository, type ReportRow } from './report.repository.js';
import { type Wanted, wantedNext } from './report.rules.js';

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
    wanted: Omit<Wanted, keyof Term> & { dueAt: number | null },
  ): ReportRow {
    const { id, number, severity, centre } = incident;
    return {
      ...wanted,
      id: this.clock.mint(),
      incident: id,
      number,
      category: shownCategory(incident),
      severity,
      state: 'wanted',
      from: centre,
      to: this.tree.get(centre)?.parent ?? null,
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

  /** Starts the clock of the report that the incident wants now, and lets those go that it no longer wants. */
  async follow(tx: EntityManager, state: IncidentState, now: number): Promise<Draft[]> {
    const reports = await this.reports.ofIncident(state.incident.id, tx);
    const wanted = wantedNext(state, reports, await this.books.current());
    const drafts: Draft[] = [];
    for (const report of reports.filter(({ state: at }) => at === 'wanted'))
      if (wanted?.kind !== report.kind || report.from !== state.incident.centre)
        drafts.push(...(await this.#drop(tx, report, now)));
    const left = reports.filter(
      ({ state: at, kind, ordinal, from }) =>
        kind === wanted?.kind &&
        ordinal === wanted.ordinal &&
        (at !== 'wanted' || from === state.incident.centre),
    );
    if (!wanted || left.length > 0) return drafts;
    const { soonAt: _soonAt, ...due } = wanted;
    const report = this.fresh(state, due);
    const { dueAt, soonAt } = wanted;
    const payload = { dueAt, soonAt };
    await this.clocks.set(
      tx,
      { kind: REPORT_SOON, subject: report.id, dueAt: soonAt, payload },
      { kind: REPORT_DUE, subject: report.id, dueAt, payload },
    );
    return [...drafts, await this.write(tx, report, 'report.wanted', now)];
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
  overdue: row.overdue,
  sentAt: instantOf(row.sentAt),
  acknowledgedAt: instantOf(row.acknowledgedAt),
});
