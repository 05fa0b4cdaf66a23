import type { Id, Session } from '@app/shared';
import type { Box, Crew, Kept } from '../link/handheld-box.js';
import type { HandheldApi } from '../link/handheld.js';
import { type Command, isDoorShut, isRefusal, nextToSend, type QueueItem } from '../link/handheld-queue.js';

/** `another`: whoever is signed in has no handheld. */
type Door = 'unknown' | 'open' | 'shut' | 'another';

export interface HandheldState {
  readonly door: Door;
  /** Who has signed in, known before they were told anything. */
  readonly crew: Crew | undefined;
  readonly kept: Kept | undefined;
  /** Of every account that worked on this machine. */
  readonly queue: readonly QueueItem[];
  readonly sending: Id | null;
  /** Whether the server answered when it was asked last. */
  readonly isOnline: boolean;
}

export interface SyncParts {
  readonly box: Box;
  readonly api: HandheldApi;
  readonly show: (part: Partial<HandheldState>) => void;
  readonly mint: () => Id;
  /** This machine's clock, ms since 1970. */
  readonly now: () => number;
}

/**
 * Tells what waits, then asks what is new. Never the other way round: the server believes late check-ins from our last
 * word on. What waits goes out under the account that made it, and is forgotten only when the server has it.
 */
export class HandheldSync {
  readonly #parts: SyncParts;
  #crew: Crew | undefined;
  #kept: Kept | undefined;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;
  /** How often somebody has signed out: what was asked for before that is not kept after it. */
  #leaves = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  /** Shows what this machine knows, also without a network. */
  async start(): Promise<void> {
    const { box } = this.#parts;
    const crew = (await box.lastCrew()) ?? undefined;
    this.#crew = crew;
    if (crew) this.#kept = await box.keptOf(crew.account);
    const door = crew ? 'open' : 'unknown';
    this.#parts.show({ crew, kept: this.#kept, door, queue: await box.items() });
    await this.sync();
  }

  /** One at a time; whoever asks meanwhile is served by one more. */
  sync(): Promise<void> {
    if (this.#running) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#rounds().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Writes a command down for whoever works here; answers when it is written, whether it can be told or not. */
  async add(command: Command, about: string, id: Id = this.#parts.mint()): Promise<Id> {
    const crew = this.#crew;
    if (!crew) throw new Error('a team wanted, nobody has signed in here');
    const madeAt = new Date(this.serverNow()).toISOString();
    await this.#parts.box.add({
      id,
      ...crew,
      about,
      madeAt,
      command,
      refusal: null,
    });
    await this.#showQueue();
    void this.sync();
    return id;
  }

  /** A person has read why it was refused. */
  async drop(id: Id): Promise<void> {
    await this.#parts.box.drop(id);
    await this.#showQueue();
  }

  async signedOut(): Promise<void> {
    await this.#leaveTo('shut');
  }

  /** The server's clock as far as this machine knows, ms since 1970. */
  serverNow(): number {
    return this.#parts.now() + (this.#kept?.offsetMs ?? 0);
  }

  async #rounds(): Promise<void> {
    do {
      this.#isAskedAgain = false;
      await this.#round();
    } while (this.#isAskedAgain);
  }

  async #round(): Promise<void> {
    try {
      const session = await this.#parts.api.whoAmI();
      this.#parts.show({ isOnline: true });
      if (session.team === undefined) return await this.#leaveTo('another');
      await this.#enter(session, session.team);
      if (await this.#flush(session.account.id)) await this.#ask(session);
    } catch (fault) {
      if (isDoorShut(fault)) this.#parts.show({ door: 'shut', isOnline: true });
      else this.#parts.show({ isOnline: false });
    } finally {
      this.#parts.show({ sending: null });
    }
  }

  /** Whoever worked here has left: what they were told goes with them. */
  async #leaveTo(door: Door): Promise<void> {
    this.#crew = undefined;
    this.#kept = undefined;
    this.#leaves++;
    await this.#parts.box.forget(null);
    this.#parts.show({ door, crew: undefined, kept: undefined });
  }

  /** Another account than before: what was told to the one before is not shown to this one, nor kept for it to find. */
  async #enter({ account: { id: account, name } }: Session, team: Id): Promise<void> {
    const { box, show } = this.#parts;
    if (this.#crew?.account === account) return show({ door: 'open' });
    await box.forget(account);
    this.#kept = await box.keptOf(account);
    await this.#become({ account, team, callSign: this.#kept?.handheld.team.callSign ?? name });
    show({ door: 'open', kept: this.#kept });
  }

  async #become(crew: Crew): Promise<void> {
    this.#crew = crew;
    await this.#parts.box.enter(crew);
    this.#parts.show({ crew });
  }

  /** Tells what waits, one after another; answers whether nothing waits any more that the server could take now. */
  async #flush(account: Id): Promise<boolean> {
    const { box, api, show } = this.#parts;
    for (;;) {
      const item = nextToSend(await box.items(), account);
      if (!item) return true;
      show({ sending: item.id });
      try {
        await box.settle(item.id, await api.send(item, this.#kept?.handheld.team));
      } catch (fault) {
        if (!isRefusal(fault)) throw fault;
        await box.refuse(item.id, fault.code === 'offline' ? 'unknown' : fault.code);
      }
      await this.#showQueue();
    }
  }

  async #ask(session: Session): Promise<void> {
    const leaves = this.#leaves;
    const kept = await this.#parts.api.call(session, this.#kept?.timeZone);
    if (leaves !== this.#leaves) return;
    this.#kept = kept;
    await this.#parts.box.keep(kept);
    const { id: team, callSign } = kept.handheld.team;
    await this.#become({ account: kept.account, team, callSign });
    this.#parts.show({ kept });
  }

  async #showQueue(): Promise<void> {
    this.#parts.show({ queue: await this.#parts.box.items() });
  }
}
