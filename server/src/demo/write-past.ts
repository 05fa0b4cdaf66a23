import { ENDED_STATUSES, type Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { boundTeams } from '../incidents/assignment.rules.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { IncidentRow, TimelineRow } from '../incidents/incident.table.js';
import { reportLine } from '../incidents/timeline.rules.js';
import { writeRows } from './load-city.js';
import type { PastIncident } from './past.js';

/** Incidents that are written together, with their lines. */
const CHUNK = 1_000;

/** An incident of the past with what the database gives it. */
export interface Told {
  readonly story: PastIncident;
  readonly number: string;
  readonly seenBy: readonly string[];
}

interface Shelved {
  /** Mints the id of something that came to be at an instant. */
  readonly mint: (ms: number) => Id;
  readonly simulator: Id;
  readonly root: Id;
}

export function lastState({ facts }: PastIncident): IncidentState {
  const state = facts.at(-1)?.state;
  if (!state) throw new Error('a story has at least its report');
  return state;
}

export const isOpen = ({ story }: Told): boolean =>
  !ENDED_STATUSES.includes(lastState(story).incident.status);

/** The row as it stands after a fact, with number and audience. */
export function rowOf({ number, seenBy }: Told, { incident, assignments }: IncidentState): IncidentRow {
  const teams = boundTeams(assignments);
  return { ...incident, number, seenBy: teams.length > 0 ? [...seenBy, ...teams].sort() : seenBy };
}

/**
 * Writes stories in chunks, one chunk while the next is told. Keys to incidents are not looked up line by line: they are
 * taken off and put back, which checks them all at once.
 */
export class PastShelf {
  #waiting: Told[] = [];
  #writing: Promise<void> | null = null;

  constructor(
    private readonly tx: EntityManager,
    private readonly past: Shelved,
  ) {}

  async put(told: Told): Promise<void> {
    this.#waiting.push(told);
    if (this.#waiting.length >= CHUNK) await this.#next();
  }

  /** Writes what is left, and where the numbers of each year stand. */
  async close(): Promise<void> {
    await this.#next();
    await this.#writing;
    await this.#turnKeys('add');
    await this.tx.query(
      `insert into incident_number (root, year, last)
       select $1::uuid, substring(number from '〔(\\d+)〕')::int, max(right(number, 6)::int) from incident group by 2`,
      [this.past.root],
    );
  }

  async #next(): Promise<void> {
    await (this.#writing ?? this.#turnKeys('drop'));
    const chunk = this.#waiting;
    this.#waiting = [];
    this.#writing = this.#write(chunk);
    // Whoever waits for it next is told; until then nobody listens.
    this.#writing.catch(() => undefined);
  }

  async #write(chunk: readonly Told[]): Promise<void> {
    const { mint, simulator } = this.past;
    const rows = chunk.map((one) => rowOf(one, lastState(one.story)));
    await writeRows(this.tx, INSERT_INCIDENTS, rows);
    const assignments = chunk.flatMap(({ story }) => lastState(story).assignments);
    await writeRows(this.tx, INSERT_ASSIGNMENTS, assignments);
    const lines = chunk.flatMap(linesOf).map((line) => ({
      ...line,
      id: mint(line.recordedAt),
      byAccount: simulator,
      byName: 'simulator',
    }));
    await writeRows(this.tx, INSERT_TIMELINE, lines);
  }

  async #turnKeys(turn: 'drop' | 'add'): Promise<void> {
    for (const table of ['assignment', 'timeline']) {
      const key = `alter table ${table} ${turn} constraint ${table}_incident_fkey`;
      await this.tx.query(turn === 'drop' ? key : `${key} foreign key (incident) references incident`);
    }
  }
}

function linesOf({ story, number }: Told): Omit<TimelineRow, 'id' | 'byAccount' | 'byName'>[] {
  const [first] = story.facts;
  return [...(first ? [reportLine({ ...first.state.incident, number })] : []), ...story.lines];
}

const INSERT_INCIDENTS = `
  insert into incident (id, number, category, severity, status, version, centre, origin, lng, lat, grid, place,
         description, source, reporter, occurred_at, recorded_at, status_at, accepted_at, dispatched_at, arrived_at,
         handled_at, closed_at, due_stage, due_at, soon_at, accept_due_at, arrive_due_at, simulated, demo, seen_by)
  select id, number, category, severity, status, version, centre, origin, lng, lat, grid, place, description, source,
         reporter, to_timestamp("occurredAt" / 1000.0), to_timestamp("recordedAt" / 1000.0),
         to_timestamp("statusAt" / 1000.0), to_timestamp("acceptedAt" / 1000.0), to_timestamp("dispatchedAt" / 1000.0),
         to_timestamp("arrivedAt" / 1000.0), to_timestamp("handledAt" / 1000.0), to_timestamp("closedAt" / 1000.0),
         "dueStage", to_timestamp("dueAt" / 1000.0), to_timestamp("soonAt" / 1000.0),
         to_timestamp("acceptDueAt" / 1000.0), to_timestamp("arriveDueAt" / 1000.0), simulated, demo, "seenBy"
    from jsonb_to_recordset($1::jsonb) as i(id uuid, number text, category text, severity smallint, status text,
         version int, centre uuid, origin uuid, lng float8, lat float8, grid text, place text, description text,
         source text, reporter uuid, "occurredAt" float8, "recordedAt" float8, "statusAt" float8, "acceptedAt" float8,
         "dispatchedAt" float8, "arrivedAt" float8, "handledAt" float8, "closedAt" float8, "dueStage" text,
         "dueAt" float8, "soonAt" float8, "acceptDueAt" float8, "arriveDueAt" float8, simulated boolean, demo boolean,
         "seenBy" uuid[])`;

const INSERT_ASSIGNMENTS = `
  insert into assignment (id, incident, position, team, call_sign, step, times, flags, opened_at, ended_at)
  select id, incident, position, team, "callSign", step, times, flags, to_timestamp("openedAt" / 1000.0),
         to_timestamp("endedAt" / 1000.0)
    from jsonb_to_recordset($1::jsonb) as a(id uuid, incident uuid, position int, team uuid, "callSign" text,
         step text, times jsonb, flags text[], "openedAt" float8, "endedAt" float8)`;

const INSERT_TIMELINE = `
  insert into timeline (id, incident, version, position, fact, action, team, call_sign, by_account, by_name,
         occurred_at, recorded_at, derived, flags)
  select id, incident, version, position, fact, action, team, "callSign", "byAccount", "byName",
         to_timestamp("occurredAt" / 1000.0), to_timestamp("recordedAt" / 1000.0), derived, flags
    from jsonb_to_recordset($1::jsonb) as t(id uuid, incident uuid, version int, position int, fact text, action text,
         team uuid, "callSign" text, "byAccount" uuid, "byName" text, "occurredAt" float8, "recordedAt" float8,
         derived boolean, flags text[])`;
