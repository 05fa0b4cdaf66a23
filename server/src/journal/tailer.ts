import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CentreTree } from '../access/centre-tree.js';
import { Bus } from '../platform/bus.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { causeOf, Log } from '../platform/log.js';
import { Metrics } from '../platform/metrics.js';
import { WAKE } from './journal.js';
import { readAfter, readPicture } from './journal.query.js';
import { type Entry, Pictures } from './pictures.js';

const BATCH = 2_000;
const POLL_MS = 1_000;
/** Between two readings that wake-ups ask for: a stream of commits is read in groups, a lone one at once. */
const REST_MS = 5;

export interface TailerListener {
  /** Entries in order, already applied to the pictures. */
  entries(entries: readonly Entry[]): void;
  /** The pictures were loaded anew: whatever was told before may not chain to them. */
  reloaded(): void;
}

/**
 * Follows the journal in PostgreSQL: reads what is new, in order, when it is woken and at least each second, and
 * keeps the pictures of this process. A lost wake-up costs at most one second.
 */
@Injectable()
export class Tailer implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly pictures = new Pictures();
  /** When PostgreSQL last confirmed that the pictures stand at its head; ms, our clock. */
  confirmedAt = 0;
  readonly #listeners: TailerListener[] = [];
  #running: Promise<void> | undefined;
  #again = false;
  #isDoubtful = false;
  #isLoaded = false;
  #isDown = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #waking: NodeJS.Timeout | undefined;
  #restsUntil = 0;
  #unsubscribe: (() => void) | undefined;
  readonly #lane;

  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#lane = database.lane('tailer', { isPlanned: true });
    metrics.measured('journal_seq', 'The entry at which this process stands.', () => this.pictures.head.seq);
    metrics.measured(
      'journal_unconfirmed_seconds',
      'Since PostgreSQL last confirmed that this is its head.',
      () => Math.max(0, this.clock.now() - this.confirmedAt) / 1_000,
    );
  }

  /** Whether PostgreSQL confirmed the head within the last second and a half: its poll may just be on the way. */
  get isConfirmed(): boolean {
    return this.clock.now() - this.confirmedAt <= 1.5 * POLL_MS;
  }

  listen(listener: TailerListener): void {
    this.#listeners.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#load();
    this.#isLoaded = true;
    this.#unsubscribe = this.bus.subscribe(WAKE, () => this.#wake());
    this.#timer = setInterval(() => void this.poll(), POLL_MS);
  }

  /**
   * Brings the pictures to PostgreSQL's head. Calls that arrive while one runs share one further run, so whoever
   * awaits it has seen everything that was committed before the call.
   */
  poll(): Promise<void> {
    if (this.#stopped || !this.#isLoaded) return Promise.resolve();
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#runs();
    return this.#running;
  }

  /** Throws the pictures away and loads them again with the next poll; every screen joins anew. */
  reload(): Promise<void> {
    this.#isDoubtful = true;
    return this.poll();
  }

  #wake(): void {
    if (this.#waking || this.#stopped) return;
    const restMs = this.#running ? REST_MS : this.#restsUntil - performance.now();
    if (restMs <= 0) return void this.poll();
    this.#waking = setTimeout(() => {
      this.#waking = undefined;
      void this.poll();
    }, restMs);
  }

  async #runs(): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.#catchUp();
        this.#tellState(false);
      } while (this.#again && !this.#stopped);
    } catch (error) {
      this.#tellState(true, error);
    } finally {
      // In one turn with the last look at `again`: a wake-up in between would be lost.
      this.#running = undefined;
      this.#restsUntil = performance.now() + REST_MS;
    }
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const { head: at } = this.pictures;
      const { head, mark, entries } = await readAfter(this.#lane, at.seq, BATCH);
      const isNext = entries.length === 0 || entries[0]?.seq === at.seq + 1;
      const isOurs = head.seq === at.seq ? head.mark === at.mark : at.seq === 0 || mark === at.mark;
      // Another history (a backup was restored, a replica took over), or another tree: nothing chains to ours.
      if (this.#isDoubtful || !isOurs || !isNext || entries.some((entry) => entry.fact === 'tree.changed')) {
        await this.#reload();
        return;
      }
      for (const entry of entries) this.pictures.apply(entry);
      if (entries.length > 0) for (const listener of this.#listeners) listener.entries(entries);
      if (entries.length < BATCH) {
        this.confirmedAt = this.clock.now();
        return;
      }
    }
  }

  async #reload(): Promise<void> {
    await this.#load();
    this.#isDoubtful = false;
    for (const listener of this.#listeners) listener.reloaded();
  }

  async #load(): Promise<void> {
    await this.tree.load();
    const { head, rows } = await this.database.snapshot((tx) => readPicture(tx));
    this.pictures.load(rows, head);
    this.confirmedAt = this.clock.now();
    this.log.info('journal.loaded', { seq: head.seq, entities: rows.length });
  }

  #tellState(isDown: boolean, error?: unknown): void {
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    if (isDown) this.log.error('journal.unconfirmed', { error: causeOf(error).error });
    else this.log.info('journal.confirmed', { seq: this.pictures.head.seq });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#waking);
    this.#unsubscribe?.();
    await this.#running;
    await this.#lane.end();
  }
}
