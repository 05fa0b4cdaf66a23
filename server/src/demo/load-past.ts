import {
  type CentreId,
  ENDED_STATUSES,
  type Id,
  type IncidentId,
  type LngLat,
  STEP_STATUS,
  type TeamId,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { CentreTree } from '../access/centre-tree.js';
import { INCIDENT_OVERDUE, INCIDENT_SOON } from '../incidents/incident-clocks.js';
import { firstBook } from '../incidents/rulebook.js';
import { reportLine } from '../incidents/timeline.rules.js';
import { numberHead } from '../incidents/incident-number.rules.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { IncidentRow, TimelineRow } from '../incidents/incident.table.js';
import { cardOf as incidentCard } from '../incidents/incident-view.js';
import type { Draft } from '../journal/journal.js';
import { insertFixes } from '../positions/track.query.js';
import { cardOf as teamCard, moveTeam } from '../teams/team.rules.js';
import type { TeamRow } from '../teams/team.table.js';
import type { DemoCity } from './city/demo-city.js';
import { type PlacedTeam, writeRows } from './load-city.js';
import { type PastIncident, pastIncidents, reopenLatest } from './past.js';
import { pastPlaces } from './past-places.js';
import { pastTracks } from './past-tracks.js';
import { randomFrom } from './simulator/random.js';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** A city that is first looked at has at least so much under way. */
const FEWEST_OPEN = 12;

export interface PastOf {
  readonly city: DemoCity;
  readonly ids: ReadonlyMap<string, CentreId>;
  readonly root: CentreId;
  readonly teams: readonly PlacedTeam[];
  readonly tree: CentreTree;
  /** Mints the id of something that came to be at an instant. */
  readonly mint: (ms: number) => Id;
  readonly simulator: Id;
  readonly timeZone: string;
  readonly numberPrefix: string;
  readonly now: number;
}

/**
 * A year of incidents that ended, those that are still open, and the tracks of the last day. Returns the facts of the
 * last day in order: whoever appends them gives the picture its present.
 */
export async function loadPast(tx: EntityManager, past: PastOf): Promise<Draft[]> {
  const random = randomFrom(past.city.seed);
  const homes = homesOf(past);
  const stories = tellStories(past, homes);
  await writeStories(tx, past, stories);
  const day = { from: past.now - DAY_MS, to: past.now };
  for (const fixes of pastTracks(past.city, homes, random.fork('tracks'), day)) await insertFixes(tx, fixes);
  const facts = factsOf(past, stories, day.from);
  await writeTeamStates(tx, facts.teams);
  await writeDueTimes(tx, past, stories);
  return facts.drafts;
}

type Homed = PlacedTeam & { readonly home: LngLat };

/** Teams start from the middle of the centres below their own, each from another one. */
function homesOf({ city, ids, teams }: PastOf): Homed[] {
  const keys = new Map([...ids].map(([key, id]) => [id, key]));
  const below = (key: string) => city.centres.filter(({ parent }) => parent === key);
  return teams.map((team, i) => {
    const key = keys.get(team.centre) ?? '';
    const [own] = city.centres.filter((centre) => centre.key === key);
    const near = below(key);
    const at = near[i % Math.max(1, near.length)] ?? own;
    if (!at) throw new Error(`team ${team.callSign} has no centre in the demo city`);
    return { ...team, home: [at.anchor[0], at.anchor[1]] };
  });
}

interface Told {
  readonly story: PastIncident;
  readonly number: string;
  readonly seenBy: readonly string[];
}

function tellStories(past: PastOf, homes: readonly Homed[]): Told[] {
  const { city, ids, root, tree, mint, simulator, timeZone, now } = past;
  const random = randomFrom(city.seed).fork('past');
  const settings = {
    from: now - YEAR_DAYS * DAY_MS,
    to: now,
    timeZone,
    origin: root,
    by: { account: simulator, name: 'simulator', centre: root, isSimulator: true, isImport: false },
    book: firstBook(tree, timeZone),
  };
  const places = pastPlaces(city, ids, homes, random.fork('places'));
  const last = new Map<number, number>();
  const stories = reopenLatest([...pastIncidents(places, random, mint, settings)], FEWEST_OPEN);
  return stories.map((story): Told => {
    const { incident } = lastState(story);
    const { year, head } = numberHead(past.numberPrefix, incident.occurredAt, timeZone);
    const number = (last.get(year) ?? 0) + 1;
    last.set(year, number);
    const seenBy = tree.seenBy([incident.centre, incident.origin]);
    return { story, number: head + String(number).padStart(6, '0'), seenBy };
  });
}

function lastState({ facts }: PastIncident): IncidentState {
  const state = facts.at(-1)?.state;
  if (!state) throw new Error('a story has at least its report');
  return state;
}

const isOpen = ({ story }: Told): boolean => !ENDED_STATUSES.includes(lastState(story).incident.status);

/** The row as it stands after a fact, with number and audience. */
function rowOf({ number, seenBy }: Told, { incident, assignments }: IncidentState): IncidentRow {
  const teams = assignments.filter(({ endedAt }) => endedAt === null).map(({ team }) => team);
  return { ...incident, number, seenBy: teams.length > 0 ? [...seenBy, ...teams].sort() : seenBy };
}

async function writeStories(tx: EntityManager, past: PastOf, told: readonly Told[]): Promise<void> {
  await writeRows(
    tx,
    INSERT_INCIDENTS,
    told.map((one) => rowOf(one, lastState(one.story))),
  );
  await writeRows(
    tx,
    INSERT_ASSIGNMENTS,
    told.flatMap(({ story }) => lastState(story).assignments),
  );
  const lines = told.flatMap(({ story, number }): Omit<TimelineRow, 'byAccount' | 'byName'>[] => {
    const [first] = story.facts;
    const opening = first ? [reportLine({ ...first.state.incident, number })] : [];
    return [...opening, ...story.lines].map((line) => ({ ...line, id: past.mint(line.recordedAt) }));
  });
  await writeRows(
    tx,
    INSERT_TIMELINE,
    lines.map((line) => ({ ...line, byAccount: past.simulator, byName: 'simulator' })),
  );
  await tx.query(
    `insert into incident_number (root, year, last)
     select $1::uuid, substring(number from '〔(\\d+)〕')::int, max(right(number, 6)::int) from incident group by 2`,
    [past.root],
  );
}

/** Facts of stories that were still open at `since`, and of their teams, in order of time. */
function factsOf(past: PastOf, told: readonly Told[], since: number): { drafts: Draft[]; teams: TeamRow[] } {
  const lasting = told.filter((one) => isOpen(one) || (one.story.facts.at(-1)?.at ?? 0) >= since);
  const facts = lasting
    .flatMap((one) =>
      one.story.facts.map((fact, i) => ({ one, ...fact, before: one.story.facts[i - 1]?.state })),
    )
    .sort((a, b) => a.at - b.at);
  const teams = new Map<TeamId, TeamRow>(past.teams.map((team) => [team.id, team]));
  const drafts = facts.flatMap(({ one, fact, at, state, before }): Draft[] => {
    const row = rowOf(one, state);
    const { id, version, status, seenBy } = row;
    const card = ENDED_STATUSES.includes(status) ? null : incidentCard({ ...state, incident: row });
    const own: Draft = { fact, kind: 'incident', id, version, at, card, seenBy };
    return [own, ...movedTeams(past.tree, teams, { state, before, at })];
  });
  const moved = [...teams.values()].filter(({ version }) => version > 1);
  return { drafts, teams: moved };
}

/** What the step of an assignment does to its team, by the rules of teams. */
function movedTeams(
  tree: CentreTree,
  teams: Map<TeamId, TeamRow>,
  { state, before, at }: { state: IncidentState; before: IncidentState | undefined; at: number },
): Draft[] {
  return state.assignments.flatMap((assignment): Draft[] => {
    const known = before?.assignments.find(({ id }) => id === assignment.id);
    const team = teams.get(assignment.team);
    if (!team || known?.step === assignment.step) return [];
    const { id: incident, centre, origin } = state.incident;
    const isBound = assignment.endedAt === null;
    const incidents: IncidentId[] = isBound ? [incident] : [];
    const status = isBound ? STEP_STATUS[assignment.step] : 'patrolling';
    const { next, fact } = moveTeam(team, {
      status,
      incidents,
      parties: isBound ? [centre, origin] : [],
      at,
    });
    const seenBy = tree.seenBy([next.centre, ...next.sharedWith, ...next.parties], [next.id]);
    const row = { ...next, seenBy };
    teams.set(row.id, row);
    return [{ fact, kind: 'team', id: row.id, version: row.version, at, card: teamCard(row), seenBy }];
  });
}

async function writeTeamStates(tx: EntityManager, teams: readonly TeamRow[]): Promise<void> {
  await writeRows(
    tx,
    `update team set status = t.status, status_at = to_timestamp(t."statusAt" / 1000.0), version = t.version,
            incidents = t.incidents, parties = t.parties, seen_by = t."seenBy"
       from jsonb_to_recordset($1::jsonb) as t(id uuid, status text, "statusAt" float8, version int,
            incidents uuid[], parties uuid[], "seenBy" uuid[])
      where team.id = t.id`,
    teams,
  );
}

/** Clocks of what is still open run on, also those that were overdue before the city was loaded. */
async function writeDueTimes(tx: EntityManager, past: PastOf, told: readonly Told[]): Promise<void> {
  const rows = told.filter(isOpen).flatMap(({ story }) => {
    const { id: subject, dueStage: stage, dueAt, soonAt } = lastState(story).incident;
    if (stage === null || dueAt === null || soonAt === null) return [];
    const payload = { stage, dueAt };
    return [
      { id: past.mint(past.now), kind: INCIDENT_SOON, subject, dueAt: soonAt, payload },
      { id: past.mint(past.now), kind: INCIDENT_OVERDUE, subject, dueAt, payload },
    ];
  });
  await writeRows(
    tx,
    `insert into due_time (id, kind, subject, due_at, payload)
     select id, kind, subject, to_timestamp("dueAt" / 1000.0), payload
       from jsonb_to_recordset($1::jsonb) as d(id uuid, kind text, subject uuid, "dueAt" float8, payload jsonb)`,
    rows,
  );
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
