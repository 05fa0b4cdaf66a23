import { Injectable, type OnModuleInit } from '@nestjs/common';
import { REPORT_STAGES } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clocks, type Due } from '../clocks/clocks.js';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { isSealed } from '../incidents/incident-redaction.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { type Draft, Journal } from '../journal/journal.js';
import { shownCategory } from '../incidents/label.rules.js';
import { REPORT_DUE, REPORT_SOON, ReportDesk } from './report-desk.js';
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
    for (const kind of [REPORT_SOON, REPORT_DUE])
      this.clocks.register(kind, (tx, due, now) => this.#onDue(tx, due, now));
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
  async #onDue(
    tx: EntityManager,
    { subject, kind, dueAt: firedFor, payload }: Due,
    now: number,
  ): Promise<Draft[]> {
    const seen = await this.reports.find(subject, tx);
    const state = seen && (await this.incidents.lock(tx, seen.incident));
    const report = state && (await this.reports.find(subject, tx));
    if (!report || report.sentAt !== null || report.overdue) return [];
    const { dueAt, soonAt } = Payload.parse(payload);
    const [stage, overdue] = [REPORT_STAGES[report.kind], kind === REPORT_DUE];
    const running = { subject, stage, dueAt: report.dueAt ?? dueAt ?? firedFor, soonAt: soonAt ?? firedFor };
    const warned = await this.desk.warn(tx, state, running, { overdue, now });
    if (!overdue) return warned;
    const late = { ...report, overdue: true, version: report.version + 1 };
    return [await this.desk.write(tx, late, 'report.overdue', now), ...warned];
  }
}

/** Empty where the clock was set before reports had alerts. */
const Payload = z.object({ dueAt: z.number(), soonAt: z.number() }).partial();
