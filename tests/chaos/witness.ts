import {
  type Answer,
  changedRoster,
  FrameDecoder,
  type Joined,
  type JournalBatch,
  type Notice,
  Picture,
  PROTOCOL,
  type Pulse,
  type Roster,
  type RosterChange,
  type RosterForm,
  type RosterRuns,
  type ScopeEntry,
  slotsOfRuns,
} from '@app/shared';
import { io, type Socket } from 'socket.io-client';
import type { ClientHistory, ClientStep } from './history.js';
import { printEntry, printItem } from './print.js';

export interface Seat {
  readonly name: string;
  readonly scope: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rosterForm: RosterForm;
}

/** Where a witness stands, for whoever waits for it. */
export interface Standing {
  readonly name: string;
  readonly cursor: string | null;
  readonly digest: string;
  /** Ms since the last pulse that proved the picture; null before the first. */
  readonly provenMs: number | null;
  /** Frames that it could read. */
  readonly frames: number;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 4_000;
const ANSWER_MS = 8_000;
/** Without a word for so long the link is taken for dead: a half-open one looks connected. */
const SILENCE_MS = 6_000;
const KEYFRAME_MS = 1_000;

/**
 * A screen as somebody else might write it, by the page of the wire alone: joins, follows the chain, resumes with its
 * cursor, never gives up, and keeps all that it was told.
 */
export class Witness {
  readonly #steps: ClientStep[] = [];
  readonly #picture = new Picture();
  readonly #frames: FrameDecoder;
  #cursor: string | undefined;
  #seated: Roster | undefined;
  #socket: Socket | undefined;
  #isJoined = false;
  #failedTries = 0;
  #heardAt = 0;
  #provenAt: number | undefined;
  #askedFrameAt = 0;
  #framesRead = 0;
  #retry: NodeJS.Timeout | undefined;
  readonly #watch: NodeJS.Timeout;

  constructor(private readonly seat: Seat) {
    this.#frames = new FrameDecoder(seat.scope);
    this.#connect();
    this.#watch = setInterval(() => this.#look(), 500);
  }

  get standing(): Standing {
    return {
      name: this.seat.name,
      cursor: this.#cursor ?? null,
      digest: this.#picture.digest.hex(),
      provenMs: this.#provenAt === undefined ? null : performance.now() - this.#provenAt,
      frames: this.#framesRead,
    };
  }

  history(): ClientHistory {
    const { name, scope } = this.seat;
    return {
      name,
      scope,
      steps: this.#steps,
      last: {
        cursor: this.#cursor ?? null,
        digest: this.#picture.digest.hex(),
        items: [...this.#picture.items()],
        positions: this.#positions(),
      },
    };
  }

  close(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
  }

  #positions(): Record<string, [number, number]> {
    const { count, present, lng, lat } = this.#frames;
    const positions: Record<string, [number, number]> = {};
    for (let slot = 0; slot < count; slot++) {
      const team = this.#frames.teamOf(slot);
      if (team !== undefined && present[slot]) positions[team] = [lng[slot] ?? NaN, lat[slot] ?? NaN];
    }
    return positions;
  }

  #connect(): void {
    const { url, headers } = this.seat;
    const socket = io(`${url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: ANSWER_MS,
      extraHeaders: headers,
    });
    this.#socket = socket;
    this.#heardAt = performance.now();
    socket.on('connect', () => this.#join('connected'));
    socket.on('connect_error', (error) => this.#lose(error.message));
    socket.on('disconnect', (reason) => this.#lose(reason));
    socket.on('journal', (batch: JournalBatch) => this.#journal(batch));
    socket.on('pulse', (pulse: Pulse) => this.#pulse(pulse));
    socket.on('roster', (told: Roster | RosterChange) => this.#rosterCame(told));
    socket.on('positions', (frame: Uint8Array) => this.#frame(frame));
    socket.on('notice', ({ code, scope }: Notice) => {
      if (code === 'scope-changed' && (scope === undefined || scope === this.seat.scope))
        this.#join('told of another tree');
    });
  }

  #join(why: string): void {
    const socket = this.#socket;
    if (!socket?.connected) return;
    const { scope, rosterForm: roster } = this.seat;
    const asked = this.#cursor ?? null;
    this.#keep({ did: 'connected', why: `${why}, joins with ${asked}` });
    this.#isJoined = false;
    const wish = { protocol: PROTOCOL, scope, roster, ...(asked === null ? {} : { cursor: asked }) };
    socket.timeout(ANSWER_MS).emit('join', wish, (error: Error | null, answer: Answer<Joined>) => {
      if (socket !== this.#socket) return;
      if (error) this.#lose('join not answered');
      else if (!answer.ok) this.#lose(answer.error.code);
      else this.#enter(answer, asked);
    });
  }

  #enter(answer: Joined, asked: string | null): void {
    const { mode, cursor, digest, roster } = answer;
    if (mode === 'snapshot') {
      const { snapshot = [] } = answer;
      this.#picture.clear();
      for (const item of snapshot) this.#picture.apply(item);
      this.#keep({ did: 'snapshot', asked, cursor, digest, items: snapshot.map(printItem) });
    } else this.#take(asked ?? '', answer.backlog ?? [], { cursor, digest });
    this.#cursor = cursor;
    this.#isJoined = true;
    this.#heardAt = performance.now();
    this.#seat(this.#read(roster));
    if (this.#picture.digest.hex() !== digest) this.#doubt(`digest at join: ${digest}`);
  }

  #journal({ scope, after, cursor, entries }: JournalBatch): void {
    this.#heardAt = performance.now();
    if (scope !== this.seat.scope) return this.#keep({ did: 'complaint', why: `told of the scope ${scope}` });
    if (!this.#isJoined) return;
    if (after !== this.#cursor) return this.#join(`gap: told what follows ${after}`);
    this.#take(after, entries, { cursor });
    this.#cursor = cursor;
  }

  #take(after: string, entries: readonly ScopeEntry[], to: { cursor: string; digest?: string }): void {
    for (const entry of entries) this.#picture.apply(entry);
    const how = to.digest === undefined ? 'journal' : 'resume';
    this.#keep({ did: 'entries', how, after, ...to, entries: entries.map(printEntry) });
  }

  #pulse({ scope, cursor, digest }: Pulse): void {
    this.#heardAt = performance.now();
    if (!this.#isJoined || scope !== this.seat.scope) return;
    if (cursor !== this.#cursor) return this.#join(`gap: the pulse is at ${cursor}`);
    this.#keep({ did: 'proof', cursor, digest });
    if (this.#picture.digest.hex() !== digest) return this.#doubt(`digest at pulse: ${digest}`);
    this.#provenAt = performance.now();
    this.#failedTries = 0;
  }

  #doubt(what: string): void {
    this.#keep({ did: 'complaint', why: `${what}, ours ${this.#picture.digest.hex()} at ${this.#cursor}` });
    this.#cursor = undefined;
    this.#join('doubts its picture');
  }

  #read(roster: Roster | RosterRuns): Roster | undefined {
    if ('slots' in roster) return roster;
    const slots = slotsOfRuns(roster, this.#picture.idsOf('team'));
    if (!slots) this.#keep({ did: 'complaint', why: `runs of ${roster.teams} teams cannot be read` });
    return slots && { scope: roster.scope, version: roster.version, slots };
  }

  #rosterCame(told: Roster | RosterChange): void {
    if (told.scope !== this.seat.scope)
      return this.#keep({ did: 'complaint', why: `roster of the scope ${told.scope}` });
    if (!this.#isJoined) return;
    if ('slots' in told) return this.#seat(told);
    const changed = this.#seated && changedRoster(this.#seated, told);
    if (changed) this.#seat(changed);
    else this.#join(`gap: a roster after ${told.after}`);
  }

  #seat(roster: Roster | undefined): void {
    this.#seated = roster;
    if (!roster) return;
    this.#frames.useRoster(roster);
    const teams = roster.slots.filter((team) => team !== null);
    this.#keep({ did: 'roster', cursor: this.#cursor ?? '', teams });
  }

  #frame(bytes: Uint8Array): void {
    const result = this.#frames.apply(new Uint8Array(bytes));
    if (result === 'scope' || result === 'protocol' || result === 'malformed')
      this.#keep({ did: 'complaint', why: `frame: ${result}` });
    if (result === 'ok') this.#framesRead += 1;
    const now = performance.now();
    if (result === 'ok' || now - this.#askedFrameAt < KEYFRAME_MS) return;
    this.#askedFrameAt = now;
    this.#socket?.emit('keyframe', { scope: this.seat.scope }, () => undefined);
  }

  #lose(why: string): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = undefined;
    this.#isJoined = false;
    this.#keep({ did: 'lost', why });
    const bound = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failedTries++);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), Math.random() * bound);
  }

  #look(): void {
    if (this.#socket && performance.now() - this.#heardAt > SILENCE_MS) this.#lose('silence');
  }

  #keep(step: DistributiveOmit<ClientStep, 'at'>): void {
    this.#steps.push({ at: Date.now(), ...step });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
