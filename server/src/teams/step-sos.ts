import { Injectable } from '@nestjs/common';
import type { Id, Sos, SosEnd } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { type Decision, settle } from '../platform/decision.js';
import { answerSos, endSos, type SosMoved, sosView } from './sos.rules.js';
import { SosDesk } from './sos-desk.js';
import type { SosRow } from './sos.table.js';

/** Takes calls for help up, and ends them: both are a person's. */
@Injectable()
export class StepSos {
  constructor(
    private readonly journal: Journal,
    private readonly desk: SosDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `sos.unknown`, `sos.ended`, `sos.stale` when somebody else has answered */
  answer(id: Id, by: Caller): Promise<Sos> {
    return this.#step(id, by, (sos, at) => answerSos(sos, { by: by.account, at }));
  }

  /** @throws Fault `sos.unknown`, `sos.ended`, `sos.stale` when it was pressed again meanwhile */
  end(id: Id, { version, outcome }: SosEnd, by: Caller): Promise<Sos> {
    return this.#step(id, by, (sos, at) => endSos(sos, { version, outcome, by: by.account, at }));
  }

  #step(id: Id, by: Caller, rule: (sos: SosRow, at: number) => Decision<SosMoved>): Promise<Sos> {
    return this.journal.transaction(async (tx) => {
      const sos = await this.desk.lock(tx, id, by);
      const now = this.clock.now();
      const moved = await this.desk.places.sealed(tx, settle(rule(sos, now)));
      const draft = await this.desk.write(tx, moved, now);
      await this.desk.note(tx, by, moved);
      await this.journal.append(tx, [draft]);
      return sosView(moved.next, true);
    });
  }
}
