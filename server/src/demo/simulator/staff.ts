import { Id, type IncidentCard, type IncidentId, type TeamId } from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import { Refused } from '../client/refused.js';
import { say } from '../client/say.js';
import { chooseTeams } from './choose-teams.js';
import type { CityPicture } from './city-picture.js';
import type { Fleet } from './fleet.js';
import { type Haste, teamsWanted } from './staff-pace.js';
import { type Move, nextMove } from './staff-plan.js';

const Answered = z.object({ id: Id, version: z.number() });

/** After what a refusal means the incident is looked at again, ms. */
const LOOK_AGAIN_MS = { stale: 1_000, noTeam: 20_000, other: 10_000 };

/** The simulated staff and crews. They act on incidents that nobody but the simulator has touched, and on nothing else. */
export class Staff {
  readonly #busy = new Set<IncidentId>();
  readonly #dropped = new Set<IncidentId>();
  readonly #waitUntil = new Map<IncidentId, number>();
  /** The version that our own last step made: the picture must have caught up before the next one. */
  readonly #expected = new Map<IncidentId, number>();
  readonly #promised = new Set<TeamId>();

  constructor(
    private readonly api: Api,
    private readonly picture: CityPicture,
    private readonly fleet: Fleet,
    private readonly haste: ReadonlyMap<IncidentId, Haste>,
    /** Times as fast as people, and the steps that the desk takes in one second at most. */
    private readonly speed: { readonly pace: number; readonly stepsPerSecond: number },
  ) {}

  tick(now: number): void {
    if (this.picture.drive?.driver !== 'simulator') return;
    const due: { card: IncidentCard; move: Move }[] = [];
    for (const card of this.picture.incidents.values()) {
      if (!this.#mayAct(card, now)) continue;
      const move = nextMove(card, (team) => this.fleet.isAt(team, card.id), {
        haste: this.haste.get(card.id) ?? 'usual',
        pace: this.speed.pace,
      });
      if (move && move.at <= now) due.push({ card, move });
    }
    due.sort((a, b) => a.card.severity - b.card.severity || a.move.at - b.move.at);
    for (const { card, move } of due.slice(0, this.speed.stepsPerSecond)) void this.#act(card, move, now);
    if (now % 60_000 < 1_000) this.#forgetEnded();
  }

  #mayAct({ id, simulated, version }: IncidentCard, now: number): boolean {
    if (!simulated || this.#busy.has(id) || this.#dropped.has(id)) return false;
    return (this.#waitUntil.get(id) ?? 0) <= now && version >= (this.#expected.get(id) ?? 0);
  }

  async #act(card: IncidentCard, { action, team }: Move, now: number): Promise<void> {
    const { id, version } = card;
    const teams = action === 'dispatch' ? this.#teamsFor(card) : undefined;
    if (teams?.length === 0) {
      this.#waitUntil.set(id, now + LOOK_AGAIN_MS.noTeam);
      return;
    }
    this.#busy.add(id);
    for (const one of teams ?? []) this.#promised.add(one);
    const body = { version, ...(team === undefined ? {} : { team }), ...(teams ? { teams } : {}) };
    const ask = { method: 'POST', path: `/incidents/${id}/${action}`, body, tries: 3 } as const;
    try {
      const answered = await this.api.ask({ ...ask, key: crypto.randomUUID() }, Answered);
      this.#expected.set(id, answered.version);
    } catch (error) {
      this.#take(error, id, action);
    } finally {
      this.#busy.delete(id);
      for (const one of teams ?? []) this.#promised.delete(one);
    }
  }

  #teamsFor({ lng, lat, category, severity }: IncidentCard): TeamId[] {
    const isFree = (team: TeamId) => !this.#promised.has(team);
    const free = [...this.picture.teams.values()].filter(({ id }) => isFree(id));
    const wanted = { place: [lng, lat] as const, category, count: teamsWanted(severity) };
    return chooseTeams(free, (team) => this.fleet.placeOf(team), wanted);
  }

  /** A person was faster, or has taken the incident over: look again later, or leave it alone for good. */
  #take(error: unknown, id: IncidentId, action: string): void {
    const code = error instanceof Refused ? error.code : 'internal';
    if (code === 'role.denied' || code === 'scope.denied' || code === 'incident.unknown')
      this.#dropped.add(id);
    const isStale = code === 'incident.stale' || code === 'team.unavailable';
    this.#waitUntil.set(id, Date.now() + (isStale ? LOOK_AGAIN_MS.stale : LOOK_AGAIN_MS.other));
    if (!isStale) say('step.refused', { incident: id, action, code });
  }

  #forgetEnded(): void {
    const isGone = (id: IncidentId) => !this.picture.incidents.has(id);
    for (const id of this.#dropped) if (isGone(id)) this.#dropped.delete(id);
    for (const id of this.#waitUntil.keys()) if (isGone(id)) this.#waitUntil.delete(id);
    for (const id of this.#expected.keys()) if (isGone(id)) this.#expected.delete(id);
  }
}
