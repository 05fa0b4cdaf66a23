import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { SUSPENSION_ENDS } from './incident-clocks.js';
import { IncidentRepository } from './incident.repository.js';
import { SystemStep } from './system-step.js';

/** A suspended incident goes on by itself when its time is over. */
@Injectable()
export class SuspensionEnd implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly incidents: IncidentRepository,
    private readonly system: SystemStep,
  ) {}

  onModuleInit(): void {
    this.clocks.register(SUSPENSION_ENDS, (tx, due, now) => this.#end(tx, due, now));
  }

  async #end(tx: EntityManager, { subject, payload }: Due, now: number): Promise<Draft[]> {
    const state = await this.incidents.lock(tx, subject);
    if (state?.incident.course.pause?.until !== payload['until']) return [];
    return state ? this.system.run(tx, state, { action: 'resume', now }) : [];
  }
}
