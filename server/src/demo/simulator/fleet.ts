import {
  type Centre,
  distanceM,
  type FixReport,
  type Id,
  type LngLat,
  MAX_FIXES,
  type TeamCard,
  type TeamId,
  toInstant,
} from '@app/shared';
import type { CityPicture } from './city-picture.js';
import type { Random } from './random.js';
import type { Ground } from './road-course.js';
import { nextStop, type OwedStop } from './rounds.js';
import { type Goal, TeamDriver } from './team-driver.js';

export interface FleetTeam {
  readonly id: TeamId;
  readonly callSign: string;
  readonly mode: TeamCard['mode'];
  readonly centre: string;
  readonly device: string;
  readonly last: LngLat | null;
}

interface Member {
  readonly team: FleetTeam;
  readonly driver: TeamDriver;
  readonly everyMs: number;
  dueAt: number;
  /** The plan by which its stops were chosen. */
  plan: string;
  owed: readonly OwedStop[];
  /** Visits after which it drove on, whether the server has credited them by now or not. */
  readonly made: Set<Id>;
}

const PARKED_MS = 10_000;
/** A crew that was sent leaves after so long, whoever presses the buttons. */
const LEAVE_AFTER_MS = 20_000;

/** All simulated teams: where they are, where they are going, and what their devices tell. */
export class Fleet {
  readonly #members = new Map<TeamId, Member>();

  constructor(
    private readonly ground: Ground,
    private readonly centres: readonly Centre[],
    private readonly random: Random,
  ) {}

  get size(): number {
    return this.#members.size;
  }

  add(team: FleetTeam): void {
    if (this.#members.has(team.id)) return;
    const random = this.random.fork(team.callSign);
    const home = beatHome(this.centres, team.centre, random);
    if (!home) return;
    const driver = new TeamDriver(this.ground, team.mode, home, team.last, random);
    // Half of the devices tell each second while they move, the others every other second.
    const everyMs = random.below(2) === 0 ? 1_000 : 2_000;
    this.#members.set(team.id, { team, driver, everyMs, dueAt: 0, plan: '', owed: [], made: new Set() });
  }

  has(team: TeamId): boolean {
    return this.#members.has(team);
  }

  placeOf(team: TeamId): LngLat | undefined {
    return this.#members.get(team)?.driver.place;
  }

  /** Whether a team stands where an incident wants it; undefined for a team that is not simulated. */
  isAt(team: TeamId, incident: string): boolean | undefined {
    return this.#members.get(team)?.driver.hasReached(incident);
  }

  /** Gives a team the stops of its plan, once for each version of it. */
  assign(team: TeamId, plan: string, stops: () => readonly LngLat[]): void {
    const member = this.#members.get(team);
    if (!member || member.plan === plan) return;
    member.plan = plan;
    member.driver.assign(stops());
  }

  /** Says what teams owe now; who is not named owes nothing. */
  owe(owed: ReadonlyMap<TeamId, readonly OwedStop[]>): void {
    for (const [id, member] of this.#members) {
      member.owed = owed.get(id) ?? [];
      for (const visit of member.made)
        if (!member.owed.some((stop) => stop.id === visit)) member.made.delete(visit);
    }
  }

  /** Gives every team the goal that follows from its card. */
  steer(picture: CityPicture, now: number): void {
    for (const [id, { driver, owed, made }] of this.#members) {
      const card = picture.teams.get(id);
      if (driver.visited !== null) made.add(driver.visited);
      if (!card) continue;
      const goal = goalOf(card, picture, now);
      const stop = goal.kind === 'patrol' ? nextStop(owed, made, now) : undefined;
      driver.pursue(stop ? { kind: 'visit', visit: stop.id, ...stop } : goal);
    }
  }

  /** Moves all of them, and collects the fixes that are due, in batches that a door takes. */
  tick(now: number, seconds: number): FixReport[][] {
    const fixes: FixReport[] = [];
    for (const member of this.#members.values()) {
      member.driver.tick(seconds);
      if (member.dueAt > now) continue;
      const isLively = member.driver.isMoving;
      member.dueAt = now + (isLively ? member.everyMs : PARKED_MS) - 100;
      fixes.push({ device: member.team.device, at: toInstant(now), ...member.driver.sight() });
    }
    const batches: FixReport[][] = [];
    for (let from = 0; from < fixes.length; from += MAX_FIXES)
      batches.push(fixes.slice(from, from + MAX_FIXES));
    return batches;
  }
}

/** An open assignment comes first; without one the status says whether it patrols, stands or rests. */
export function goalOf(card: TeamCard, picture: Pick<CityPicture, 'incidents'>, now: number): Goal {
  for (const id of card.incidents) {
    const incident = picture.incidents.get(id);
    const crew = incident?.teams.find((one) => one.id === card.id);
    if (!incident || !crew) continue;
    const hasLeft = crew.step !== 'dispatched' && crew.step !== 'acknowledged';
    if (hasLeft || now - Date.parse(crew.at) > LEAVE_AFTER_MS)
      return { kind: 'errand', incident: id, place: [incident.lng, incident.lat] };
  }
  if (card.status === 'patrolling' || card.status === 'available') return { kind: 'patrol' };
  return { kind: card.status === 'rest' || card.status === 'out-of-service' ? 'home' : 'stand' };
}

/** Where a team's beat lies: at one of the places below its home centre, so that teams of one home spread out. */
function beatHome(centres: readonly Centre[], home: string, random: Random): LngLat | undefined {
  const parents = new Set(centres.map(({ parent }) => parent));
  const below = new Set([home]);
  for (const { id, parent } of centres) if (parent !== null && below.has(parent)) below.add(id);
  const leaves = centres.filter(({ id, anchor }) => below.has(id) && !parents.has(id) && anchor);
  const centre = centres.find(({ id }) => id === home)?.anchor;
  const choice = leaves.length > 0 ? random.pick(leaves).anchor : centre;
  if (!choice || !centre) return choice ?? undefined;
  // Of two draws the nearer one: denser in the middle, yet everywhere.
  const other = leaves.length > 0 ? random.pick(leaves).anchor : null;
  return other && distanceM(other, centre) < distanceM(choice, centre) ? other : choice;
}
