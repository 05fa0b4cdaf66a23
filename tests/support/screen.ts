import {
  changedRoster,
  type JournalBatch,
  type Joined,
  type Notice,
  Picture,
  type Pulse,
  type Roster,
  type RosterChange,
  type RosterForm,
  type ScopeEntry,
  slotsOfRuns,
} from '@app/shared';
import type { Socket } from 'socket.io-client';
import { ask, connected, type Person } from './app.js';

/**
 * A hand-made client of one scope: joins, follows the chain, keeps its picture by `apply` and proves it at each pulse.
 * What breaks a promise of the wire is kept in `faults`.
 */
export class Screen {
  readonly picture = new Picture();
  /** Entries in the order in which they came, over all joins; a snapshot empties them. */
  readonly entries: ScopeEntry[] = [];
  readonly faults: string[] = [];
  /** Every packet as it came, for whoever searches for a byte that should not be there. */
  readonly raw: string[] = [];
  cursor: string | undefined;
  /** Which team each slot is; undefined for a screen that asked for runs without holding the picture. */
  roster: Roster | undefined;
  pulses = 0;
  lastPulse: Pulse | undefined;
  /** Since a snapshot: a screen that began with a cursor has only what came after, and can prove nothing. */
  #isWhole = false;
  /** Told to join again, as after a change of the tree; until it does, what comes does not chain to what it has. */
  #isMoved = false;
  #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];

  private constructor(
    readonly socket: Socket,
    readonly scope: string,
    readonly rosterForm: RosterForm,
  ) {}

  /** A connected screen that has not joined yet. */
  static async open(person: Person, scope: string, rosterForm: RosterForm = 'runs'): Promise<Screen> {
    const screen = new Screen(person.socket(), scope, rosterForm);
    screen.#listen();
    await connected(screen.socket);
    return screen;
  }

  static async joined(person: Person, scope: string, cursor?: string): Promise<Screen> {
    const screen = await Screen.open(person, scope);
    screen.cursor = cursor;
    await screen.join();
    return screen;
  }

  /** Joins with the cursor it has, or asks for the whole picture. */
  async join({ whole = false } = {}): Promise<Joined> {
    const cursor = whole ? undefined : this.cursor;
    const form = this.rosterForm === 'ids' ? {} : { roster: this.rosterForm };
    const wish = { protocol: 1, scope: this.scope, ...form, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await ask<Joined>(this.socket, 'join', wish, (told) => {
      if (told.ok) this.#enter(told);
    });
    if (!answer.ok) throw new Error(`join refused: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  close(): void {
    this.socket.disconnect();
  }

  /** Resolves when `isMet`, looked at after each packet. */
  async until(isMet: () => boolean, what: string, withinMs = 15_000): Promise<void> {
    if (isMet()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what}: not within ${withinMs} ms`)), withinMs);
      this.#waiting.push({
        isMet,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  }

  /** Resolves when an entity has come into the picture, with this version or a later one. */
  sees(id: string, version = 1): Promise<void> {
    const isSeen = () => [...this.picture.items()].some((item) => item.id === id && item.version >= version);
    return this.until(isSeen, `entity ${id} at version ${version}`);
  }

  #enter(answer: Joined): void {
    this.#isMoved = false;
    if (answer.mode === 'snapshot') {
      this.picture.clear();
      this.#isWhole = true;
      this.entries.length = 0;
      for (const item of answer.snapshot ?? []) this.picture.apply(item);
    } else for (const entry of answer.backlog ?? []) this.#take(entry);
    this.cursor = answer.cursor;
    this.#prove(answer.digest, 'join');
    this.#seat(this.#rosterOf(answer));
  }

  #rosterOf({ cursor, roster }: Joined): Roster | undefined {
    if ('slots' in roster !== (this.rosterForm === 'ids')) this.faults.push('a roster in the other form');
    if ('slots' in roster) return roster;
    if (roster.cursor !== cursor) this.faults.push(`roster of ${roster.cursor}, answer of ${cursor}`);
    const slots = slotsOfRuns(roster, this.picture.idsOf('team'));
    return slots && { scope: roster.scope, version: roster.version, slots };
  }

  #rosterCame(told: Roster | RosterChange): void {
    if ('slots' in told !== (this.rosterForm === 'ids')) this.faults.push('a roster in the other form');
    if ('slots' in told) return this.#seat(told);
    if (this.roster) this.#seat(changedRoster(this.roster, told));
  }

  /** A roster holds exactly the teams of the picture. */
  #seat(roster: Roster | undefined): void {
    this.roster = roster;
    if (!this.#isWhole) return;
    const seated = roster?.slots.filter((team) => team !== null).sort();
    if (seated?.join() !== [...this.picture.idsOf('team')].sort().join())
      this.faults.push(`roster ${roster?.version ?? 'that cannot be read'} is not of the picture's teams`);
  }

  #listen(): void {
    this.socket.onAny((event: string, payload: unknown) => this.raw.push(`${event} ${textOf(payload)}`));
    this.socket.on('journal', (batch: JournalBatch) => {
      if (batch.scope !== this.scope) return;
      if (this.cursor === undefined) return void this.faults.push('journal before the join was answered');
      if (batch.after !== this.cursor && !this.#isMoved)
        this.faults.push(`journal after ${batch.after}, ours ${this.cursor}`);
      for (const entry of batch.entries) this.#take(entry);
      this.cursor = batch.cursor;
    });
    this.socket.on('pulse', (pulse: Pulse) => {
      if (pulse.scope !== this.scope || this.cursor === undefined) return;
      if (pulse.cursor !== this.cursor && !this.#isMoved)
        this.faults.push(`pulse at ${pulse.cursor}, ours ${this.cursor}`);
      this.pulses += 1;
      this.lastPulse = pulse;
      this.#prove(pulse.digest, 'pulse');
    });
    this.socket.on('notice', ({ code, scope }: Notice) => {
      if (code !== 'scope-changed' || (scope !== undefined && scope !== this.scope)) return;
      this.#isMoved = true;
      this.#isWhole = false;
    });
    this.socket.on('roster', (told: Roster | RosterChange) => {
      if (told.scope === this.scope && this.cursor !== undefined) this.#rosterCame(told);
    });
    // Last, so that whoever waits sees what the packet has done.
    for (const event of ['journal', 'roster', 'pulse', 'notice', 'disconnect'])
      this.socket.on(event, () => this.#look());
  }

  #take(entry: ScopeEntry): void {
    const old = this.picture.get(entry.kind, entry.id);
    if (entry.card !== null && old && entry.version <= old.version)
      this.faults.push(`${entry.kind} ${entry.id} told twice at version ${entry.version}`);
    this.picture.apply(entry);
    this.entries.push(entry);
  }

  #prove(digest: string, at: string): void {
    if (!this.#isWhole) return;
    const mine = this.picture.digest.hex();
    if (mine !== digest) this.faults.push(`digest at ${at}: ${digest}, ours ${mine}`);
  }

  #look(): void {
    const met = this.#waiting.filter(({ isMet }) => isMet());
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { resolve } of met) resolve();
  }
}

const textOf = (payload: unknown): string =>
  payload instanceof Uint8Array || payload instanceof ArrayBuffer
    ? Buffer.from(payload instanceof ArrayBuffer ? new Uint8Array(payload) : payload).toString('latin1')
    : JSON.stringify(payload);
