import { Injectable } from '@nestjs/common';
import type { Id, IncidentId, Report } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { IncidentReading } from '../incidents/incident-reading.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { Fault } from '../platform/fault.js';
import { cardOf } from './report-desk.js';
import { ReportRepository, type ReportRow } from './report.repository.js';
import { actionsOf } from './report.rules.js';

const LISTED = 200;

/** Reports as one caller may see them: whoever is told of them, and drafts only where they are written. */
@Injectable()
export class ReportReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly incidents: IncidentRepository,
    private readonly reports: ReportRepository,
    private readonly reading: IncidentReading,
  ) {}

  /** @throws Fault `incident.unknown` `incident.sealed` */
  async ofIncident(by: Caller, id: IncidentId): Promise<Report[]> {
    const { incident } = this.reading.requireWhole(by, id, await this.incidents.find(id));
    await this.reading.told(by, incident, 'reports');
    const rows = await this.reports.ofIncident(id);
    return rows.filter((row) => this.access.mayRead(by, row.seenBy)).map((row) => this.view(by, row));
  }

  /** What is on its way to the caller's centre and those below it, or wanted from them; of sensitive incidents no word. */
  async open(by: Caller): Promise<Report[]> {
    const rows = await this.reports.open(this.tree.subtree(by.centre), LISTED);
    const seen = rows.filter((row) => this.access.mayRead(by, row.seenBy));
    const sealed = await this.reports.sealedOf(seen.map(({ incident }) => incident));
    return seen.map((row) => {
      const report = this.view(by, row);
      return sealed.has(row.incident) ? { ...report, body: {} } : report;
    });
  }

  /** @throws Fault `incident.sealed`; `report.unknown`, whether it is foreign or unknown; with `tx` its incident is locked */
  async one(by: Caller, id: Id, tx?: EntityManager): Promise<{ row: ReportRow; state: IncidentState }> {
    const seen = await this.reports.find(id, tx);
    const state =
      seen && (tx ? await this.incidents.lock(tx, seen.incident) : await this.incidents.find(seen.incident));
    const row = tx ? await this.reports.find(id, tx) : seen;
    if (!row || !state || !this.access.mayRead(by, row.seenBy)) throw new Fault('report.unknown', { id });
    if (this.reading.viewOf(by, state.incident) === 'masked') throw new Fault('incident.sealed', { id });
    return { row, state };
  }

  view(by: Caller, row: ReportRow): Report {
    const permit = this.permit(by, row);
    const isHidden = row.sentAt === null && !permit.isOfSender;
    return {
      ...cardOf(row),
      body: isHidden ? {} : row.body,
      by: row.by,
      acknowledgedBy: row.acknowledgedBy,
      actions: by.via === 'session' ? actionsOf(row, permit) : [],
    };
  }

  permit(by: Caller, { from, to }: Pick<ReportRow, 'from' | 'to'>) {
    const isOfSender = this.access.mayAct(by, from);
    return { isOfSender, isOfReceiver: to !== null && this.access.mayAct(by, to) };
  }
}
