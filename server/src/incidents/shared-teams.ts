import { Injectable } from '@nestjs/common';
import type { DispatchOverride, IncidentId, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import type { Draft } from '../journal/journal.js';
import { IncidentDesk } from './incident-desk.js';
import type { TeamShare } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import { shareTeams } from './timeline.rules.js';

interface Shared {
  readonly shares: readonly TeamShare[];
  readonly by: Caller;
  readonly at: number;
  readonly now: number;
}

/** The incidents whose teams another incident gets too: they are locked with it, and told. */
@Injectable()
export class SharedTeams {
  constructor(
    private readonly incidents: IncidentRepository,
    private readonly desk: IncidentDesk,
    private readonly audit: Audit,
  ) {}

  /** Incidents are locked in the order of their ids, before any team. */
  async lock(tx: EntityManager, id: IncidentId, teams: DispatchOverride['teams']): Promise<void> {
    if (teams.length === 0) return;
    const duties = await this.incidents.otherDuties(
      tx,
      teams.map((team) => team.id),
      id,
    );
    const others = new Set(duties.map(({ incident }) => incident));
    for (const one of [...others, id].sort()) await this.incidents.lock(tx, one);
  }

  /** A line in the timeline of each, signed by who sent the team. */
  async tell(tx: EntityManager, to: IncidentId, { shares, by, at, now }: Shared): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const id of [...new Set(shares.map(({ incident }) => incident))].sort()) {
      const state = await this.incidents.lock(tx, id);
      if (!state) continue;
      const own = shares.filter(({ incident }) => incident === id);
      await this.#audit(tx, by, { to, from: id, teams: own.map(({ team }) => team) });
      drafts.push(
        ...(await this.desk.write(tx, state, shareTeams(state, own, { to, at, now }), { by, now })).drafts,
      );
    }
    return drafts;
  }

  /** Who sent a busy team; why stands in the timelines alone, where it can be erased. */
  async #audit(
    tx: EntityManager,
    by: Caller,
    detail: { to: IncidentId; from: IncidentId; teams: readonly TeamId[] },
  ): Promise<void> {
    const subject = `incident:${detail.to}` as const;
    const action = 'incident.team-shared';
    await this.audit.write(tx, { caller: by, action, subject, outcome: 'done', detail });
  }
}
