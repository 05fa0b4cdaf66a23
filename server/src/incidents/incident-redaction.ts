import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Draft, Journal } from '../journal/journal.js';
import { IncidentHooks } from './incident-hooks.js';
import type { IncidentState } from './incident-step.js';
import { maskOf } from './label.rules.js';

/** What the journal has told of an incident says no more, from the moment on that it is sensitive, than its card does. */
@Injectable()
export class IncidentRedaction implements OnModuleInit {
  constructor(
    private readonly hooks: IncidentHooks,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved(async (tx, before, { incident }): Promise<Draft[]> => {
      const patch = isSealed(before, incident) ? maskOf(incident) : undefined;
      if (patch) await this.journal.redact(tx, { kind: 'incident', id: incident.id }, { patch });
      return [];
    });
  }
}

/** Whether an incident has become sensitive with this step. */
export const isSealed = (before: IncidentState, after: Pick<IncidentState['incident'], 'label'>): boolean =>
  before.incident.label === 'internal' && after.label === 'sensitive';
