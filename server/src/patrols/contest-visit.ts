import { Injectable } from '@nestjs/common';
import { type Id, type Visit, type VisitAction, type VisitStep, VISITS_TOPIC } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { GroundDesk } from './ground-desk.js';
import { PatrolHints } from './patrol-hints.js';
import { VisitReader } from './visit-reader.js';
import { type ContestRow, type VisitRow, VisitRepository } from './visit.repository.js';

/** A judgement contested with a note, and a commander's decision on it. */
@Injectable()
export class ContestVisit {
  constructor(
    private readonly database: Database,
    private readonly visits: VisitRepository,
    private readonly reader: VisitReader,
    private readonly desk: GroundDesk,
    private readonly hints: PatrolHints,
  ) {}

  /** @throws Fault `visit.unknown` `visit.stale` `visit.own` `visit.illegal-step` */
  async run(id: Id, action: VisitAction, { version, note }: VisitStep, by: Caller): Promise<Visit> {
    const decided = await this.database.transaction(async (tx) => {
      const seen = await this.visits.find(tx, id);
      if (!seen || !(await this.reader.isTold(by, seen))) throw new Fault('visit.unknown', { id });
      // A judgement that runs now would write over it.
      await this.visits.holdShift(tx, seen.shift);
      const visit = (await this.visits.find(tx, id)) ?? seen;
      if (visit.version !== version)
        throw new Fault('visit.stale', { seen: version, current: await this.reader.view(by, visit) });
      if (action !== 'contest' && visit.contest?.state === 'open' && visit.contest.by === by.account)
        throw new Fault('visit.own', { id });
      const legal = this.reader.actions(by, visit);
      if (!legal.includes(action)) throw new Fault('visit.illegal-step', { action, legal });
      const next = { ...visit, contest: this.#contest(visit, action, note, by), version: version + 1 };
      await this.visits.update(tx, next);
      await this.desk.note(tx, by, { action: `visit.${action}`, subject: `visit:${id}` });
      return this.reader.view(by, next);
    });
    this.hints.changed(VISITS_TOPIC, decided.centre);
    return decided;
  }

  #contest({ contest }: VisitRow, action: VisitAction, note: string, by: Caller): ContestRow {
    const at = this.desk.clock.now();
    if (action === 'contest' || !contest)
      return { state: 'open', note, by: by.account, at, answer: null, answeredBy: null, answeredAt: null };
    const state = action === 'uphold' ? 'upheld' : 'dismissed';
    // Words that come later are erased in their own time.
    const { erased: _erased, ...stands } = contest;
    return { ...stands, state, answer: note, answeredBy: by.account, answeredAt: at };
  }
}
