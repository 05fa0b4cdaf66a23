import { Injectable } from '@nestjs/common';
import type { IncidentAction } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import { type IncidentState, SAID_NOTHING } from './incident-step.js';
import { type StepSaid, TakeStep } from './take-step.js';

/** Steps that nobody takes: what falls due. The incident's row is locked; the caller appends the drafts. */
@Injectable()
export class SystemStep {
  constructor(private readonly take: TakeStep) {}

  async run(
    tx: EntityManager,
    state: IncidentState,
    { action, now, ...more }: Partial<StepSaid> & { action: IncidentAction; now: number },
  ): Promise<Draft[]> {
    const { incident } = state;
    // Nobody's touch: what only the simulator has touched stays so.
    const by = {
      account: incident.reporter,
      name: 'system',
      centre: incident.centre,
      isSimulator: incident.simulated,
      isImport: false,
    };
    const said = { ...SAID_NOTHING, ...more, action, at: now, now, by };
    return (await this.take.run(tx, state, said, { by: null, teams: [] })).drafts;
  }
}
