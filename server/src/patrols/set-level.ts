import { Injectable } from '@nestjs/common';
import type { DutyLevel, DutyLevelDraft, DutyLevelLift, Id } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { DutyLevelDesk } from './duty-level-desk.js';
import { DutyLevelRepository } from './duty-level.repository.js';
import { liftLevel, setLevel } from './duty-level.rules.js';
import { dutyLevelView } from './duty-level-view.js';

/** Sets duty levels, and lifts them before their time. */
@Injectable()
export class SetLevel {
  constructor(
    private readonly access: Access,
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly levels: DutyLevelRepository,
    private readonly desk: DutyLevelDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` `time.past` `time.future` */
  set(draft: DutyLevelDraft, by: Caller, key: string | null): Promise<DutyLevel> {
    this.access.requireAct(by, draft.centre);
    this.desk.requireOpen(draft.centre);
    const once = { key, route: 'POST /api/duty-levels', body: draft };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, async () => {
        const now = this.clock.now();
        const { account, name } = by;
        const moved = settle(setLevel(draft, { id: this.clock.mint(), account, name, now }));
        const entry = await this.desk.write(tx, moved, { by, now });
        await this.journal.append(tx, [entry]);
        return dutyLevelView(moved.next, true);
      }),
    );
  }

  /** Whoever may set one at a centre may lift one there; from below nobody undoes what binds them. */
  lift(id: Id, { version, reason }: DutyLevelLift, by: Caller): Promise<DutyLevel> {
    return this.journal.transaction(async (tx) => {
      const level = await this.levels.lock(tx, id);
      if (!level || !this.access.mayRead(by, level.seenBy)) throw new Fault('duty-level.unknown', { id });
      if (!this.access.mayAct(by, level.centre))
        throw new Fault('scope.denied', { seen: by.centre, wanted: level.centre });
      const now = this.clock.now();
      const moved = settle(liftLevel(level, { version, reason }, now));
      await this.journal.append(tx, [await this.desk.write(tx, moved, { by, now })]);
      return dutyLevelView(moved.next, true);
    });
  }
}
