import { Injectable } from '@nestjs/common';
import {
  type CentreId,
  type Id,
  type PatrolBoard,
  type PatrolShift,
  type PatrolShiftQuery,
  patrolShiftSteps,
  type PatrolShiftAction,
  PLAN_DAYS,
  type TeamId,
  toInstant,
  toMs,
  underTerms,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamRepository } from '../teams/team.repository.js';
import { LevelBook } from './level-book.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { patrolShiftCard } from './patrol-shift.rules.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';
import { conflictsOf } from './shift-conflict.rules.js';

const LONGEST_MS = (PLAN_DAYS + 1) * 86_400_000;

/** Shifts as one caller may see them: those of the own centre and of every centre below. */
@Injectable()
export class PatrolShiftReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly shifts: PatrolShiftRepository,
    private readonly teams: TeamRepository,
    private readonly levels: LevelBook,
    private readonly clock: Clock,
  ) {}

  /** The plan of a centre, with all that would not hold in it. @throws Fault `centre.unknown` */
  async board(by: Caller, query: PatrolShiftQuery): Promise<PatrolBoard> {
    const centre = query.centre ?? by.centre;
    this.access.requireAct(by, centre);
    const [from, to] = [toMs(query.from), toMs(query.to)];
    if (!(from < to && to - from <= LONGEST_MS))
      throw new Fault('request.malformed', { seen: query, wanted: `from < to, within ${PLAN_DAYS} days` });
    const centres = this.tree.subtree(centre);
    const rows = await this.shifts.within({
      centres,
      from,
      to,
      ...(query.team ? { teams: [query.team] } : {}),
    });
    // What is over can no longer be mended.
    const ahead = { from: Math.max(from, this.clock.now()), to };
    const wanted = query.team || ahead.from >= to ? [] : await this.levels.wantedIn(centre, ahead);
    const open = rows.filter(({ state }) => state !== 'ended');
    return {
      items: await this.views(by, rows),
      conflicts: conflictsOf(rows.map(withThere), ...wanted).filter(
        ({ kind, shifts }) => kind === 'few-teams' || open.some(({ id }) => shifts.includes(id)),
      ),
      at: toInstant(this.clock.now()),
    };
  }

  /** The shifts of one team within a span (ms since 1970), by their start. */
  async ofTeam(by: Caller, team: TeamId, span: { from: number; to: number }): Promise<PatrolShift[]> {
    const rows = await this.shifts.within({ ...span, teams: [team] });
    return this.views(
      by,
      rows.filter((row) => row.team === team),
    );
  }

  /** @throws Fault `patrol-shift.unknown`, whether it is foreign or unknown; `patrol-shift.stale` */
  async lockFor(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: Id; version: number },
  ): Promise<PatrolShiftRow> {
    const shift = await this.shifts.lock(tx, id);
    if (!shift || !this.access.mayRead(by, shift.seenBy)) throw new Fault('patrol-shift.unknown', { id });
    if (!this.access.mayAct(by, shift.centre))
      throw new Fault('scope.denied', { id, centre: shift.centre, wanted: 'a team of the own subtree' });
    if (shift.version === version) return shift;
    const [current] = await this.views(by, [shift], tx);
    throw new Fault('patrol-shift.stale', { seen: version, current });
  }

  async views(by: Caller, rows: readonly PatrolShiftRow[], tx?: EntityManager): Promise<PatrolShift[]> {
    const found = await this.teams.findMany([...new Set(rows.map(({ team }) => team))], tx);
    const teams = new Map(found.map((team) => [team.id, team]));
    const trades = await this.shifts.openTrades(
      rows.map(({ id }) => id),
      tx,
    );
    const now = this.clock.now();
    return rows.map((row) => {
      const team = teams.get(row.team);
      const crew = Object.values(team?.forces ?? {}).reduce((sum, count) => sum + count, 0);
      return {
        ...patrolShiftCard(row),
        callSign: team?.callSign ?? '',
        note: row.note,
        strength: underTerms(crew, this.levels.termsAt(row.centre, within(row, now)).strengthPct),
        trade: trades.find(({ give, take }) => give === row.id || take === row.id)?.id ?? null,
        actions: this.#actions(by, row),
      };
    });
  }

  #actions(by: Caller, { state, centre }: PatrolShiftRow): PatrolShiftAction[] {
    return this.mayStep(by, centre) ? (Object.keys(patrolShiftSteps(state)) as PatrolShiftAction[]) : [];
  }

  mayStep(by: Caller, centre: CentreId): boolean {
    return by.role !== 'display' && this.access.mayAct(by, centre);
  }
}

/** The moment of a shift that is nearest to now: its start until it has begun. */
const within = ({ startsAt, endsAt }: PatrolShiftRow, now: number): number =>
  Math.max(startsAt, Math.min(now, endsAt - 1));

const withThere = (row: PatrolShiftRow) => ({
  ...row,
  there: { from: row.startedAt ?? row.startsAt, to: row.endedAt ?? row.endsAt },
});
