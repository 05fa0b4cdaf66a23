import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClockStage, SupervisionTrigger } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { INCIDENT_ESCALATES } from './incident-clocks.js';
import { IncidentRepository } from './incident.repository.js';
import { heirOf } from './rulebook.js';
import { SystemStep } from './system-step.js';

/** Which of the triggers an overdue stage is; the others propose nothing. */
const TRIGGERS: Readonly<Partial<Record<ClockStage, SupervisionTrigger>>> = {
  accept: 'not-accepted',
  dispatch: 'not-handled',
  arrive: 'not-handled',
  handle: 'not-handled',
};

/** Proposes a supervision to whoever stands above when a clock has run out. It decides nothing. */
@Injectable()
export class Escalation implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly incidents: IncidentRepository,
    private readonly system: SystemStep,
    private readonly tree: CentreTree,
  ) {}

  onModuleInit(): void {
    this.clocks.register(INCIDENT_ESCALATES, (tx, due, now) => this.#propose(tx, due, now));
  }

  async #propose(tx: EntityManager, { subject, payload }: Due, now: number): Promise<Draft[]> {
    const state = await this.incidents.lock(tx, subject);
    if (!state) return [];
    const { dueStage, dueAt, course, centre } = state.incident;
    const trigger = dueStage === null ? undefined : TRIGGERS[dueStage];
    if (trigger === undefined || dueAt !== payload['dueAt'] || course.supervision !== null) return [];
    // Nobody stands above the root.
    if (this.tree.get(heirOf(this.tree, centre))?.parent === null) return [];
    return this.system.run(tx, state, { action: 'propose-supervision', now, trigger });
  }
}
