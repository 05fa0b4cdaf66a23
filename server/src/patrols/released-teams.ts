import { Injectable } from '@nestjs/common';
import type { LiaisonForce, PositionRelease, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { ReleaseRepository } from '../teams/release.repository.js';
import { leaderOf } from '../teams/team.rules.js';
import { TeamDesk } from '../teams/team-desk.js';
import { TeamRepository } from '../teams/team.repository.js';

/** Teams that a force has released for a request. */
@Injectable()
export class ReleasedTeams {
  constructor(
    private readonly teams: TeamRepository,
    private readonly releases: ReleaseRepository,
    private readonly desk: TeamDesk,
  ) {}

  /** @throws Fault `team.unknown` for one that is closed, or that another force leads */
  async requireLed(tx: EntityManager, ids: readonly TeamId[], force: LiaisonForce): Promise<void> {
    for (const team of await this.teams.lockMany(tx, ids))
      if (leaderOf(team) !== force)
        throw new Fault('team.unknown', { id: team.id, wanted: `a team that ${force} leads` });
  }

  /** As fine as `grain` from now on; undefined: as the force releases in general. */
  async set(
    tx: EntityManager,
    ids: readonly TeamId[],
    { grain, now }: { grain: PositionRelease | undefined; now: number },
  ): Promise<Draft[]> {
    const releases = await this.releases.lock(tx, 'share');
    const found = await this.teams.findMany(ids, tx);
    const open = found.filter(({ closedAt }) => closedAt === null).map(({ id }) => id);
    const drafts: Draft[] = [];
    for (const team of await this.teams.lockMany(tx, open)) {
      const draft = await this.desk.rerelease(tx, team, { releases, now, lent: grain ?? null });
      if (draft) drafts.push(draft);
    }
    return drafts;
  }
}
