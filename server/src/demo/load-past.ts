import { setImmediate } from 'node:timers/promises';
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
import { numberHead } from '../incidents/incident-number.rules.js';
import type { IncidentState } from '../incidents/incident-step.js';
import { cardOf as incidentCard } from '../incidents/incident-view.js';
import type { Draft } from '../journal/journal.js';
import { insertFixes } from '../positions/track.query.js';
import { cardOf as teamCard, moveTeam } from '../teams/team.rules.js';
import type { TeamRow } from '../teams/team.table.js';
import type { DemoCity } from './city/demo-city.js';
import { type PlacedTeam, writeRows } from './load-city.js';
import { type PastIncident, pastIncidents, type PastSettings, reopenLatest } from './past.js';
import { pastPlaces } from './past-places.js';
import { pastTracks } from './past-tracks.js';
import { randomFrom } from './simulator/random.js';
import type { Ground } from './simulator/road-course.js';
import { isOpen, lastState, PastShelf, rowOf, type Told } from './write-past.js';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** A city that is first looked at has at least so much under way, beside what is played by name. */
const FEWEST_OPEN = 5;
const STORIES_A_TURN = 50;

export interface PastOf {
  readonly city: DemoCity;
  readonly roads: Ground;
  /** Teams that patrol by plan: their last days are told with their visits. */
  readonly patrols: ReadonlySet<TeamId>;
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
  const day = { from: past.now - DAY_MS, to: past.now };
  const stories = await tellStories(tx, past, homes, day.from);
  const free = homes.filter(({ id }) => !past.patrols.has(id));
  for (const fixes of pastTracks(past.roads, free, random.fork('tracks'), day)) await insertFixes(tx, fixes);
  const facts = factsOf(past, stories);
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

/**
 * Tells the year, oldest first, and writes what ended before its last day while it goes on telling; returns the rest,
 * which is written too.
 */
async function tellStories(
  tx: EntityManager,
  past: PastOf,
  homes: readonly Homed[],
  dayFrom: number,
): Promise<Told[]> {
  const { city, ids, mint } = past;
  const random = randomFrom(city.seed).fork('past');
  const places = pastPlaces(city, ids, homes, random.fork('places'));
  const number = numbering(past);
  const shelf = new PastShelf(tx, past);
  const lasting: Told[] = [];
  let count = 0;
  for (const story of pastIncidents(places, random, mint, settingsOf(past))) {
    const { centre, origin } = lastState(story).incident;
    const told = { story, number: number(story), seenBy: past.tree.seenBy([centre, origin]) };
    if (isOpen(told) || (story.facts.at(-1)?.at ?? 0) >= dayFrom) lasting.push(told);
    else await shelf.put(told);
    // The database works on the last chunk meanwhile, if it is given a turn.
    if (++count % STORIES_A_TURN === 0) await setImmediate();
  }
  const stories = reopenLatest(
    lasting.map(({ story }) => story),
    FEWEST_OPEN,
  );
  const present = lasting.map((told, i): Told => ({ ...told, story: stories[i] ?? told.story }));
  for (const told of present) await shelf.put(told);
  await shelf.close();
  return present;
}

function settingsOf({ root, tree, simulator, timeZone, now }: PastOf): PastSettings {
  return {
    from: now - YEAR_DAYS * DAY_MS,
    to: now,
    timeZone,
    origin: root,
    by: { account: simulator, name: 'simulator', centre: root, isSimulator: true, isImport: false },
    book: firstBook(tree, timeZone),
  };
}

/** Numbers incidents per year in the order in which they are told. */
function numbering({ numberPrefix, timeZone }: PastOf): (story: PastIncident) => string {
  const last = new Map<number, number>();
  return (story) => {
    const { year, head } = numberHead(numberPrefix, lastState(story).incident.occurredAt, timeZone);
    const number = (last.get(year) ?? 0) + 1;
    last.set(year, number);
    return head + String(number).padStart(6, '0');
  };
}

/** Facts of stories and of their teams, in order of time. */
function factsOf(past: PastOf, lasting: readonly Told[]): { drafts: Draft[]; teams: TeamRow[] } {
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
    const team = assignment.team === null ? undefined : teams.get(assignment.team);
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
