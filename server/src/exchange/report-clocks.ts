import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { isSealed } from '../incidents/incident-redaction.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { type Draft, Journal } from '../journal/journal.js';
import { shownCategory } from '../incidents/label.rules.js';
import { REPORT_DUE, ReportDesk } from './report-desk.js';
import { ReportRepository } from './report.repository.js';

/** Clocks of reports: they start and end with what becomes of the incident, and run out whoever watches. */
@Injectable()
export class ReportClocks implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly hooks: IncidentHooks,
    private readonly incidents: IncidentRepository,
    private readonly reports: ReportRepository,
    private readonly desk: ReportDesk,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved(async (tx, before, after, now) => [
      ...(await this.#relabel(tx, { before, after, now })),
      ...(await this.desk.follow(tx, after, now)),
    ]);
    this.hooks.onErased((tx, id, erased) => this.reports.erase(tx, id, erased, this.desk.clock.now()));
    this.clocks.register(REPORT_DUE, (tx, due, now) => this.#onDue(tx, due, now));
  }

  /** What the journal told of its reports is taken back too. */
  async #relabel(
    tx: EntityManager,
    { before, after, now }: { before: IncidentState; after: IncidentState; now: number },
  ): Promise<Draft[]> {
    if (before.incident.label === after.incident.label) return [];
    const drafts = await this.desk.relabel(tx, after, now);
    if (!isSealed(before, after.incident)) return drafts;
    const patch = { category: shownCategory(after.incident) };
    for (const { id } of drafts) await this.journal.redact(tx, { kind: 'report', id }, { patch });
    return drafts;
  }

  /** The incident's row is locked first, as every command on its reports does. */
  async #onDue(tx: EntityManager, { subject }: Due, now: number): Promise<Draft[]> {
    const seen = await this.reports.find(subject, tx);
    if (!seen || !(await this.incidents.lock(tx, seen.incident))) return [];
    const report = await this.reports.find(subject, tx);
    if (!report || report.sentAt !== null || report.overdue) return [];
    const late = { ...report, overdue: true, version: report.version + 1 };
    return [await this.desk.write(tx, late, 'report.overdue', now)];
  }
}
