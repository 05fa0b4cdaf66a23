import { Injectable } from '@nestjs/common';
import type { CentreId, ScopeId, Team, TeamId, TeamStatus } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Fault } from '../platform/fault.js';
import { LastFixes } from './last-fixes.js';
import { TeamRepository } from './team.repository.js';
import type { TeamRow } from './team.table.js';
import { teamView } from './team-view.js';

export interface TeamListQuery {
  readonly limit: number;
  readonly cursor?: TeamId | undefined;
  readonly scope?: ScopeId | undefined;
  /** Home centre, with all below it. */
  readonly centre?: CentreId | undefined;
  readonly status?: readonly TeamStatus[] | undefined;
  readonly closed: boolean;
}

/** Teams as a caller may see them: unknown and forbidden ones look alike. */
@Injectable()
export class TeamLookup {
  constructor(
    private readonly access: Access,
    private readonly teams: TeamRepository,
    private readonly fixes: LastFixes,
    private readonly tree: CentreTree,
  ) {}

  /** @throws Fault `team.unknown` */
  async read(id: TeamId, caller: Caller): Promise<TeamRow> {
    const team = await this.teams.find(id);
    if (!team || !this.access.mayRead(caller, team.seenBy)) throw new Fault('team.unknown', { id });
    return team;
  }

  /**
   * An open team that the caller may change, locked until the transaction ends.
   * @throws Fault `team.unknown`, or `scope.denied` for a team that the caller sees but whose home is elsewhere
   */
  async lockForChange(tx: EntityManager, id: TeamId, caller: Caller): Promise<TeamRow> {
    const [team] = await this.teams.lockMany(tx, [id]);
    if (!team || !this.access.mayRead(caller, team.seenBy)) throw new Fault('team.unknown', { id });
    const isOwn = caller.handheld ? caller.handheld.team === id : this.access.mayAct(caller, team.centre);
    if (!isOwn)
      throw new Fault('scope.denied', { id, centre: team.centre, wanted: 'a team of the own subtree' });
    return team;
  }

  /**
   * Open teams that a scope sees (by default the caller's centre), or closed ones, by id.
   * @throws Fault `centre.unknown` for a scope that is not the caller's
   */
  async list(query: TeamListQuery, caller: Caller): Promise<{ items: Team[]; next: string | null }> {
    const scope = query.scope ?? caller.centre;
    this.access.requireScope(caller, scope);
    const filter = {
      scope,
      isClosed: query.closed,
      ...(query.status ? { statuses: query.status } : {}),
      ...(query.centre ? { centres: this.tree.subtree(query.centre) } : {}),
    };
    const rows = await this.teams.list(filter, query.limit + 1, query.cursor);
    const items = rows.slice(0, query.limit).map((row) => this.view(row));
    return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** As HTTP answers it, with where it was last. */
  view(team: TeamRow): Team {
    return teamView(team, this.fixes.of(team.id));
  }
}
