import { Inject, Injectable } from '@nestjs/common';
import {
  type AccountId,
  type CentreId,
  ENDED_STATUSES,
  type IncidentId,
  type TeamId,
  type ScopeId,
} from '@app/shared';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { IncidentWords } from './incident-words.js';
import { boundTeams } from './assignment.rules.js';
import { numberHead } from './incident-number.rules.js';
import type { IncidentState } from './incident-step.js';
import {
  type AssignmentRow,
  assignmentTable,
  type IncidentRow,
  incidentTable,
  type TimelineRow,
  timelineTable,
} from './incident.table.js';
import { partiesOf, type PartySet, tellingTeam } from './party.rules.js';

/** Another incident of a team, with the step at which the team stands there. */
export interface OtherDuty {
  readonly team: TeamId;
  readonly incident: IncidentId;
  readonly step: AssignmentRow['step'];
  readonly parties: readonly CentreId[];
  readonly number: string;
  readonly seenBy: readonly ScopeId[];
}

@Injectable()
export class IncidentRepository {
  constructor(
    private readonly database: Database,
    private readonly words: IncidentWords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The incident and its assignments; its row stays locked until the caller's transaction ends. */
  async lock(tx: EntityManager, id: IncidentId): Promise<IncidentState | undefined> {
    const incident = await tx.findOne(incidentTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return incident ? { incident, assignments: await this.#assignments(tx, id) } : undefined;
  }

  async find(id: IncidentId, tx: EntityManager = this.database.manager): Promise<IncidentState | undefined> {
    const incident = await tx.findOne(incidentTable, { where: { id } });
    return incident ? { incident, assignments: await this.#assignments(tx, id) } : undefined;
  }

  async byExternalId(
    tx: EntityManager,
    reporter: AccountId,
    externalId: string,
  ): Promise<IncidentId | undefined> {
    const row = await tx.findOne(incidentTable, { where: { reporter, externalId }, select: { id: true } });
    return row?.id;
  }

  /** Makes whoever tells the same external id wait until the first one's transaction ends. */
  async holdExternalId(tx: EntityManager, reporter: AccountId, externalId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${reporter}:${externalId}`]);
  }

  async wasTold(
    tx: EntityManager,
    incident: IncidentId,
    byAccount: AccountId,
    externalId: string,
  ): Promise<boolean> {
    return tx.existsBy(timelineTable, { incident, byAccount, externalId });
  }

  async insert(tx: EntityManager, incident: IncidentRow): Promise<void> {
    await tx.insert(incidentTable, {
      ...incident,
      former: [...incident.former],
      guests: [...incident.guests],
      seenBy: [...incident.seenBy],
    });
  }

  /** Gives the next number of a centre and year. The counter's row is held from here to the commit: call it late. */
  async giveNumber(
    tx: EntityManager,
    { id, occurredAt }: IncidentRow,
    { centre, abbreviation }: { centre: CentreId; abbreviation: string | null },
  ): Promise<string> {
    const { numberPrefix, timeZone } = this.config;
    const { year, head } = numberHead(abbreviation ?? numberPrefix, occurredAt, timeZone);
    const rows = await tx.query<[{ number: string }[], number]>(GIVE_NUMBER, [centre, year, head, id]);
    const [row] = rows[0];
    if (!row) throw new Error(`no incident ${id} to give a number to`);
    await this.words.add(tx, id, row.number);
    return row.number;
  }

  /** Writes the locked row and those assignments that changed. */
  async update(
    tx: EntityManager,
    before: IncidentState,
    { incident, assignments }: IncidentState,
  ): Promise<void> {
    const { id, ...rest } = incident;
    await tx.update(
      incidentTable,
      { id },
      {
        ...rest,
        former: [...rest.former],
        guests: [...rest.guests],
        seenBy: [...rest.seenBy],
      },
    );
    const known = new Set(before.assignments);
    const changed = assignments.filter((assignment) => !known.has(assignment));
    if (changed.length > 0)
      await tx.upsert(
        assignmentTable,
        changed.map((assignment) => ({ ...assignment, flags: [...assignment.flags] })),
        ['id'],
      );
  }

  /** Adds lines; from here on their incidents are found by what they say. */
  async tell(tx: EntityManager, lines: readonly TimelineRow[]): Promise<void> {
    await tx.insert(
      timelineTable,
      lines.map((line) => ({ ...line, flags: [...line.flags] })),
    );
    await this.words.refresh(tx, [...new Set(lines.map(({ incident }) => incident))]);
  }

  async timeline(id: IncidentId, tx: EntityManager = this.database.manager): Promise<TimelineRow[]> {
    return tx.find(timelineTable, { where: { incident: id }, order: { version: 'ASC', position: 'ASC' } });
  }

  async assignmentsOf(ids: readonly IncidentId[]): Promise<Map<IncidentId, AssignmentRow[]>> {
    const rows = await this.database.manager.find(assignmentTable, {
      where: { incident: In([...ids]) },
      order: { incident: 'ASC', position: 'ASC' },
    });
    const byIncident = new Map<IncidentId, AssignmentRow[]>();
    for (const row of rows) byIncident.set(row.incident, [...(byIncident.get(row.incident) ?? []), row]);
    return byIncident;
  }

  /** Where else these teams are bound now. */
  async otherDuties(tx: EntityManager, teams: readonly TeamId[], but: IncidentId): Promise<OtherDuty[]> {
    const open = await tx.find(assignmentTable, {
      where: { team: In([...teams]), endedAt: IsNull() },
      order: { openedAt: 'ASC', id: 'ASC' },
    });
    const others = open.filter(({ incident }) => incident !== but);
    if (others.length === 0) return [];
    const incidents = await tx.find(incidentTable, {
      where: { id: In(others.map(({ incident }) => incident)) },
    });
    const known = new Map(incidents.map((incident) => [incident.id, incident]));
    return others.flatMap(({ team, incident, step }) => {
      const row = known.get(incident);
      if (team === null || !row) return [];
      return [{ team, incident, step, parties: partiesOf(row), number: row.number, seenBy: row.seenBy }];
    });
  }

  /** Whose each incident is, and the teams that are on it now. */
  async partiesOf(tx: EntityManager, ids: readonly IncidentId[]): Promise<Map<IncidentId, Parties>> {
    const rows = await tx.find(incidentTable, { where: { id: In([...ids]) } });
    const open = await tx.find(assignmentTable, { where: { incident: In([...ids]), endedAt: IsNull() } });
    return new Map(
      rows.map((row) => {
        const others = boundTeams(open.filter(({ incident }) => incident === row.id));
        return [row.id, { parties: partiesOf(row), others: [...others, ...tellingTeam(row)] }];
      }),
    );
  }

  /** Writes `seen_by` of every incident by a changed tree, closed ones too; one audience for each set of parties. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const sets = await tx.query<PartySet[]>('select distinct centre, origin, former, guests from incident');
    const audiences = sets.map((set) => ({ ...set, seen: tree.seenBy(partiesOf(set)) }));
    await tx.query(REWRITE, [JSON.stringify(audiences), ENDED_STATUSES]);
  }

  async #assignments(tx: EntityManager, incident: IncidentId): Promise<AssignmentRow[]> {
    return tx.find(assignmentTable, { where: { incident }, order: { position: 'ASC' } });
  }
}

const REWRITE = `
  with audience as (
    select * from jsonb_to_recordset($1::jsonb) 
      as a(centre uuid, origin uuid, former uuid[], guests uuid[], seen uuid[])
  ), fresh as (
    select i.id, array(
             select unnest(a.seen) union select s.team from assignment s
              where s.incident = i.id and s.ended_at is null and s.team is not null
             union select i.reporter_team where i.reporter_team is not null and not i.status = any($2)
             order by 1
           ) as seen
      from incident i join audience a on a.centre = i.centre and a.origin = i.origin and a.former = i.former
       and a.guests = i.guests
  )
  update incident set seen_by = fresh.seen
    from fresh where fresh.id = incident.id and incident.seen_by is distinct from fresh.seen`;

const GIVE_NUMBER = `
  with given as (
    insert into incident_number (root, year, last) values ($1, $2, 1)
    on conflict (root, year) do update set last = incident_number.last + 1
    returning last
  )
  update incident set number = $3 || lpad(given.last::text, 6, '0') from given where id = $4 returning number`;
