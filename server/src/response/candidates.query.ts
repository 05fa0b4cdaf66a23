import { Injectable } from '@nestjs/common';
import { type Candidates, type IncidentId, REACH, toInstant } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { IncidentReader } from '../incidents/incident-reader.js';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamLookup } from '../teams/team-lookup.js';
import { candidatesFor } from './reach.rules.js';

/** More teams than any one centre sees. */
const MOST_TEAMS = 5000;

/** Who could go to an incident, as one caller may know it. */
@Injectable()
export class CandidatesQuery {
  constructor(
    private readonly incidents: IncidentReader,
    private readonly teams: TeamLookup,
    private readonly tree: CentreTree,
    private readonly tailer: Tailer,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `incident.unknown` `incident.sealed` */
  async of(id: IncidentId, by: Caller): Promise<Candidates> {
    const [goal, { items: seen }] = await Promise.all([
      this.incidents.one(by, id),
      this.teams.list({ limit: MOST_TEAMS, closed: false }, by),
    ]);
    // How far each team is away would tell where it is.
    if (goal.view === 'masked') throw new Fault('incident.sealed', { id });
    // Who only helps sends their own teams.
    const isHolder = this.incidents.mayAct(by, goal.centre);
    const teams = seen.filter(({ centre }) => isHolder || this.incidents.mayAct(by, centre));
    const now = this.clock.now();
    const picture = this.tailer.pictures.of(by.centre);
    const numberOf = (incident: IncidentId): string | undefined => {
      const number = picture.get('incident', incident)?.card['number'];
      return typeof number === 'string' ? number : undefined;
    };
    const lineageOf = (centre: string) => this.tree.lineage(centre);
    const items = candidatesFor(goal, teams, { now, lineageOf, numberOf });
    return { items, method: REACH.method, at: toInstant(now) };
  }
}
