import { Injectable } from '@nestjs/common';
import { isForbidden, type PatrolPlanDraft, type PatrolPlanned, PLAN_SHIFTS } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { TeamLookup } from '../teams/team-lookup.js';
import { PatrolShiftDesk } from './patrol-shift-desk.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { type PatrolShiftMoved, planShift } from './patrol-shift.rules.js';
import { conflictsOf } from './shift-conflict.rules.js';
import { shiftsOf } from './shift-plan.rules.js';

/** So far around a plan its neighbours are looked at: for rest, and for a gap of more than a day. */
const AROUND_MS = 48 * 3_600_000;

/** Plans the shifts of some teams by a pattern, or shows what that would be. */
@Injectable()
export class PlanShifts {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly teams: TeamLookup,
    private readonly shifts: PatrolShiftRepository,
    private readonly reader: PatrolShiftReader,
    private readonly desk: PatrolShiftDesk,
  ) {}

  /**
   * @throws Fault `patrol-shift.double-booked` with the conflicts, `patrol-shift.none` where all of it lies in the past,
   * `team.unknown`, `scope.denied`, `request.too-large`
   */
  run(plan: PatrolPlanDraft, by: Caller, key: string | null): Promise<PatrolPlanned> {
    if (plan.preview) return this.journal.transaction((tx) => this.#make(tx, plan, by));
    const once = { key, route: 'POST /api/shifts', body: plan };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#make(tx, plan, by)),
    );
  }

  async #make(tx: EntityManager, plan: PatrolPlanDraft, by: Caller): Promise<PatrolPlanned> {
    const now = this.desk.clock.now();
    const moves = await this.#moves(tx, plan, by, now);
    const rows = moves.map(({ next }) => next);
    const from = Math.min(...rows.map(({ startsAt }) => startsAt)) - AROUND_MS;
    const to = Math.max(...rows.map(({ endsAt }) => endsAt)) + AROUND_MS;
    const held = await this.shifts.within({ teams: plan.teams, from, to }, tx);
    const ids = new Set(rows.map(({ id }) => id));
    const conflicts = conflictsOf([...held, ...rows]).filter(({ shifts }) =>
      shifts.some((id) => ids.has(id)),
    );
    if (plan.preview) return { items: await this.reader.views(by, rows, tx), conflicts, isPreview: true };
    const forbidden = conflicts.filter(isForbidden);
    if (forbidden.length > 0) throw new Fault('patrol-shift.double-booked', { conflicts: forbidden });
    const drafts = await this.desk.plan(tx, moves, { by, now });
    const items = await this.reader.views(by, rows, tx);
    await this.journal.append(tx, drafts);
    return { items, conflicts, isPreview: false };
  }

  /** Teams are locked in the order of their ids, so that two plans for the same ones see each other's shifts. */
  async #moves(
    tx: EntityManager,
    plan: PatrolPlanDraft,
    by: Caller,
    now: number,
  ): Promise<PatrolShiftMoved[]> {
    const homes = new Map<string, string>();
    for (const id of [...new Set(plan.teams)].sort())
      homes.set(id, (await this.teams.lockForChange(tx, id, by)).centre);
    const planned = shiftsOf({ ...plan, teams: [...homes.keys()] }, this.desk.timeZone).filter(
      ({ endsAt }) => endsAt > now,
    );
    if (planned.length === 0) throw new Fault('patrol-shift.none', { from: plan.from, days: plan.days });
    if (planned.length > PLAN_SHIFTS)
      throw new Fault('request.too-large', { seen: planned.length, wanted: `at most ${PLAN_SHIFTS} shifts` });
    return planned.map((shift) => planShift(shift, this.desk.clock.mint(), homes.get(shift.team) ?? ''));
  }
}
