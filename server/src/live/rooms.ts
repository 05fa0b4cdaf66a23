import { Injectable } from '@nestjs/common';
import {
  type JournalBatch,
  type Joined,
  type Notice,
  type Pulse,
  type ScopeId,
  toInstant,
} from '@app/shared';
import { type Cursor, formatCursor } from '../journal/cursor.js';
import { type Entry, toldTo } from '../journal/pictures.js';
import { type Backlog, Resume } from '../journal/resume.js';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';

/** A room is told its cursor again at least this often, also when nothing happened. */
const QUIET_MS = 30_000;
/** And at least once in so many entries of others, long before memory forgets the one that it stands at. */
const QUIET_ENTRIES = 5_000;

interface Room {
  cursor: Cursor;
  toldAt: number;
  screens: number;
}

/** Where a newcomer stands. `whole`, good in this turn only, is what it is told: made once for all who ask the same. */
interface Entrance {
  readonly where: Pick<Joined, 'scope' | 'cursor' | 'digest' | 'at'>;
  readonly mode: Joined['mode'];
  readonly whole: () => Omit<Joined, 'roster'>;
}

/** How rooms speak; the gateway implements it, and nothing else emits. */
export interface RoomVoice {
  journal(batch: JournalBatch): void;
  pulse(pulse: Pulse): void;
  notice(notice: Notice): void;
}

/**
 * The chain of every watched scope: the cursor last told to its room. Every batch goes from there to the tailer's
 * head, pulses carry it and never move it. No sockets.
 */
@Injectable()
export class Rooms {
  readonly #rooms = new Map<ScopeId, Room>();
  #voice: RoomVoice | undefined;

  constructor(
    private readonly tailer: Tailer,
    private readonly resume: Resume,
    private readonly clock: Clock,
  ) {}

  speakThrough(voice: RoomVoice): void {
    this.#voice = voice;
  }

  /** What a cursor lacks that memory no longer holds; the part of a join that may wait. */
  read(scope: ScopeId, cursor: string | undefined): Promise<Backlog | undefined> {
    return this.resume.read(scope, cursor);
  }

  /**
   * One turn of the event loop: brings the room to the head, then answers with that head and what the newcomer lacks
   * up to it. The caller enters the socket and acknowledges in the same turn.
   */
  enter(scope: ScopeId, backlog: Backlog | undefined): Entrance {
    const { pictures } = this.tailer;
    const room = this.#rooms.get(scope);
    if (room) {
      if (room.cursor.seq !== pictures.head.seq) this.#bringToHead(scope, room);
      room.screens += 1;
    } else this.#rooms.set(scope, { cursor: pictures.head, toldAt: this.clock.now(), screens: 1 });
    const rest = backlog && pictures.after(backlog.upTo);
    const picture = pictures.of(scope);
    const where = {
      scope,
      cursor: formatCursor(pictures.head),
      digest: picture.digest.hex(),
      at: toInstant(this.tailer.confirmedAt),
    };
    if (!backlog || !rest)
      return {
        where,
        mode: 'snapshot',
        whole: () => ({ ...where, mode: 'snapshot', snapshot: [...picture.items()] }),
      };
    const lacking = () => [...backlog.entries, ...rest].flatMap((entry) => toldTo(entry, scope) ?? []);
    return { where, mode: 'resume', whole: () => ({ ...where, mode: 'resume', backlog: lacking() }) };
  }

  /** Screens that have joined, one that watches two scopes counted twice. */
  get screens(): number {
    let count = 0;
    for (const { screens } of this.#rooms.values()) count += screens;
    return count;
  }

  leave(scope: ScopeId): void {
    const room = this.#rooms.get(scope);
    if (!room) return;
    room.screens -= 1;
    if (room.screens <= 0) this.#rooms.delete(scope);
  }

  /** Tells these entries, which the pictures hold already, to every room whose scope they concern. */
  tellNews(entries: readonly Entry[]): void {
    const concerned = new Set(entries.flatMap(({ seenBy, leftBy }) => [...seenBy, ...leftBy]));
    for (const [scope, room] of this.#rooms)
      if (concerned.has(scope) || this.#isQuietForLong(room)) this.#bringToHead(scope, room);
  }

  /** One pulse to each room; only when PostgreSQL confirmed the head within the last second. */
  pulse(tick: number): void {
    for (const [scope, room] of this.#rooms) {
      if (this.#isQuietForLong(room)) this.#bringToHead(scope, room);
      this.#voice?.pulse({
        scope,
        cursor: formatCursor(room.cursor),
        digest: this.tailer.pictures.of(scope).digest.hex(),
        tick,
        at: toInstant(this.tailer.confirmedAt),
      });
    }
  }

  /** After a reload nothing chains: rooms start again from the head, and their screens are asked to join again. */
  restart(): void {
    for (const [scope, room] of this.#rooms) {
      room.cursor = this.tailer.pictures.head;
      this.#voice?.notice({ code: 'scope-changed', scope });
    }
  }

  #isQuietForLong({ cursor, toldAt }: Room): boolean {
    return (
      toldAt < this.clock.now() - QUIET_MS || this.tailer.pictures.head.seq - cursor.seq >= QUIET_ENTRIES
    );
  }

  /**
   * Tells a room what it lacks. Where memory cannot say what that is, the room moves to the head without a word: the
   * next pulse shows its screens the gap, and they join again with the cursor that they have.
   */
  #bringToHead(scope: ScopeId, room: Room): void {
    const { pictures } = this.tailer;
    const news = pictures.after(room.cursor.seq);
    const after = formatCursor(room.cursor);
    const cursor = formatCursor(pictures.head);
    room.cursor = pictures.head;
    room.toldAt = this.clock.now();
    if (news === undefined) return;
    const entries = news.flatMap((entry) => toldTo(entry, scope) ?? []);
    this.#voice?.journal({ scope, after, cursor, entries });
  }
}
