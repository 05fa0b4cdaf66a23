import { Injectable } from '@nestjs/common';
import type { Team, TeamChange, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { EndHandhelds } from '../access/end-handhelds.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { DeviceDesk } from './device-desk.js';
import { changeTeam } from './team.rules.js';
import { TeamDesk } from './team-desk.js';
import { TeamLookup } from './team-lookup.js';
import type { TeamRow } from './team.table.js';

/** Roles that may change what a team is; the others of the desk only set its status. */
const OWNERS: readonly string[] = ['admin', 'commander'];

@Injectable()
export class ChangeTeam {
  constructor(
    private readonly journal: Journal,
    private readonly teams: TeamLookup,
    private readonly desk: TeamDesk,
    private readonly devices: DeviceDesk,
    private readonly handhelds: EndHandhelds,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Fault `team.unknown`, `team.stale` with the current team, `team.busy`, `team.illegal-status`,
   * `team.taken`, `role.denied`, `scope.denied`
   */
  run(id: TeamId, change: TeamChange, caller: Caller): Promise<Team> {
    requireRole(change, caller);
    this.desk.requireCentres(change.sharedWith ?? []);
    return this.journal.transaction(async (tx) => {
      const team = await this.teams.lockForChange(tx, id, caller);
      const at = this.clock.now();
      const changed = settle(changeTeam(team, change, at));
      const step = await this.desk.underReleases(tx, changed);
      if (change.close) await this.end(tx, step.next, caller);
      await this.journal.append(tx, [await this.desk.write(tx, step, at)]);
      return this.teams.view(step.next);
    });
  }

  /** A closed team's devices end with it, and so do its handhelds. */
  private async end(tx: EntityManager, { id, successor }: TeamRow, caller: Caller): Promise<void> {
    if (successor) await this.teams.lockForChange(tx, successor, caller);
    await this.devices.endOf(tx, id, caller);
    await this.handhelds.run(tx, id, caller);
  }
}

function requireRole({ version: _version, status: _status, ...rest }: TeamChange, { role }: Caller): void {
  if (Object.keys(rest).length > 0 && !OWNERS.includes(role))
    throw new Fault('role.denied', { seen: role, wanted: OWNERS, fields: Object.keys(rest) });
}
