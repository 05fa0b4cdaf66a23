import { Injectable } from '@nestjs/common';
import {
  type Id,
  type Incident,
  type IncidentAction,
  type IncidentId,
  type IncidentStep,
  toMs,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { IncidentReader, tellerOf } from './incident-reader.js';
import { SharedTeams } from './shared-teams.js';
import { type StepSaid, TakeStep } from './take-step.js';
import { whenTold } from './told.rules.js';

/** What is asked: one step of one incident. */
export interface Asked {
  readonly id: IncidentId;
  readonly action: IncidentAction;
  readonly step: IncidentStep;
}

/** Moves an incident one step, with its teams and alerts, in one transaction. */
@Injectable()
export class AdvanceIncident {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly reader: IncidentReader,
    private readonly take: TakeStep,
    private readonly clock: Clock,
    private readonly shared: SharedTeams,
  ) {}

  /** The same external id of the same account changes nothing the second time and answers with what stands. */
  async run(asked: Asked, by: Caller, key: string | null): Promise<Incident> {
    const { id, action, step } = asked;
    const once = { key, route: `POST /api/incidents/${id}/${action}`, body: step };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(tx: EntityManager, { id, action, step }: Asked, by: Caller): Promise<Incident> {
    const busy = action === 'dispatch' ? (step.override?.teams ?? []) : [];
    await this.shared.lock(tx, id, busy);
    const before = await this.reader.lock(tx, by, id);
    if (step.externalId !== undefined && (await this.reader.wasTold(tx, by, id, step.externalId)))
      return this.reader.view(by, before, tx);
    await this.reader.requireVersion(tx, by, before, step.version);
    await this.reader.requireParty(by, before, { action, offer: step.offer });

    const now = this.clock.now();
    const teller = tellerOf(by);
    const at = settle(whenTold(step.occurredAt, now, teller.isImport));
    const teams = named(step.teams, step.team);
    const departments = named(step.departments, step.department);
    const said = { action, ...saidIn(step), at, now, by: teller };
    const { state, drafts, shares } = await this.take.run(tx, before, said, { by, teams, departments });
    const told = await this.shared.tell(tx, id, { shares, by, at, now });
    const answer = await this.reader.view(by, state, tx);
    await this.journal.append(tx, [...drafts, ...told]);
    return answer;
  }
}

const named = (several: readonly Id[] = [], one?: Id): Id[] => [
  ...new Set([...several, ...(one === undefined ? [] : [one])]),
];

const saidIn = (step: IncidentStep): Omit<StepSaid, 'action' | 'at' | 'now' | 'by'> => ({
  override: step.override ?? null,
  reason: step.reason?.trim() || null,
  note: step.note?.trim() || null,
  derived: step.derived ?? false,
  externalId: step.externalId ?? null,
  centre: step.centre ?? null,
  offer: step.offer ?? null,
  until: step.until === undefined ? null : toMs(step.until),
  satisfaction: step.satisfaction ?? null,
  category: step.category ?? null,
  severity: step.severity ?? null,
  trigger: null,
  correction: correctionIn(step),
});

/** @throws Fault `request.malformed` for half a place */
function correctionIn({ lng, lat, place, description }: IncidentStep): StepSaid['correction'] {
  if ((lng === undefined) !== (lat === undefined))
    throw new Fault('request.malformed', { seen: { lng, lat }, wanted: 'lng and lat' });
  return {
    ...(place === undefined ? {} : { place: place.trim() || null }),
    ...(description === undefined ? {} : { description: description.trim() || null }),
    ...(lng === undefined || lat === undefined ? {} : { spot: [lng, lat] as const }),
  };
}
