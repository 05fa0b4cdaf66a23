import { Injectable } from '@nestjs/common';
import { type ErasureReason, type Id, VISITS_TOPIC } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { ErasureBook } from '../access/erasure-book.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { ContestTexts } from './contest-texts.js';
import { PatrolHints } from './patrol-hints.js';
import { VisitRepository } from './visit.repository.js';

/** Erases by hand what was said for and against a judgement, of the own centre or one below. */
@Injectable()
export class EraseContest {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly visits: VisitRepository,
    private readonly texts: ContestTexts,
    private readonly book: ErasureBook,
    private readonly hints: PatrolHints,
  ) {}

  /** How many texts there were. @throws Fault `visit.unknown`, whether it is foreign or unknown */
  async run(by: Caller, { id, reason }: { id: Id; reason: ErasureReason }): Promise<number> {
    const { texts, centre } = await this.database.transaction(async (tx) => {
      const visit = await this.visits.find(tx, id);
      if (!visit || !this.access.mayAct(by, visit.centre)) throw new Fault('visit.unknown', { id });
      const texts = await this.texts.erase(tx, visit);
      const detail = { reason, texts };
      await this.book.tell(tx, by, { subject: `visit:${id}`, detail, ids: [id], patch: { contest: null } });
      return { texts, centre: visit.centre };
    });
    this.hints.changed(VISITS_TOPIC, centre);
    return texts;
  }
}
