import { Inject, Injectable } from '@nestjs/common';
import { type Language, nameIn, type ReportBody, type ReportKind } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { ReportRow } from './report.repository.js';
import { draftBody } from './report.rules.js';

/** Writes what the record already says into a draft. */
@Injectable()
export class ReportAuthor {
  constructor(
    private readonly tree: CentreTree,
    private readonly incidents: IncidentRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async draft(
    tx: EntityManager,
    state: IncidentState,
    { kind, language, earlier }: { kind: ReportKind; language: Language; earlier: readonly ReportRow[] },
  ): Promise<ReportBody> {
    const { id, centre } = state.incident;
    const names = this.tree.get(centre)?.names;
    const last = earlier.filter(({ sentAt }) => sentAt !== null).at(-1);
    return draftBody(kind, state, {
      timeline: await this.incidents.timeline(id, tx),
      since: kind === 'follow-up' ? (last?.sentAt ?? null) : null,
      language,
      timeZone: this.config.timeZone,
      centreName: names ? nameIn(names, language) : '',
    });
  }
}
