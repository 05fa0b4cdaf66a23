import { Injectable } from '@nestjs/common';
import { FREE_STATUSES, type IncidentAction, type TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamDesk } from '../teams/team-desk.js';
import { TeamRepository } from '../teams/team.repository.js';
import { statusOf, type TeamSeen } from './assignment.rules.js';
import { type IncidentState, isTeamAction } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';
import { partiesOf } from './party.rules.js';

/** The teams of an incident: how they are found, and what a step makes of their status. */
@Injectable()
export class IncidentCrew {
  constructor(
    private readonly access: Access,
    private readonly clock: Clock,
    private readonly teams: TeamRepository,
    private readonly desk: TeamDesk,
    private readonly incidents: IncidentRepository,
  ) {}

  /**
   * The teams that a step names; those about to be sent are locked.
   * @throws Fault `team.unknown` for a team that does not exist or that the caller does not see, `scope.denied` for one
   * of another centre where the caller only helps
   */
  async seen(
    tx: EntityManager,
    { incident, assignments }: IncidentState,
    { by, action, ids }: { by: Caller; action: IncidentAction; ids: readonly TeamId[] },
  ): Promise<TeamSeen[]> {
    const sent = new Map(assignments.map((one) => [one.team, one]));
    // Who only helps moves their own teams, and names them.
    const isHolder = this.access.mayAct(by, incident.centre);
    if (!isHolder && isTeamAction(action) && ids.length === 0)
      throw new Fault('incident.team-wanted', { action });
    const looked = action === 'dispatch' || !isHolder ? ids : ids.filter((id) => !sent.has(id));
    const rows = new Map((await this.teams.lockMany(tx, looked)).map((row) => [row.id, row]));
    const duties = action === 'dispatch' ? await this.incidents.otherDuties(tx, ids, incident.id) : [];
    return ids.map((id) => {
      const row = rows.get(id);
      const isForeign = by.handheld && id !== by.handheld.team;
      if (row && (isForeign || !this.access.mayRead(by, row.seenBy))) throw new Fault('team.unknown', { id });
      if (row && !isHolder && !by.handheld && !this.access.mayAct(by, row.centre))
        throw new Fault('scope.denied', { team: id, wanted: 'a team of the own centre' });
      const callSign = row?.callSign ?? sent.get(id)?.callSign ?? '';
      return {
        id,
        callSign,
        status: row?.status ?? 'assigned',
        forces: row?.forces ?? {},
        withheld: row?.withheld ?? [],
        duties: duties
          .filter(({ team }) => team === id)
          .map(({ incident, number, seenBy }) => ({
            incident,
            number: this.access.mayRead(by, seenBy) ? number : null,
          })),
        assignment: this.clock.mint(),
      };
    });
  }

  /** Gives the teams whose assignment moved the status that follows, here or where else they are bound. */
  async move(
    tx: EntityManager,
    { incident, assignments }: IncidentState,
    moved: readonly TeamId[],
    at: number,
  ): Promise<Draft[]> {
    const rows = await this.teams.lockMany(tx, moved);
    const duties = await this.incidents.otherDuties(tx, moved, incident.id);
    const drafts: Draft[] = [];
    for (const row of rows) {
      const open = assignments.find(({ team, endedAt }) => team === row.id && endedAt === null);
      const elsewhere = duties.filter(({ team }) => team === row.id);
      const here = open ? { incident: incident.id, parties: partiesOf(incident) } : null;
      const bound = [...elsewhere, ...(here ? [here] : [])];
      const steps = [...elsewhere.map(({ step }) => step), ...(open ? [open.step] : [])];
      const rested = FREE_STATUSES.includes(row.status) ? row.status : 'available';
      drafts.push(
        await this.desk.move(tx, row, {
          status: statusOf(steps) ?? rested,
          incidents: bound.map(({ incident }) => incident),
          parties: bound.flatMap(({ parties }) => parties),
          at,
        }),
      );
    }
    return drafts;
  }
}
