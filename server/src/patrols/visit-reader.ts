import { Injectable } from '@nestjs/common';
import {
  type Id,
  toInstant,
  toMs,
  type Visit,
  type VisitAction,
  type VisitBoard,
  type VisitCoverage,
  type VisitQuery,
} from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamRepository } from '../teams/team.repository.js';
import { presentForces } from './evidence.query.js';
import { type Counted, coverageOf, isContestable, pointsOf, visitView } from './visit-view.rules.js';
import { type VisitRow, VisitRepository } from './visit.repository.js';

const LONGEST_MS = 48 * 3_600_000;

/** Visits as one caller may see them: of teams of the own centre and of every centre below. */
@Injectable()
export class VisitReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly visits: VisitRepository,
    private readonly teams: TeamRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` */
  async board(by: Caller, query: VisitQuery): Promise<VisitBoard> {
    const counted = await this.#counted(by, query);
    const now = this.clock.now();
    const items = counted.map(({ visit, callSign }) =>
      visitView(visit, { callSign, actions: this.actions(by, visit), now }),
    );
    return { items, ...this.#covered(counted, now) };
  }

  /** What a wall may show of the same. @throws Fault `centre.unknown` */
  async coverage(by: Caller, query: VisitQuery): Promise<VisitCoverage> {
    return this.#covered(await this.#counted(by, query), this.clock.now());
  }

  /** Those of some shifts, by their windows. */
  async ofShifts(by: Caller, shifts: readonly Id[]): Promise<Visit[]> {
    const rows = await this.visits.ofShifts(shifts);
    const teams = await this.#teamsOf(rows);
    return rows.map((visit) =>
      visitView(visit, {
        callSign: teams.get(visit.team)?.callSign ?? '',
        actions: this.actions(by, visit),
        now: this.clock.now(),
      }),
    );
  }

  /** Whether a visit is the caller's: of a team of the own subtree, or of the team whose handheld it is. */
  isOwn(by: Caller, { team, centre }: VisitRow): boolean {
    return by.handheld ? by.handheld.team === team : this.access.mayAct(by, centre);
  }

  async view(by: Caller, visit: VisitRow): Promise<Visit> {
    const team = (await this.#teamsOf([visit])).get(visit.team);
    const callSign = team?.callSign ?? '';
    return visitView(visit, { callSign, actions: this.actions(by, visit), now: this.clock.now() });
  }

  /** Whoever works there, and the team itself, contests; a commander who did not contest decides. */
  actions(by: Caller, visit: VisitRow): VisitAction[] {
    if (by.role === 'display' || by.role === 'admin' || !this.isOwn(by, visit)) return [];
    if (isContestable(visit)) return ['contest'];
    const { contest } = visit;
    const mayDecide = by.role === 'commander' && contest?.state === 'open' && contest.by !== by.account;
    return mayDecide ? ['uphold', 'dismiss'] : [];
  }

  #covered(counted: readonly Counted[], now: number): VisitCoverage {
    const visits = counted.map(({ visit }) => visit);
    return { coverage: coverageOf(counted, now), points: pointsOf(visits, now), at: toInstant(now) };
  }

  async #counted(by: Caller, query: VisitQuery): Promise<Counted[]> {
    const { centre = by.centre, team, shift } = query;
    this.access.requireAct(by, centre);
    const rows = await this.visits.list({
      centres: this.tree.subtree(centre),
      team,
      shift,
      span: spanOf(query),
    });
    const teams = await this.#teamsOf(rows);
    return rows.map((visit) => {
      const of = teams.get(visit.team);
      return { visit, callSign: of?.callSign ?? '', forces: presentForces(of?.forces ?? {}) };
    });
  }

  async #teamsOf(rows: readonly VisitRow[]) {
    const found = await this.teams.findMany([...new Set(rows.map(({ team }) => team))]);
    return new Map(found.map((team) => [team.id, team]));
  }
}

/** Null: no span was asked for. @throws Fault `request.malformed` */
function spanOf(query: VisitQuery): { from: number; to: number } | null {
  if (query.from === undefined && query.to === undefined) return null;
  const [from, to] = [toMs(query.from ?? ''), toMs(query.to ?? '')];
  if (!(from < to && to - from <= LONGEST_MS))
    throw new Fault('request.malformed', { seen: query, wanted: 'from < to within 48 h, or neither' });
  return { from, to };
}
