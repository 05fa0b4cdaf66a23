import { Injectable } from '@nestjs/common';
import { toInstant, toMs, type Visit, type VisitAction, type VisitBoard, type VisitQuery } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamRepository } from '../teams/team.repository.js';
import { presentForces } from './evidence.query.js';
import { coverageOf, isContestable, visitView } from './visit-view.rules.js';
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
    const centre = query.centre ?? by.centre;
    this.access.requireAct(by, centre);
    const [from, to] = [toMs(query.from), toMs(query.to)];
    if (!(from < to && to - from <= LONGEST_MS))
      throw new Fault('request.malformed', { seen: query, wanted: 'from < to, within 48 h' });
    const { team, shift } = query;
    const rows = await this.visits.list({ centres: this.tree.subtree(centre), team, shift, from, to });
    const teams = await this.#teamsOf(rows);
    const now = this.clock.now();
    const counted = rows.map((visit) => {
      const of = teams.get(visit.team);
      return { visit, callSign: of?.callSign ?? '', forces: presentForces(of?.forces ?? {}) };
    });
    return {
      items: counted.map(({ visit, callSign }) =>
        visitView(visit, { callSign, actions: this.actions(by, visit) }),
      ),
      coverage: coverageOf(counted, now),
      at: toInstant(now),
    };
  }

  async view(by: Caller, visit: VisitRow): Promise<Visit> {
    const team = (await this.#teamsOf([visit])).get(visit.team);
    return visitView(visit, { callSign: team?.callSign ?? '', actions: this.actions(by, visit) });
  }

  /** Whoever works there contests; a commander who did not contest decides. */
  actions(by: Caller, visit: VisitRow): VisitAction[] {
    if (by.role === 'display' || by.role === 'admin' || !this.access.mayAct(by, visit.centre)) return [];
    if (isContestable(visit)) return ['contest'];
    const { contest } = visit;
    const mayDecide = by.role === 'commander' && contest?.state === 'open' && contest.by !== by.account;
    return mayDecide ? ['uphold', 'dismiss'] : [];
  }

  async #teamsOf(rows: readonly VisitRow[]) {
    const found = await this.teams.findMany([...new Set(rows.map(({ team }) => team))]);
    return new Map(found.map((team) => [team.id, team]));
  }
}
