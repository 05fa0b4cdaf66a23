import type { CentreId, Headcounts, Id, IncidentReport, TeamId } from '@app/shared';
import type { TeamSeen } from '../incidents/assignment.rules.js';
import { advance } from '../incidents/incident.rules.js';
import { report } from '../incidents/report.rules.js';
import type { Rulebook } from '../incidents/rulebook.js';
import {
  type IncidentState,
  SAID_NOTHING,
  type StepGiven,
  type Teller,
  type TimelineLine,
} from '../incidents/incident-step.js';
import { drawCategory, drawSeverity, drawSource, nextArrival } from './simulator/demand.js';
import type { Random } from './simulator/random.js';
import { localMinute } from './simulator/shifts.js';
import { sentenceFor } from './simulator/words.js';

/** Where an incident of the past may have happened. */
export interface PastPlace {
  readonly centre: CentreId;
  readonly grid: string;
  readonly lng: number;
  readonly lat: number;
  readonly label: string;
  /** How often things happen here against other places. */
  readonly weight: number;
  /** Teams that come here, nearest first. */
  readonly teams: readonly { readonly id: TeamId; readonly callSign: string; readonly forces: Headcounts }[];
}

export interface PastSettings {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly origin: CentreId;
  readonly by: Teller;
  readonly book: Rulebook;
}

/** One incident of the past, with its state after each fact, in order. */
export interface PastIncident {
  readonly facts: readonly { readonly fact: string; readonly at: number; readonly state: IncidentState }[];
  readonly lines: readonly TimelineLine[];
}

const MINUTE = 60_000;
/** Of the last hours most incidents are played by name, so that the past leaves out as many: the day stays a usual one. */
const PLAYED = { lastMs: 3 * 60 * MINUTE, share: 0.25 } as const;
const TEAM_STEPS = ['acknowledge', 'depart', 'arrive', 'clear'] as const;

/** Minutes between steps: median and spread (log-normal). Grave ones are answered sooner. */
const PACE = {
  accept: { median: 4, spread: 0.8 },
  dispatch: { median: 3, spread: 0.7 },
  acknowledge: { median: 0.6, spread: 0.5 },
  depart: { median: 1, spread: 0.5 },
  arrive: { median: 6, spread: 0.5 },
  clear: { median: 55, spread: 0.6 },
  complete: { median: 6, spread: 0.7 },
  close: { median: 150, spread: 0.45 },
} as const;

/**
 * The incidents of a city between two instants, made by the demand of the simulator and moved by the rules of the
 * product: a closed past, and what is still open at the end of it.
 */
export function* pastIncidents(
  places: readonly PastPlace[],
  random: Random,
  mint: (at: number) => Id,
  settings: PastSettings,
): Generator<PastIncident> {
  const draw = weightedDraw(places, random);
  const busyUntil = new Map<TeamId, number>();
  const { from, to, timeZone } = settings;
  const next = (at: number) => nextArrival(random, at, timeZone, at < to - PLAYED.lastMs ? 1 : PLAYED.share);
  for (let at = next(from); at < to; at = next(at))
    yield liveThrough(draw(), { at, random, mint, settings, busyUntil });
}

/** Takes back the latest closings until so many are open: a city that is looked at in the middle of a shift. */
export function reopenLatest(stories: readonly PastIncident[], fewest: number): PastIncident[] {
  const lastOf = (story: PastIncident) => story.facts.at(-1);
  const closed = stories.filter((story) => lastOf(story)?.fact === 'incident.closed');
  const lacking = Math.max(0, fewest - (stories.length - closed.length));
  const latest = closed.sort((a, b) => (lastOf(b)?.at ?? 0) - (lastOf(a)?.at ?? 0)).slice(0, lacking);
  const reopened = new Set(latest);
  return stories.map((story) =>
    reopened.has(story)
      ? { facts: story.facts.slice(0, -1), lines: story.lines.filter(({ action }) => action !== 'close') }
      : story,
  );
}

interface Life {
  readonly at: number;
  readonly random: Random;
  readonly mint: (at: number) => Id;
  readonly settings: PastSettings;
  readonly busyUntil: Map<TeamId, number>;
}

function liveThrough(place: PastPlace, life: Life): PastIncident {
  const { random, settings, mint } = life;
  const given = reportAt(place, life);
  const incident = {
    ...report({
      id: mint(life.at),
      report: given,
      centre: place.centre,
      origin: settings.origin,
      grid: place.grid,
      coarse: [given.lng, given.lat],
      occurredAt: life.at,
      now: life.at,
      by: settings.by,
      book: settings.book,
    }),
    demo: true,
  };
  const story = new Story({ incident, assignments: [] }, settings, life.at);
  const haste = given.severity <= 2 ? 0.4 : 1;
  const wait = (step: keyof typeof PACE) =>
    PACE[step].median * Math.exp(PACE[step].spread * random.normal()) * haste * MINUTE;
  if (!story.take('accept', wait('accept'))) return story;
  const team = freeTeam(place, story.at + wait('dispatch'), life);
  if (team === undefined) {
    if (story.take('complete', wait('complete'))) story.take('close', wait('close'));
    return story;
  }
  if (!story.take('dispatch', wait('dispatch'), [team])) return occupy(story, team, life);
  for (const step of TEAM_STEPS) if (!story.take(step, wait(step), [team])) return occupy(story, team, life);
  occupy(story, team, life);
  if (story.take('complete', wait('complete'))) story.take('close', wait('close'));
  return story;
}

function occupy(story: Story, team: TeamSeen, { busyUntil }: Life): Story {
  busyUntil.set(team.id, story.isCut ? Number.POSITIVE_INFINITY : story.at);
  return story;
}

/** A story that runs until the present cuts it off. */
class Story implements PastIncident {
  readonly facts: { fact: string; at: number; state: IncidentState }[] = [];
  readonly lines: TimelineLine[] = [];
  isCut = false;
  at: number;

  constructor(
    private state: IncidentState,
    private readonly settings: PastSettings,
    at: number,
  ) {
    this.at = at;
    this.facts.push({ fact: 'incident.reported', at, state });
  }

  /** Takes the step after `waitMs`; false when that lies beyond the end of the past. */
  take(action: StepGiven['action'], waitMs: number, teams: readonly TeamSeen[] = []): boolean {
    const at = Math.round(this.at + waitMs);
    if (this.isCut || at >= this.settings.to) {
      this.isCut = true;
      return false;
    }
    const { by, book } = this.settings;
    const given = { action, teams, ...SAID_NOTHING, mint: this.state.incident.id, at, now: at };
    const decided = advance(this.state, { ...given, by, book });
    if (!decided.ok)
      throw new Error(`the past may not ${action}: ${decided.code} ${JSON.stringify(decided.detail)}`);
    const { next, fact, lines } = decided.value;
    this.state = next;
    this.at = at;
    this.facts.push({ fact, at, state: next });
    this.lines.push(...lines);
    return true;
  }
}

function reportAt(place: PastPlace, { at, random, settings }: Life): IncidentReport {
  const category = drawCategory(random, Math.floor(localMinute(at, settings.timeZone) / 60));
  return {
    category,
    severity: drawSeverity(random, category),
    lng: place.lng,
    lat: place.lat,
    place: place.label,
    description: sentenceFor(random, category),
    source: drawSource(random),
  };
}

/** The nearest team that was free at that time; one in twelve is settled without a team. */
function freeTeam(place: PastPlace, at: number, { random, mint, busyUntil }: Life): TeamSeen | undefined {
  if (random.below(12) === 0) return undefined;
  const found = place.teams.find(({ id }) => (busyUntil.get(id) ?? 0) < at);
  return found && { ...found, status: 'patrolling', assignment: mint(at) };
}

/** Draws places by their weights, in logarithmic time. */
function weightedDraw(places: readonly PastPlace[], random: Random): () => PastPlace {
  const sums = new Float64Array(places.length);
  let sum = 0;
  for (const [i, { weight }] of places.entries()) sums[i] = sum += weight;
  return () => {
    const wanted = random.next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const place = places[low];
    if (!place) throw new RangeError('the past wants at least one place');
    return place;
  };
}
