import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { TeamDesk } from '../teams/team-desk.js';
import { TeamRepository } from '../teams/team.repository.js';
import { audienceOf, PatrolShiftRepository } from './patrol-shift.repository.js';
import { isRunning, OVERTIME_MS, patrolShiftCard, type PatrolShiftMoved } from './patrol-shift.rules.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';

/** Kinds of due times: a shift's planned start and end. Subject: the shift. */
export const PATROL_SHIFT_START = 'patrol-shift.start';
export const PATROL_SHIFT_END = 'patrol-shift.end';

/** Who did it; `by: null` is the product itself. */
export interface PatrolDeed {
  readonly by: Pick<Caller, 'account' | 'credential'> | null;
  readonly now: number;
}

/** Writes shifts with their clocks and the audit, and says which facts that is; moves the team that they are of. */
@Injectable()
export class PatrolShiftDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly shifts: PatrolShiftRepository,
    private readonly teams: TeamRepository,
    private readonly teamDesk: TeamDesk,
    readonly clock: Clock,
  ) {}

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
    const line = { caller: by, action: 'patrol-shift.planned', subject: `patrol-shift:${first.id}` };
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
    const line = { caller: by, action: moved.fact, subject: `patrol-shift:${id}` };
    await this.audit.write(tx, { ...line, outcome: 'done' });
    return draftOf(written, now);
  }

  /** Whom a shift's end would leave on an incident without a crew. */
  async isHeld(tx: EntityManager, shift: PatrolShiftRow): Promise<boolean> {
    const team = await this.teams.find(shift.team, tx);
    return team !== null && team.incidents.length > 0 && !(await this.shifts.hasOther(tx, shift));
  }

  async lookAgain(tx: EntityManager, { id }: PatrolShiftRow, now: number): Promise<void> {
    await this.clocks.set(tx, { kind: PATROL_SHIFT_END, subject: id, dueAt: now + OVERTIME_MS });
  }

  /**
   * What a shift that began or ended makes of its team: the first one takes it out of its rest, the last one sends it
   * there. Between two the vehicle stays on the street, and an incident keeps it in any case.
   */
  async relieve(tx: EntityManager, shift: PatrolShiftRow, now: number): Promise<Draft[]> {
    const found = await this.teams.find(shift.team, tx);
    if (!found || found.closedAt !== null) return [];
    const [team] = await this.teams.lockMany(tx, [shift.team]);
    if (!team) return [];
    const isOn = isRunning(shift) || (await this.shifts.hasOther(tx, shift));
    const draft = await this.teamDesk.relieve(tx, team, { isOn, at: now });
    return draft ? [draft] : [];
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
