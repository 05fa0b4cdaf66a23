import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import type { Draft } from '../journal/journal.js';
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
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved((tx, _before, after, now) => this.desk.follow(tx, after, now));
    this.clocks.register(REPORT_DUE, (tx, due, now) => this.#onDue(tx, due, now));
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
