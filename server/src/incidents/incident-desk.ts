import { Injectable } from '@nestjs/common';
import { type CentreId, ENDED_STATUSES, type ScopeId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { CallerBook } from './caller-book.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import {
  type Advanced,
  INCIDENT_FACTS,
  type IncidentFact,
  type IncidentState,
  type TimelineLine,
} from './incident-step.js';
import { IncidentClocks } from './incident-clocks.js';
import { IncidentHooks } from './incident-hooks.js';
import { IncidentRepository } from './incident.repository.js';
import { boundTeams } from './assignment.rules.js';
import { partiesOf, tellingTeam } from './party.rules.js';
import type { IncidentRow } from './incident.table.js';
import { cardOf } from './incident-view.js';
import { reportLine } from './timeline.rules.js';

/** Who acted when nobody did: the product itself. */
const SYSTEM = 'system';

/** Writes an incident's next state with timeline and clocks, and says which facts that is. The caller appends them. */
@Injectable()
export class IncidentDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: IncidentClocks,
    readonly clock: Clock,
    private readonly incidents: IncidentRepository,
    private readonly hooks: IncidentHooks,
    readonly callers: CallerBook,
  ) {}

  /** Opens an incident; its number is given last, so that its counter is held for a moment only. */
  async open(
    tx: EntityManager,
    reported: IncidentRow,
    by: Caller,
  ): Promise<{ state: IncidentState; draft: Draft }> {
    const seenBy = this.audienceOf({ incident: reported, assignments: [] });
    const row: IncidentRow = { ...reported, number: reported.id, seenBy };
    await this.incidents.insert(tx, row);
    await this.#tell(tx, [reportLine(row)], by);
    await this.clocks.follow(tx, undefined, row);
    const number = await this.incidents.giveNumber(tx, row, this.#numberedBy(row.origin));
    const state = { incident: { ...row, number }, assignments: [] };
    return { state, draft: draftOf(state, INCIDENT_FACTS.report, row.recordedAt) };
  }

  /** Writes a step; the drafts are the incident's own and what follows from it. */
  async write(
    tx: EntityManager,
    before: IncidentState,
    { next, fact, lines }: Advanced,
    { by, now }: { by: Caller | null; now: number },
  ): Promise<{ state: IncidentState; drafts: Draft[] }> {
    const state = { ...next, incident: { ...next.incident, seenBy: this.audienceOf(next) } };
    await this.incidents.update(tx, before, state);
    await this.#tell(tx, lines, by);
    await this.clocks.follow(tx, before.incident, state.incident);
    const follows = await this.hooks.moved(tx, before, state, now);
    return { state, drafts: [draftOf(state, fact, now), ...follows] };
  }

  /** The reporting centre, or whoever above it has an abbreviation; the root goes by the configuration's. */
  #numberedBy(origin: CentreId): { centre: CentreId; abbreviation: string | null } {
    const line = this.tree.lineage(origin);
    const centre = line.find((id) => this.tree.get(id)?.abbreviation) ?? line.at(-1) ?? origin;
    return { centre, abbreviation: this.tree.get(centre)?.abbreviation ?? null };
  }

  /** Every party with its ancestors, and the teams that are on it now or told it. */
  audienceOf({ incident, assignments }: IncidentState): ScopeId[] {
    return this.tree.seenBy(partiesOf(incident), [...boundTeams(assignments), ...tellingTeam(incident)]);
  }

  async #tell(tx: EntityManager, lines: readonly TimelineLine[], by: Caller | null): Promise<void> {
    const signed = { byAccount: by?.account ?? null, byName: by?.name ?? SYSTEM };
    await this.incidents.tell(
      tx,
      lines.map((line) => ({ ...line, ...signed, id: this.clock.mint() })),
    );
  }
}

function draftOf(state: IncidentState, fact: IncidentFact, at: number): Draft {
  const { id, version, status, seenBy } = state.incident;
  const card = ENDED_STATUSES.includes(status) ? null : cardOf(state);
  return { fact, kind: 'incident', id, version, at, card, seenBy };
}
