import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENDED_STATUSES } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { CONFIG, type Config } from '../platform/config.js';
import { keptUntil } from './evidence.rules.js';
import { EvidenceRepository } from './evidence.repository.js';
import { IncidentRepository } from './incident.repository.js';
import { IncidentHooks } from './incident-hooks.js';
import type { IncidentRow } from './incident.table.js';

/** Kind of due time: evidence has been kept long enough. Subject: the incident. */
const EVIDENCE_EXPIRY = 'evidence.expiry';

/** How long evidence is kept: a durable due time from the end of its incident, lifted when the incident opens again. */
@Injectable()
export class EvidenceExpiry implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly hooks: IncidentHooks,
    private readonly incidents: IncidentRepository,
    private readonly evidence: EvidenceRepository,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved(async (tx, before, after): Promise<Draft[]> => {
      if (isEnded(before.incident) !== isEnded(after.incident)) await this.follow(tx, after.incident);
      return [];
    });
    this.clocks.register(EVIDENCE_EXPIRY, async (tx, { subject }): Promise<Draft[]> => {
      const state = await this.incidents.lock(tx, subject);
      // It may have been opened again at this very moment.
      if (!state || !isEnded(state.incident)) return [];
      const pieces = await this.evidence.expire(tx, subject);
      if (pieces > 0)
        await this.audit.write(tx, {
          caller: null,
          action: 'evidence.expired',
          subject: `incident:${subject}`,
          outcome: 'done',
          detail: { pieces },
        });
      return [];
    });
  }

  /** Sets or lifts the due time as the incident stands; the caller holds its row. */
  async follow(tx: EntityManager, incident: IncidentRow): Promise<void> {
    const { id: subject, closedAt, statusAt } = incident;
    if (!isEnded(incident)) return this.clocks.cancel(tx, [EVIDENCE_EXPIRY], subject);
    if ((await this.evidence.count(tx, subject)) === 0) return undefined;
    const dueAt = keptUntil(closedAt ?? statusAt, this.config.evidenceDays);
    return this.clocks.set(tx, { kind: EVIDENCE_EXPIRY, subject, dueAt });
  }
}

const isEnded = ({ status }: IncidentRow): boolean => ENDED_STATUSES.includes(status);
