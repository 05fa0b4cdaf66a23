import { Injectable } from '@nestjs/common';
import {
  type Id,
  type PositionRelease,
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
import type { TeamRow } from '../teams/team.table.js';
import { presentForces } from './evidence.query.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { isTold, summable, withoutTimes } from './visit-release.rules.js';
import { type Counted, coverageOf, isContestable, pointsOf, visitView } from './visit-view.rules.js';
import { type VisitRow, VisitRepository } from './visit.repository.js';

const LONGEST_MS = 48 * 3_600_000;

interface OfTeam extends Counted {
  readonly team: TeamRow | undefined;
}
/** What a caller is told of some visits: one by one, only in sums, and how many are not told one by one. */
interface Told {
  readonly visits: readonly OfTeam[];
  readonly sums: readonly Counted[];
  readonly withheld: number;
}

/**
 * Visits as one caller may see them: of teams of the own centre and of every centre below, and of those no more than
 * their force releases of where they are.
 */
@Injectable()
export class VisitReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly visits: VisitRepository,
    private readonly teams: TeamRepository,
    private readonly shifts: PatrolShiftRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown` */
  async board(by: Caller, query: VisitQuery): Promise<VisitBoard> {
    const told = await this.#told(by, query);
    const items = told.visits.map(({ visit, team }) => this.#seen(by, visit, team));
    return { items, ...this.#covered(told) };
  }

  /** What a wall may show of the same. @throws Fault `centre.unknown` */
  async coverage(by: Caller, query: VisitQuery): Promise<VisitCoverage> {
    return this.#covered(await this.#told(by, query));
  }

  /** Those of some shifts, by their windows. */
  async ofShifts(by: Caller, shifts: readonly Id[]): Promise<Visit[]> {
    const rows = await this.#withTeams(await this.visits.ofShifts(shifts));
    return rows.filter((one) => this.#mayRead(by, one)).map(({ visit, team }) => this.#seen(by, visit, team));
  }

  /** Whether a visit is told to the caller at all: of the own team, or of one of the own subtree that releases it. */
  async isTold(by: Caller, visit: VisitRow): Promise<boolean> {
    const [one] = await this.#withTeams([visit]);
    return one !== undefined && this.#mayRead(by, one);
  }

  async view(by: Caller, visit: VisitRow): Promise<Visit> {
    const [one] = await this.#withTeams([visit]);
    return this.#seen(by, visit, one?.team);
  }

  /** Whoever works there, and the team itself, contests; a commander who did not contest decides. */
  actions(by: Caller, visit: VisitRow): VisitAction[] {
    if (by.role === 'display' || by.role === 'admin' || !this.#isOwn(by, visit)) return [];
    if (isContestable(visit)) return ['contest'];
    const { contest } = visit;
    const mayDecide = by.role === 'commander' && contest?.state === 'open' && contest.by !== by.account;
    return mayDecide ? ['uphold', 'dismiss'] : [];
  }

  #isOwn(by: Caller, { team, centre }: VisitRow): boolean {
    return by.handheld ? by.handheld.team === team : this.access.mayAct(by, centre);
  }

  #mayRead(by: Caller, one: OfTeam): boolean {
    return this.#isOwn(by, one.visit) && this.#isTold(by, one);
  }

  #isTold(by: Caller, { visit, team }: OfTeam): boolean {
    return by.handheld?.team === visit.team || isTold(grainOf(team), visit);
  }

  #seen(by: Caller, visit: VisitRow, team: TeamRow | undefined): Visit {
    const [callSign, actions] = [team?.callSign ?? '', this.actions(by, visit)];
    const view = visitView(visit, { callSign, actions, now: this.clock.now() });
    const isWhole = by.handheld?.team === visit.team || grainOf(team) === 'precise';
    return isWhole ? view : withoutTimes(view);
  }

  #covered({ visits, sums, withheld }: Told): VisitCoverage {
    const now = this.clock.now();
    const placed = visits.filter(({ team }) => grainOf(team) === 'precise');
    const points = pointsOf(
      placed.map(({ visit }) => visit),
      now,
    );
    return { coverage: coverageOf(placed, sums, now), points, withheld, at: toInstant(now) };
  }

  async #told(by: Caller, query: VisitQuery): Promise<Told> {
    const { centre = by.centre, team, shift } = query;
    this.access.requireAct(by, centre);
    const rows = await this.#withTeams(
      await this.visits.list({ centres: this.tree.subtree(centre), team, shift, span: spanOf(query) }),
    );
    const visits = rows.filter((one) => this.#isTold(by, one));
    return { visits, sums: await this.#sums(rows), withheld: rows.length - visits.length };
  }

  /** Whole shifts of teams whose places are told coarsely; of those that release none, not even a sum. */
  async #sums(rows: readonly OfTeam[]): Promise<readonly Counted[]> {
    const coarse = rows.filter(({ team }) => grainOf(team) === 'coarse').map(({ visit }) => visit.shift);
    const ids = [...new Set(coarse)];
    if (ids.length === 0) return [];
    const [shifts, visits] = await Promise.all([this.shifts.findMany(ids), this.visits.ofShifts(ids)]);
    return summable(await this.#withTeams(visits), shifts, this.clock.now());
  }

  async #withTeams(rows: readonly VisitRow[]): Promise<OfTeam[]> {
    const found = await this.teams.findMany([...new Set(rows.map(({ team }) => team))]);
    const teams = new Map(found.map((team) => [team.id, team]));
    return rows.map((visit) => {
      const team = teams.get(visit.team);
      return { visit, team, callSign: team?.callSign ?? '', forces: presentForces(team?.forces ?? {}) };
    });
  }
}

/** Of a team that nobody knows nothing is told. */
const grainOf = (team: TeamRow | undefined): PositionRelease => team?.grain ?? 'on-request';

/** Null: no span was asked for. @throws Fault `request.malformed` */
function spanOf(query: VisitQuery): { from: number; to: number } | null {
  if (query.from === undefined && query.to === undefined) return null;
  const [from, to] = [toMs(query.from ?? ''), toMs(query.to ?? '')];
  if (!(from < to && to - from <= LONGEST_MS))
    throw new Fault('request.malformed', { seen: query, wanted: 'from < to within 48 h, or neither' });
  return { from, to };
}
