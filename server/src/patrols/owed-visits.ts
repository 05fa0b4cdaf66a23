import { Injectable } from '@nestjs/common';
import { DAILY_LEVEL, type DutyLevelNumber, type Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import { DutyLevelRepository } from './duty-level.repository.js';
import { dutyLevelCard } from './duty-level.rules.js';
import type { CheckpointRow, VisitPlanRow } from './ground.table.js';
import { GroundRepository } from './ground.repository.js';
import { PatrolShiftDesk } from './patrol-shift-desk.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';
import { type Span, touches, visitWindows } from './visit-window.rules.js';
import { type VisitRow, VisitRepository } from './visit.repository.js';

/** The kind of due time of a window's end. Subject: the visit. */
export const VISIT_WINDOW = 'visit.window';

/** What a shift owes by its team's plan and the duty levels; written as long as the shift is not over. */
@Injectable()
export class OwedVisits {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly desk: PatrolShiftDesk,
    private readonly levels: DutyLevelRepository,
    private readonly ground: GroundRepository,
    private readonly visits: VisitRepository,
  ) {}

  /**
   * Brings what is owed to what plan and levels ask for now; what is owed already keeps its terms, and what was made
   * stays and is not asked for again. Nobody is asked for what was over before it was asked. Answers whether something
   * is owed that was not, or the other way round.
   */
  async settle(tx: EntityManager, shift: PatrolShiftRow, span: Span, now: number): Promise<boolean> {
    const held = await this.visits.ofShift(tx, shift.id);
    const known = new Set(held.map(keyOf));
    const wanted = await this.#wanted(tx, shift, span);
    const keys = new Set(wanted.map(keyOf));
    const stale = held.filter((visit) => !keys.has(keyOf(visit))).map(({ id }) => id);
    const dropped = stale.length === 0 ? 0 : await this.visits.drop(tx, stale);
    const isNew = (visit: VisitRow) =>
      held.length === 0 || (visit.windowTo > now && !held.some(isMadeIn(visit)));
    const lacking = wanted.filter((visit) => !known.has(keyOf(visit)) && isNew(visit));
    const made = new Set(await this.visits.insert(tx, lacking));
    const due = lacking.filter(({ id }) => made.has(id));
    if (due.length > 0)
      await this.clocks.set(
        tx,
        ...due.map(({ id, windowTo }) => ({ kind: VISIT_WINDOW, subject: id, dueAt: windowTo })),
      );
    return dropped > 0 || due.length > 0;
  }

  async #wanted(tx: EntityManager, shift: PatrolShiftRow, span: Span): Promise<VisitRow[]> {
    const plans = await this.ground.plans([shift.team], tx);
    if (plans.length === 0) return [];
    const lineage = this.tree.lineage(shift.centre);
    const levels = (await this.levels.binding(tx, lineage, span)).map(dutyLevelCard);
    const owed: VisitRow[] = [];
    for (const plan of plans.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      // A plan of its own takes the place of the daily one as long as its level holds.
      const isServed = (level: DutyLevelNumber) =>
        (plans.some((one) => one.level === level) ? level : DAILY_LEVEL) === plan.level;
      for (const [place, point] of (await this.#pointsOf(tx, plan)).entries()) {
        const taken = owed.filter(({ checkpoint }) => checkpoint === point.id);
        visitWindows(point, span, { lineage, levels, isServed }, this.desk.timeZone).forEach(
          (window, round) => {
            if (
              !taken.some(({ windowFrom, windowTo }) => touches(window, { from: windowFrom, to: windowTo }))
            )
              owed.push(this.#owed({ shift, plan, point }, { ...window, round, place }));
          },
        );
      }
    }
    return owed;
  }

  /** The checkpoints named, in their order, then those of the beats. */
  async #pointsOf(tx: EntityManager, plan: VisitPlanRow): Promise<CheckpointRow[]> {
    const named = await this.ground.checkpointsBy(plan.checkpoints, tx);
    const byId = new Map(named.filter(({ closedAt }) => closedAt === null).map((row) => [row.id, row]));
    const first = plan.checkpoints.flatMap((id) => byId.get(id) ?? []);
    const rest = await this.ground.checkpointsOf(plan.beats, tx);
    return [...first, ...rest.filter(({ id }) => !byId.has(id))];
  }

  #owed(
    { shift, plan, point }: { shift: PatrolShiftRow; plan: VisitPlanRow; point: CheckpointRow },
    { from: windowFrom, to: windowTo, ...order }: Span & Pick<VisitRow, 'round' | 'place'>,
  ): VisitRow {
    const { lng, lat, radiusM, dwellS, forces, names, beat, isGpsBlind } = point;
    return {
      ...order,
      windowFrom,
      windowTo,
      id: this.desk.clock.mint(),
      plan: plan.id,
      checkpoint: point.id,
      shift: shift.id,
      team: shift.team,
      centre: shift.centre,
      beat,
      names,
      terms: { lng, lat, radiusM, dwellS, forces, isGpsBlind, isOrdered: plan.order === 'fixed' },
      state: 'due',
      flags: [],
      refusal: null,
      proof: null,
      cameAt: null,
      leftAt: null,
      forces: [],
      contest: null,
      version: 1,
    };
  }
}

/** Plans of raised levels first. */
const rankOf = ({ level }: VisitPlanRow): number => Number(level === DAILY_LEVEL);

/** Made in its own time, and within a window of the same checkpoint that is asked for now. */
const isMadeIn =
  ({ checkpoint, windowFrom, windowTo }: VisitRow) =>
  (visit: VisitRow): boolean =>
    visit.checkpoint === checkpoint &&
    visit.state === 'done' &&
    visit.cameAt !== null &&
    visit.cameAt >= Math.max(windowFrom, visit.windowFrom) &&
    visit.cameAt < Math.min(windowTo, visit.windowTo);

const keyOf = ({
  plan,
  checkpoint,
  windowFrom,
  windowTo,
}: {
  plan: Id;
  checkpoint: Id;
  windowFrom: number;
  windowTo: number;
}): string => `${plan} ${checkpoint} ${windowFrom} ${windowTo}`;
