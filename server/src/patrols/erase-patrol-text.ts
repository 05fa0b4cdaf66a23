import { Injectable } from '@nestjs/common';
import type { ErasureReason, ErrorCode, Id, PatrolText } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { ErasureBook } from '../access/erasure-book.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { PatrolTexts } from './patrol-texts.js';

interface AskedOfPatrol {
  readonly kind: PatrolText;
  readonly id: Id;
  readonly reason: ErasureReason;
}

/** Erases by hand the words of a shift, a trade, a duty level or a request, of the own centre or one below. */
@Injectable()
export class ErasePatrolText {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly texts: PatrolTexts,
    private readonly book: ErasureBook,
  ) {}

  /** How many texts there were. @throws Fault `….unknown` of its kind, whether it is foreign or unknown */
  run(by: Caller, { kind, id, reason }: AskedOfPatrol): Promise<number> {
    return this.database.transaction(async (tx) => {
      const centres = await this.texts.centresOf(tx, kind, id);
      if (!centres.some((centre) => this.access.mayAct(by, centre))) throw new Fault(UNKNOWN[kind], { id });
      const texts = await this.texts.erase(tx, kind, id);
      const detail = { reason, texts };
      await this.book.tell(tx, by, { subject: `${kind}:${id}`, detail, ids: [id], patch: EMPTY[kind] });
      return texts;
    });
  }
}

const UNKNOWN = {
  'force-request': 'force-request.unknown',
  'patrol-shift': 'patrol-shift.unknown',
  'shift-trade': 'trade.unknown',
  'duty-level': 'duty-level.unknown',
} as const satisfies Record<PatrolText, ErrorCode>;

/** What is put over an answer that was kept. */
const EMPTY: Readonly<Record<PatrolText, object>> = {
  'force-request': { text: '', timeline: [] },
  'patrol-shift': { note: null },
  'shift-trade': { reason: '' },
  'duty-level': { reason: '', liftReason: '' },
};
