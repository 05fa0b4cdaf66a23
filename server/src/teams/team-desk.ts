import { Injectable } from '@nestjs/common';
import type { CentreId, PositionRelease } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import type { Draft } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import {
  cardOf,
  moveTeam,
  relieveTeam,
  rereleaseTeam,
  type TeamMove,
  type TeamRelief,
  type TeamStep,
  underReleases,
} from './team.rules.js';
import { audienceOf, TeamRepository } from './team.repository.js';
import { type Releases, ReleaseRepository } from './release.repository.js';
import type { TeamRow } from './team.table.js';

export interface Rerelease {
  readonly releases: Releases;
  /** Undefined: as it is; null: nothing any more. */
  readonly lent?: PositionRelease | null;
  readonly now: number;
}

/** Writes a team's next state and says which fact that is. The caller's command appends the draft, last. */
@Injectable()
export class TeamDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly teams: TeamRepository,
    private readonly releases: ReleaseRepository,
  ) {}

  /** A step that people took, with nothing but what the team's forces release of it. */
  async underReleases(tx: EntityManager, step: TeamStep): Promise<TeamStep> {
    return { ...step, next: underReleases(step.next, await this.releases.lock(tx, 'share')) };
  }

  /** What a locked team is after its force, or a request, released more or less of it; undefined: as it was. */
  async rerelease(
    tx: EntityManager,
    team: TeamRow,
    { releases, now, lent }: Rerelease,
  ): Promise<Draft | undefined> {
    const step = rereleaseTeam(team, releases, lent);
    return step && this.write(tx, step, now);
  }

  /** What an incident's step does to a team locked by `TeamRepository.lockMany`; the row rises by one version. */
  move(tx: EntityManager, team: TeamRow, move: TeamMove): Promise<Draft> {
    return this.write(tx, moveTeam(team, move), move.at);
  }

  /** What the beginning or the end of a shift does to a locked team; undefined where that is nothing. */
  async relieve(tx: EntityManager, team: TeamRow, relief: TeamRelief): Promise<Draft | undefined> {
    const step = relieveTeam(team, relief);
    return step && this.write(tx, step, relief.at);
  }

  /** Writes a step with the audience that it has now. `at` in ms since 1970. */
  async write(tx: EntityManager, step: TeamStep, at: number): Promise<Draft> {
    const team = { ...step.next, seenBy: audienceOf(step.next, this.tree) };
    await (step.fact === 'team.created' ? this.teams.insert(tx, team) : this.teams.update(tx, team));
    const card = team.closedAt === null ? cardOf(team) : null;
    return {
      fact: step.fact,
      kind: 'team',
      id: team.id,
      version: team.version,
      at,
      card,
      seenBy: team.seenBy,
    };
  }

  /** @throws Fault `centre.unknown` for one that is not there or is closed */
  requireCentres(ids: readonly CentreId[]): void {
    for (const id of ids) {
      const centre = this.tree.get(id);
      if (!centre || centre.closedAt !== null) throw new Fault('centre.unknown', { id });
    }
  }
}
