import { Injectable } from '@nestjs/common';
import type { AlertId, CentreId, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { IncidentRepository } from '../incidents/incident.repository.js';
import { Fault } from '../platform/fault.js';
import { AlertRepository } from '../risk/alert.repository.js';

export interface Links {
  readonly incident?: IncidentId | undefined;
  readonly alert?: AlertId | undefined;
  /** Centres that are pointed there too: each must see the incident itself. */
  readonly readers?: readonly CentreId[];
}

/** What a desk may point at: incidents and alerts that the caller sees. */
@Injectable()
export class DeskLinks {
  constructor(
    private readonly access: Access,
    private readonly incidents: IncidentRepository,
    private readonly alerts: AlertRepository,
  ) {}

  /** @throws Fault `incident.unknown` `alert.unknown`, whether it is foreign or unknown */
  async require(tx: EntityManager, by: Caller, { incident, alert, readers = [] }: Links): Promise<void> {
    if (incident !== undefined) {
      const state = await this.incidents.find(incident, tx);
      if (!state || !this.access.mayRead(by, state.incident.seenBy))
        throw new Fault('incident.unknown', { id: incident });
      const blind = readers.filter((centre) => !state.incident.seenBy.includes(centre));
      if (blind.length > 0) throw new Fault('incident.unknown', { id: incident, centres: blind });
    }
    if (alert !== undefined) {
      const row = await this.alerts.find(alert, tx);
      if (!row || !this.access.mayRead(by, row.seenBy)) throw new Fault('alert.unknown', { id: alert });
    }
  }
}
