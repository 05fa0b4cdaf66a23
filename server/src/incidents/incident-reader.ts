import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  FLOW,
  type FlowRules,
  type Id,
  type Incident,
  type IncidentAction,
  type IncidentId,
  type TeamId,
  toInstant,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { CallerBook } from './caller-book.js';
import { FlowBook } from './flow-book.js';
import type { IncidentState, Teller } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import { IncidentReading } from './incident-reading.js';
import { CREW_ACTIONS, incidentOf, type Permit, permitOf } from './incident-view.js';
import { isHighEnough } from './level.rules.js';
import { partiesHeld } from './party.rules.js';

/** How the rules see a caller. */
export const tellerOf = (caller: Caller): Teller => {
  const { account, name, centre, handheld, isSimulator, via, tokenScopes } = caller;
  return {
    account,
    name,
    centre: handheld?.home ?? centre,
    ...(handheld ? { team: handheld.team } : {}),
    isSimulator,
    isImport: via === 'token' && tokenScopes.includes('import'),
  };
};

/** @throws Fault `role.denied` for what is not a crew's to do */
function requireCrewStep({ role }: Caller, action: IncidentAction): void {
  if (!CREW_ACTIONS.includes(action)) throw new Fault('role.denied', { seen: role, wanted: CREW_ACTIONS });
}

/** What the city has said about the levels of a step, or else the table. */
const levelsFor = (action: IncidentAction, { levels }: FlowRules): readonly string[] =>
  levels.find((rule) => rule.action === action)?.levels ?? [
    ...new Set(FLOW.filter((row) => row.action === action).map(({ level }) => level)),
  ];

/** Incidents as one caller may see them. */
@Injectable()
export class IncidentReader {
  constructor(
    private readonly clock: Clock,
    private readonly incidents: IncidentRepository,
    private readonly reading: IncidentReading,
    private readonly tailer: Tailer,
    private readonly callers: CallerBook,
    private readonly flowBook: FlowBook,
  ) {}

  /** As much as the caller may read, and written down. @throws Fault `incident.unknown`, foreign or unknown */
  async one(caller: Caller, id: IncidentId): Promise<Incident> {
    const state = this.reading.requireSeen(caller, id, await this.incidents.find(id));
    const answer = await this.view(caller, state);
    await this.reading.told(caller, state.incident, answer.view ?? 'whole');
    return answer;
  }

  /** As a transaction sees it, without a lock. @throws Fault `incident.unknown` */
  async state(tx: EntityManager, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.reading.requireSeen(caller, id, await this.incidents.find(id, tx));
  }

  /** Locks the incident. @throws Fault `incident.unknown`, whether it is foreign or unknown */
  async lock(tx: EntityManager, caller: Caller, id: IncidentId): Promise<IncidentState> {
    return this.reading.requireSeen(caller, id, await this.incidents.lock(tx, id));
  }

  /**
   * @throws Fault `incident.sealed` `scope.denied` `role.denied` `level.denied` where the caller may not take the step in
   * any status
   */
  async requireParty(
    caller: Caller,
    { incident }: IncidentState,
    { action, offer }: { action: IncidentAction; offer: Id | undefined },
  ): Promise<void> {
    this.reading.requireWhole(caller, incident.id, { incident });
    if (caller.handheld) return requireCrewStep(caller, action);
    const rows = FLOW.filter((row) => row.action === action);
    const standing = this.reading.standing(caller);
    const held = partiesHeld(incident, standing, offer);
    if (!rows.some(({ parties }) => parties.some((party) => held.has(party))))
      throw new Fault('scope.denied', { seen: caller.centre, wanted: incident.centre });
    if (!rows.some(({ roles }) => roles.includes(caller.role)))
      throw new Fault('role.denied', { seen: caller.role, wanted: rows.flatMap(({ roles }) => roles) });
    const flow = await this.flowBook.rules();
    if (!rows.some((row) => isHighEnough(row, incident, standing, flow)))
      throw new Fault('level.denied', { seen: standing.level, wanted: levelsFor(action, flow), action });
  }

  /**
   * A handheld tells what its team did, in whatever state the incident is meanwhile: its steps have an order of their own.
   * @throws Fault `incident.stale` with the current incident and who changed it
   */
  async requireVersion(tx: EntityManager, caller: Caller, state: IncidentState, seen: number): Promise<void> {
    if (seen === state.incident.version || caller.handheld) return;
    const current = await this.view(caller, state, tx);
    const last = current.timeline.at(-1);
    throw new Fault('incident.stale', {
      seen,
      current,
      changedBy: last?.by ?? null,
      changedAt: last?.recordedAt ?? toInstant(state.incident.recordedAt),
    });
  }

  /** What the caller's account reported under this external id; a twin that is being written is waited for. */
  async reportedBefore(tx: EntityManager, caller: Caller, externalId: string): Promise<Incident | undefined> {
    await this.incidents.holdExternalId(tx, caller.account, externalId);
    const id = await this.incidents.byExternalId(tx, caller.account, externalId);
    const state = id === undefined ? undefined : await this.incidents.find(id, tx);
    return state && this.view(caller, state, tx);
  }

  /** Whether this account told a step of the incident under this external id before. */
  wasTold(tx: EntityManager, caller: Caller, id: IncidentId, externalId: string): Promise<boolean> {
    return this.incidents.wasTold(tx, id, caller.account, externalId);
  }

  mayAct(caller: Caller, centre: CentreId): boolean {
    return this.reading.standing(caller).mayAct(centre);
  }

  /** The whole incident with the actions that this caller may take next. */
  async view(caller: Caller, state: IncidentState, tx?: EntityManager): Promise<Incident> {
    const timeline = await this.incidents.timeline(state.incident.id, tx);
    const hasCaller = await this.callers.isFor(caller, state, tx);
    const permitFor = await this.permits(caller);
    const told = incidentOf(state, timeline, permitFor(state));
    const evidence = await this.flowBook.wanted(tellerOf(caller), state, told.actions, tx);
    return {
      ...told,
      ...(hasCaller ? { hasCaller } : {}),
      ...(evidence.length > 0 ? { evidence } : {}),
    };
  }

  /** What a caller may do with incidents as things stand now: what it is judged by is read once for all of them. */
  async permits(caller: Caller): Promise<(state: Pick<IncidentState, 'incident'>) => Permit> {
    const flow = await this.flowBook.rules();
    const standing = {
      ...this.reading.standing(caller),
      homeOf: this.#homes(caller),
      now: this.clock.now(),
      flow,
    };
    return ({ incident }) => permitOf(caller, incident, standing);
  }

  /** Where a team stands, of those that the caller's picture has now. */
  #homes({ centre }: Caller): (team: TeamId) => CentreId | undefined {
    const picture = this.tailer.pictures.of(centre);
    return (team) => {
      const home = picture.get('team', team)?.card['centre'];
      return typeof home === 'string' ? home : undefined;
    };
  }
}
