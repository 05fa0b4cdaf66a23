import { Id, type TeamCard, type TeamId, type TeamStatus, toMs } from '@app/shared';
import { z } from 'zod';
import type { Api } from '../client/api.js';
import type { CityPicture } from './city-picture.js';
import type { Fleet } from './fleet.js';
import { hashOf } from './random.js';
import { isOnDuty, localMinute } from './shifts.js';

const Changed = z.object({ id: Id });
/** After an incident a crew waits so long before it goes on patrol again. */
const PATROL_AFTER_MS = 60_000;

/**
 * Changes shifts of teams that nobody planned: crews go to rest and back on patrol. It moves a team only at its own
 * change of shift.
 */
export class Roster {
  readonly #wasOnDuty = new Map<TeamId, boolean>();
  readonly #owed = new Map<TeamId, 'rest' | 'patrolling'>();
  /** Teams whose shifts are planned: the server relieves them. */
  readonly #planned = new Set<TeamId>();
  #isBusy = false;

  constructor(
    private readonly api: Api,
    private readonly picture: CityPicture,
    private readonly fleet: Fleet,
    private readonly timeZone: string,
  ) {}

  /** One change a second at most, so that a handover looks like one. */
  tick(now: number): void {
    if (this.picture.drive?.driver !== 'simulator' || this.#isBusy) return;
    const minute = localMinute(now, this.timeZone);
    for (const { team } of this.picture.shifts.values()) this.#planned.add(team);
    for (const card of this.picture.teams.values()) {
      if (!this.fleet.has(card.id) || this.#planned.has(card.id)) continue;
      const status = this.#dueStatus(card, minute, now);
      if (!status) continue;
      this.#isBusy = true;
      void this.#change(card, status).finally(() => (this.#isBusy = false));
      return;
    }
  }

  #dueStatus(card: TeamCard, minute: number, now: number): TeamStatus | undefined {
    const hash = hashOf(card.callSign);
    const onDuty = isOnDuty(minute, hash % 3, ((hash >>> 8) % 1000) / 1000);
    if (this.#wasOnDuty.get(card.id) !== onDuty) this.#owed.set(card.id, onDuty ? 'patrolling' : 'rest');
    this.#wasOnDuty.set(card.id, onDuty);
    if (card.incidents.length > 0) return undefined;
    const owed = this.#owed.get(card.id);
    if (owed === 'rest' && (card.status === 'patrolling' || card.status === 'available')) return 'rest';
    if (owed === 'patrolling' && card.status === 'rest') return 'patrolling';
    const isBack = card.status === 'available' && now - toMs(card.statusAt) > PATROL_AFTER_MS;
    if (isBack && onDuty) return 'patrolling';
    this.#owed.delete(card.id);
    return undefined;
  }

  /** A change that somebody else forestalled is simply looked at again. */
  async #change({ id, version }: TeamCard, status: TeamStatus): Promise<void> {
    const ask = { method: 'PATCH', path: `/teams/${id}`, body: { version, status }, tries: 1 } as const;
    await this.api.ask(ask, Changed).catch(() => undefined);
  }
}
