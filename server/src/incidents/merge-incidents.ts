import { Injectable } from '@nestjs/common';
import type { Incident, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import type { Asked } from './advance-incident.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentCrew } from './incident-crew.js';
import { IncidentReader, tellerOf } from './incident-reader.js';
import { legalActions } from './incident.rules.js';
import { type IncidentState, SAID_NOTHING, type StepGiven } from './incident-step.js';
import { merge, unmerge } from './merge.rules.js';
import { Rulebooks } from './rulebooks.js';

/** Merges an incident into the one that it is the same as, or takes that back: both in one transaction. */
@Injectable()
export class MergeIncidents {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly reader: IncidentReader,
    private readonly desk: IncidentDesk,
    private readonly crew: IncidentCrew,
    private readonly books: Rulebooks,
  ) {}

  async run(asked: Asked, by: Caller, key: string | null): Promise<Incident> {
    const { id, action, step } = asked;
    const once = { key, route: `POST /api/incidents/${id}/${action}`, body: step };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(tx: EntityManager, { id, action, step }: Asked, by: Caller): Promise<Incident> {
    const { gone, kept } = await this.#lockBoth(tx, { id, action, step }, by);
    const now = this.desk.clock.now();
    const given: StepGiven = {
      ...SAID_NOTHING,
      action,
      reason: step.reason?.trim() || null,
      note: step.note?.trim() || null,
      teams: [],
      departments: [],
      mint: id,
      book: await this.books.current(),
      at: now,
      now,
      by: tellerOf(by),
    };
    if (action === 'unmerge' && !given.reason) throw new Fault('incident.reason-wanted', { action });
    const decided = settle((action === 'merge' ? merge : unmerge)(gone, kept, given));
    // Whichever loses an assignment is written first: a team has one at an incident.
    const deed = { by, now };
    const first = await this.desk.write(tx, gone, decided.gone, deed);
    const second = await this.desk.write(tx, kept, decided.kept, deed);
    const goes = action === 'merge' ? second.state : first.state;
    const moves = await this.crew.move(tx, goes, decided.teams, now);
    const answer = await this.reader.view(by, first.state, tx);
    await this.journal.append(tx, [...first.drafts, ...second.drafts, ...moves]);
    return answer;
  }

  /** Both rows in the order of their ids, so that two merges never wait for each other. */
  async #lockBoth(
    tx: EntityManager,
    { id, action, step }: Asked,
    by: Caller,
  ): Promise<{ gone: IncidentState; kept: IncidentState }> {
    const other =
      action === 'merge' ? step.into : await this.#mergedInto(tx, by, { id, version: step.version });
    if (other === undefined) throw new Fault('incident.into-wanted', { action });
    if (other === id) throw new Fault('incident.no-duplicate', { into: other });
    const locked = new Map<IncidentId, IncidentState>();
    for (const one of [id, other].sort()) locked.set(one, await this.reader.lock(tx, by, one));
    const [gone, kept] = [locked.get(id), locked.get(other)];
    if (!gone || !kept) throw new Fault('incident.unknown', { id });
    await this.reader.requireVersion(tx, by, gone, step.version);
    await this.reader.requireParty(by, gone, { action, offer: undefined });
    const permitFor = await this.reader.permits(by);
    const isOpen = [gone, kept].every((one) => permitFor(one).view !== 'masked');
    if (!isOpen) throw new Fault('incident.sealed', { id, into: other });
    if (!this.reader.mayAct(by, kept.incident.centre))
      throw new Fault('scope.denied', { seen: by.centre, wanted: kept.incident.centre });
    return { gone, kept };
  }

  /** @throws Fault `incident.stale` when somebody was faster, `incident.illegal-step` for one that was never merged */
  async #mergedInto(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: IncidentId; version: number },
  ): Promise<IncidentId> {
    const state = await this.reader.state(tx, by, id);
    const { status, course } = state.incident;
    if (course.merge) return course.merge.into;
    await this.reader.requireVersion(tx, by, state, version);
    const legal = legalActions(state, this.desk.clock.now());
    throw new Fault('incident.illegal-step', { from: status, action: 'unmerge', legal });
  }
}
