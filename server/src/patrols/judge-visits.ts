import { Injectable } from '@nestjs/common';
import { type Id, type TeamId, VISITS_TOPIC } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import type { TeamRow } from '../teams/team.table.js';
import { OwedVisits } from './owed-visits.js';
import { PatrolHints } from './patrol-hints.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';
import type { Span } from './visit-window.rules.js';
import { VisitEvidence } from './visit-evidence.js';
import { doubtsAt, type Found, foundAt, judge, markOrder, type Owed, type Verdict } from './visit.rules.js';
import { type VisitRow, VisitRepository } from './visit.repository.js';

interface OnShift {
  readonly shift: PatrolShiftRow;
  readonly team: TeamRow;
  readonly span: Span;
}
/** Whose visits have changed. */
type Changed = Pick<PatrolShiftRow, 'centre' | 'team'>;

/**
 * Judges the visits of a shift from what is stored: all of its fixes, whenever they came, under a lock per shift. The
 * same fixes give the same visits, so that it may be done by anybody, at any time, any number of times.
 */
@Injectable()
export class JudgeVisits {
  constructor(
    private readonly database: Database,
    private readonly shifts: PatrolShiftRepository,
    private readonly owed: OwedVisits,
    private readonly visits: VisitRepository,
    private readonly hints: PatrolHints,
    private readonly evidence: VisitEvidence,
  ) {}

  /** `now` in ms since 1970. */
  async run(shift: Id, now: number): Promise<void> {
    const changed = await this.database.transaction((tx) => this.judgeIn(tx, shift, now));
    this.tell(changed);
  }

  /** Brings what a shift owes to what plans and levels ask for now, and judges nothing: that takes longer. */
  async settle(shift: Id, now: number): Promise<void> {
    const changed = await this.database.transaction(async (tx) => {
      const one = await this.#hold(tx, shift);
      return one && (await this.#settle(tx, one, now)) ? one.shift : null;
    });
    this.tell(changed);
  }

  /** The same for the shifts that a team has on. */
  async settleTeam(team: TeamId, now: number): Promise<void> {
    const shifts = await this.shifts.planned({ teams: [team], from: now, to: now + 1 });
    for (const { id } of shifts) await this.settle(id, now);
  }

  /** Once the transaction is done: the screens look again, and the team's handheld. */
  tell(changed: Changed | null): void {
    if (changed) this.hints.changed(VISITS_TOPIC, changed.centre, changed.team);
  }

  /** Answers whose visits are not what they were, where others may be told so; null: nothing has changed. */
  async judgeIn(tx: EntityManager, id: Id, now: number): Promise<Changed | null> {
    const one = await this.#hold(tx, id);
    if (!one) return null;
    const { shift, team } = one;
    const isOwedAnew = await this.#settle(tx, one, now);
    // The moment of a hint would say when a team was there whose force does not release it.
    const told = team.grain === 'precise' ? shift : null;
    const rows = await this.visits.ofShift(tx, id);
    if (rows.length === 0) return isOwedAnew ? told : null;
    const verdicts = await this.#verdicts(tx, { ...one, rows }, now);
    const next = rows.flatMap((row) => withVerdict(row, verdicts.get(row.id)) ?? []);
    for (const row of next) await this.visits.update(tx, row);
    return isOwedAnew || next.length > 0 ? told : null;
  }

  /** A shift that owes visits, held until the transaction ends. */
  async #hold(tx: EntityManager, id: Id): Promise<OnShift | null> {
    await this.visits.holdShift(tx, id);
    const [shift] = await this.shifts.findMany([id], tx);
    if (!shift || shift.state === 'called-off') return null;
    const team = await this.evidence.teamOf(tx, shift.team);
    const span = { from: shift.startsAt, to: await this.shifts.endOf(tx, shift) };
    return team && span.from < span.to ? { shift, team, span } : null;
  }

  async #settle(tx: EntityManager, { shift, span }: OnShift, now: number): Promise<boolean> {
    return now < span.to && (await this.owed.settle(tx, shift, span, now));
  }

  async #verdicts(
    tx: EntityManager,
    { team, span, rows }: OnShift & { readonly rows: readonly VisitRow[] },
    now: number,
  ): Promise<Map<string, Verdict>> {
    const evidence = await this.evidence.of(tx, team, span, rows);
    const verdicts = new Map<string, Verdict>();
    for (const checkpoint of new Set(rows.map((row) => row.checkpoint))) {
      const mine = rows.filter((row) => row.checkpoint === checkpoint);
      const [first] = mine;
      if (!first) continue;
      const point = { ...first.terms, checkpoint, wanted: first.terms.forces };
      await this.evidence.noteDoubts(tx, doubtsAt(point, evidence), evidence.checkIns);
      const found: Found[] = foundAt(point, evidence);
      for (const [id, verdict] of judge(mine.map(owedOf), found, now)) verdicts.set(id, verdict);
    }
    // A raised level may have a plan of its own, in an order of its own.
    const ordered = rows.filter(({ terms }) => terms.isOrdered).map(owedOf);
    return new Map([...verdicts, ...markOrder(ordered, verdicts)]);
  }
}

const owedOf = ({ id, plan, windowFrom, windowTo, round, place }: VisitRow): Owed => ({
  id,
  plan,
  from: windowFrom,
  to: windowTo,
  round,
  place,
});

/** The row with what is now known of it; null where that is what it says already, or nothing can be known any more. */
function withVerdict(row: VisitRow, verdict: Verdict | undefined): VisitRow | null {
  if (!verdict || (row.stayedS ?? null) !== null) return null;
  const { from: cameAt, to: leftAt, ...judged } = verdict;
  const told = { ...judged, cameAt, leftAt };

  const isSame = (Object.keys(told) as (keyof typeof told)[]).every(
    (key) => JSON.stringify(told[key]) === JSON.stringify(row[key]),
  );
  return isSame ? null : { ...row, ...told, version: row.version + 1 };
}
