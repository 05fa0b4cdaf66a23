import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IncidentHooks } from '../incidents/incident-hooks.js';
import { isSealed } from '../incidents/incident-redaction.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { IncidentRow } from '../incidents/incident.table.js';
import { maskOf } from '../incidents/label.rules.js';
import { type Draft, Journal } from '../journal/journal.js';
import { AlertDesk } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import { isOpen, relabel } from './alert.rules.js';

/**
 * Alerts say of a sensitive incident no more than its card does, and what they said before is taken back. Clocks stand
 * where their incident does.
 */
@Injectable()
export class AlertLabels implements OnModuleInit {
  constructor(
    private readonly hooks: IncidentHooks,
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved((tx, before, after, now) => this.#follow(tx, { before, after, now }));
  }

  async #follow(
    tx: EntityManager,
    { before, after: { incident }, now }: { before: IncidentState; after: IncidentState; now: number },
  ): Promise<Draft[]> {
    const isRelabelled = before.incident.label !== incident.label;
    if (!isRelabelled && !isElsewhere(before.incident, incident)) return [];
    const drafts: Draft[] = [];
    for (const alert of await this.alerts.lockAbout(tx, incident.id)) {
      if (!isRelabelled && (alert.rule !== 'clock' || !isOpen(alert))) continue;
      const { id } = alert;
      if (isSealed(before, incident)) {
        const { category, lng, lat } = maskOf(incident) ?? incident;
        const less =
          alert.rule === 'clock'
            ? { patch: { category, lng, lat } }
            : { without: { list: 'incidents', value: incident.id } };
        await this.journal.redact(tx, { kind: 'alert', id }, less);
      }
      drafts.push(...(await this.desk.write(tx, relabel(alert, incident), { by: null, reason: null, now })));
    }
    return drafts;
  }
}

const isElsewhere = (before: IncidentRow, { lng, lat, grid }: IncidentRow): boolean =>
  before.lng !== lng || before.lat !== lat || before.grid !== grid;
