import { Injectable } from '@nestjs/common';
import { type CentreId, type Force, type Id, VISITS_TOPIC } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import type { TeamRow } from '../teams/team.table.js';
import { TeamRepository } from '../teams/team.repository.js';
import { companionTeams, presentForces, readFixes } from './evidence.query.js';
import { OwedVisits } from './owed-visits.js';
import { PatrolHints } from './patrol-hints.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';
import type { Span } from './visit-window.rules.js';
import {
  type Evidence,
  type Found,
  foundAt,
  judge,
  markOrder,
  type Owed,
  type Verdict,
} from './visit.rules.js';
import { type VisitRow, VisitRepository } from './visit.repository.js';

const DAY_MS = 86_400_000;
const SLACK_MS = 1_800_000;
/** Days before that a shift is compared with. */
const DAYS_BEFORE = [1, 2, 7];

/**
 * Judges the visits of a shift from what is stored: all of its fixes, whenever they came, under a lock per shift. The
 * same fixes give the same visits, so that it may be done by anybody, at any time, any number of times.
 */
@Injectable()
export class JudgeVisits {
  constructor(
    private readonly database: Database,
    private readonly shifts: PatrolShiftRepository,
    private readonly teams: TeamRepository,
    private readonly owed: OwedVisits,
    private readonly visits: VisitRepository,
    private readonly hints: PatrolHints,
  ) {}

  /** `now` in ms since 1970. */
  async run(shift: Id, now: number): Promise<void> {
    const changed = await this.database.transaction((tx) => this.judgeIn(tx, shift, now));
    if (changed) this.hints.changed(VISITS_TOPIC, changed);
  }

  /** Answers whose visits are not what they were; null: nothing has changed. */
  async judgeIn(tx: EntityManager, id: Id, now: number): Promise<CentreId | null> {
    await this.visits.holdShift(tx, id);
    const [shift] = await this.shifts.findMany([id], tx);
    if (!shift || shift.state === 'called-off') return null;
    const team = await this.teams.find(shift.team, tx);
    const span = { from: shift.startsAt, to: await this.shifts.endOf(tx, shift) };
    if (!team || span.from >= span.to) return null;
    const isOwedAnew = now < span.to && (await this.owed.settle(tx, shift, span));
    const rows = await this.visits.ofShift(tx, id);
    if (rows.length === 0) return isOwedAnew ? shift.centre : null;
    const verdicts = await this.#verdicts(tx, { shift, team, span, rows }, now);
    const next = rows.flatMap((row) => withVerdict(row, verdicts.get(row.id)) ?? []);
    for (const row of next) await this.visits.update(tx, row);
    return isOwedAnew || next.length > 0 ? shift.centre : null;
  }

  async #verdicts(
    tx: EntityManager,
    { team, span, rows }: { shift: PatrolShiftRow; team: TeamRow; span: Span; rows: readonly VisitRow[] },
    now: number,
  ): Promise<Map<string, Verdict>> {
    const evidence = await this.#evidence(tx, team, span, rows);
    const verdicts = new Map<string, Verdict>();
    for (const checkpoint of new Set(rows.map((row) => row.checkpoint))) {
      const mine = rows.filter((row) => row.checkpoint === checkpoint);
      const [first] = mine;
      if (!first) continue;
      const found: Found[] = foundAt({ ...first.terms, wanted: first.terms.forces }, evidence);
      for (const [id, verdict] of judge(mine.map(owedOf), found, now)) verdicts.set(id, verdict);
    }
    return rows[0]?.terms.isOrdered ? markOrder(rows.map(owedOf), verdicts) : verdicts;
  }

  async #evidence(
    tx: EntityManager,
    team: TeamRow,
    span: Span,
    rows: readonly VisitRow[],
  ): Promise<Evidence> {
    const forces = presentForces(team.forces);
    const tracks = await readFixes(tx, [team.id], span);
    const before = tracks.length === 0 ? [] : await this.#before(tx, team, span);
    const lacking = rows.flatMap((row) => row.terms.forces).filter((force) => !forces.includes(force));
    return {
      mode: team.mode,
      forces,
      tracks: tracks.map(({ device, fixes }) => ({
        fixes,
        before: before.filter((track) => track.device === device).flatMap((track) => track.fixes),
      })),
      companions: lacking.length === 0 ? [] : await this.#companions(tx, team, span, [...new Set(lacking)]),
    };
  }

  async #before(tx: EntityManager, team: TeamRow, span: Span) {
    const days = [];
    for (const day of DAYS_BEFORE.toReversed()) {
      const [from, to] = [span.from - day * DAY_MS - SLACK_MS, span.to - day * DAY_MS + SLACK_MS];
      days.push(...(await readFixes(tx, [team.id], { from, to })));
    }
    return days;
  }

  async #companions(tx: EntityManager, team: TeamRow, span: Span, lacking: readonly Force[]) {
    const others = await companionTeams(tx, lacking, { team: team.id, ...span });
    const tracks = await readFixes(
      tx,
      others.map(({ id }) => id),
      span,
    );
    return tracks.map((track) => ({
      fixes: track.fixes,
      forces: others.find(({ id }) => id === track.team)?.forces ?? [],
    }));
  }
}

const owedOf = ({ id, windowFrom, windowTo, round, place }: VisitRow): Owed => ({
  id,
  from: windowFrom,
  to: windowTo,
  round,
  place,
});

/** The row with what is now known of it; null where that is what it says already. */
function withVerdict(row: VisitRow, verdict: Verdict | undefined): VisitRow | null {
  if (!verdict) return null;
  const { state, flags, refusal, from: cameAt, to: leftAt, forces } = verdict;
  const told = { state, flags, refusal, cameAt, leftAt, forces };
  const { state: s, flags: f, refusal: r, cameAt: c, leftAt: l, forces: o } = row;
  if (
    JSON.stringify(told) ===
    JSON.stringify({ state: s, flags: f, refusal: r, cameAt: c, leftAt: l, forces: o })
  )
    return null;
  return { ...row, ...told, version: row.version + 1 };
}
