import { Injectable } from '@nestjs/common';
import type { Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import type { Draft } from '../journal/journal.js';
import { Places } from '../places/places.js';
import { settle } from '../platform/decision.js';
import { EvidenceRepository } from './evidence.repository.js';
import { evidenceWanted } from './evidence-wanted.rules.js';
import { IncidentCrew } from './incident-crew.js';
import { IncidentDepartments } from './incident-departments.js';
import { IncidentDesk } from './incident-desk.js';
import { advance } from './incident.rules.js';
import { type IncidentState, NO_EVIDENCE, type StepGiven, type TeamShare } from './incident-step.js';
import { Rulebooks } from './rulebooks.js';
import { placeTold } from './told.rules.js';

/** A step as it was told, before it is known what stands. */
export type StepSaid = Omit<
  StepGiven,
  'teams' | 'departments' | 'evidence' | 'mint' | 'book' | 'coarse' | 'grid'
>;

/** Who takes a step and which teams and departments it names; `by: null` is the product itself. */
export interface StepBy {
  readonly by: Caller | null;
  readonly teams: readonly TeamId[];
  readonly departments?: readonly Id[];
}

/** What a step made of an incident, and which other incidents are to be told that they share a team with it. */
interface Taken {
  readonly state: IncidentState;
  readonly drafts: Draft[];
  readonly shares: readonly TeamShare[];
}

/** Takes one step with an incident that is locked: its next state, its teams, and the facts to append. */
@Injectable()
export class TakeStep {
  constructor(
    private readonly crew: IncidentCrew,
    private readonly departments: IncidentDepartments,
    private readonly desk: IncidentDesk,
    private readonly books: Rulebooks,
    private readonly places: Places,
    private readonly evidence: EvidenceRepository,
  ) {}

  /** @throws Fault where the rules refuse the step, or it names a team or a department that the caller may not send */
  async run(
    tx: EntityManager,
    before: IncidentState,
    said: StepSaid,
    { by, teams: ids, departments: others = [] }: StepBy,
  ): Promise<Taken> {
    const { action, now, at } = said;
    const departments = by ? await this.departments.seen(tx, before, { by, action, ids: others }) : [];
    const isOfOthers = departments.length > 0 && ids.length === 0;
    const teams = by && !isOfOthers ? await this.crew.seen(tx, before, { by, action, ids }) : [];
    const book = await this.books.current();
    const where = await this.#where(before, said);
    const wanted = evidenceWanted(before, { ...said, book });
    const evidence = wanted ? await this.evidence.seen(before.incident.id, wanted.action, tx) : NO_EVIDENCE;
    const step = { ...said, ...where, evidence, teams, departments, mint: this.desk.clock.mint(), book };
    const advanced = settle(advance(before, step));
    const { state, drafts } = await this.desk.write(tx, before, advanced, { by, now });
    const moves = await this.crew.move(tx, state, advanced.moved, Math.min(at, now));
    return { state, drafts: [...drafts, ...moves], shares: advanced.shares ?? [] };
  }

  /** The grid of a place that is corrected, and what may be shown of it, or of the one that is sealed. */
  async #where(
    { incident }: IncidentState,
    { action, correction }: StepSaid,
  ): Promise<Pick<StepGiven, 'coarse' | 'grid'>> {
    if (action === 'seal') return { coarse: await this.places.coarse(incident), grid: null };
    if (action !== 'correct' || !correction?.spot) return { coarse: null, grid: null };
    const [lng, lat] = settle(placeTold(correction.spot, this.places.cityBox()));
    await this.places.current();
    const { grid } = this.places.locate(lng, lat);
    return { coarse: await this.places.coarse({ lng, lat, grid, centre: incident.centre }), grid };
  }
}
