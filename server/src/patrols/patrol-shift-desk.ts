import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { audienceOf, PatrolShiftRepository } from './patrol-shift.repository.js';
import { isRunning, OVERTIME_MS, patrolShiftCard, type PatrolShiftMoved } from './patrol-shift.rules.js';
import type { PatrolShiftRow, TradeRow } from './patrol-shift.table.js';

/** Kinds of due times: a shift's planned start and end. Subject: the shift. */
export const PATROL_SHIFT_START = 'patrol-shift.start';
export const PATROL_SHIFT_END = 'patrol-shift.end';

/** Who did it; `by: null` is the product itself. */
export interface PatrolDeed {
  readonly by: Pick<Caller, 'account' | 'credential'> | null;
  readonly now: number;
}

/** Writes shifts with their clocks and the audit, and says which facts that is. */
@Injectable()
export class PatrolShiftDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly shifts: PatrolShiftRepository,
    readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** On whose wall clock shifts are planned. */
  get timeZone(): string {
    return this.config.timeZone;
  }

  /** Writes a plan: a fact for each shift, one line in the audit. */
  async plan(
    tx: EntityManager,
    moves: readonly PatrolShiftMoved[],
    { by, now }: PatrolDeed,
  ): Promise<Draft[]> {
    const addressed = moves.map((moved) => this.#addressed(moved));
    const rows = addressed.map(({ next }) => next);
    const [first] = rows;
    if (!first) return [];
    await this.shifts.insert(tx, rows);
    await this.clocks.set(
      tx,
      ...rows.flatMap(({ id, startsAt, endsAt }) => [
        { kind: PATROL_SHIFT_START, subject: id, dueAt: startsAt },
        { kind: PATROL_SHIFT_END, subject: id, dueAt: endsAt },
      ]),
    );
    const detail = { shifts: rows.length, teams: [...new Set(rows.map(({ team }) => team))] };
    const line = { caller: by, action: 'patrol-shift.planned', subject: `patrol-shift:${first.id}` } as const;
    await this.audit.write(tx, { ...line, outcome: 'done', detail });
    return addressed.map((moved) => draftOf(moved, now));
  }

  async write(tx: EntityManager, moved: PatrolShiftMoved, { by, now }: PatrolDeed): Promise<Draft> {
    const written = this.#addressed(moved);
    const { id, state } = written.next;
    await this.shifts.update(tx, written.next);
    if (state !== 'planned')
      await this.clocks.cancel(
        tx,
        isRunning(written.next) ? [PATROL_SHIFT_START] : [PATROL_SHIFT_START, PATROL_SHIFT_END],
        id,
      );
    const line = { caller: by, action: moved.fact, subject: `patrol-shift:${id}` } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    return draftOf(written, now);
  }

  async lookAgain(tx: EntityManager, { id }: PatrolShiftRow, now: number): Promise<void> {
    await this.clocks.set(tx, { kind: PATROL_SHIFT_END, subject: id, dueAt: now + OVERTIME_MS });
  }

  /** A line in the audit for a step of a trade. */
  async note(tx: EntityManager, caller: Caller, { id, state, give, take }: TradeRow): Promise<void> {
    const line = { caller, action: `shift-trade.${state}`, subject: `shift-trade:${id}` } as const;
    await this.audit.write(tx, { ...line, outcome: 'done', detail: { give, take } });
  }

  #addressed(moved: PatrolShiftMoved): PatrolShiftMoved {
    return { ...moved, next: { ...moved.next, seenBy: audienceOf(moved.next, this.tree) } };
  }
}

function draftOf({ next, fact }: PatrolShiftMoved, at: number): Draft {
  const { id, version, seenBy } = next;
  const card = isRunning(next) ? patrolShiftCard(next) : null;
  return { fact, kind: 'patrol-shift', id, version, at, card, seenBy };
}
