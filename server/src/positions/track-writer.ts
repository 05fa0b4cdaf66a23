import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Gauge, Histogram } from 'prom-client';
import type { TeamId } from '@app/shared';
import { Database, type Lane } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { causeOf, Log } from '../platform/log.js';
import { Metrics } from '../platform/metrics.js';
import { Grains } from './grains.js';
import type { FlaggedFix, StoredFix } from './position.rules.js';
import { dayOf, insertFixes, insertFlagged, insertNewFixes, markUnthinned } from './track.query.js';

/** Fixes that may wait for PostgreSQL before doors are told to come back later. */
const QUEUE_LIMIT = 200_000;
/** Fixes of one commit: enough to be cheap, few enough to be answered soon. */
const COMMIT_LIMIT = 4_000;
/** So long a batch waits for a lost database before its sender is told. */
const PATIENCE_MS = 8_000;
const LONGEST_PAUSE_MS = 1_000;
const DAY_MS = 86_400_000;
/** Once a fix came twice others may: so long each is looked up before it is stored. */
const DOUBT_MS = 60_000;

interface Waiting {
  readonly fixes: readonly StoredFix[];
  readonly apart: readonly FlaggedFix[];
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores fixes in groups on a connection of its own: whatever arrives while one commit runs is the next one, so a
 * group is as large as the load makes it and nobody waits for a clock. Whoever awaits `write` knows that its fixes are
 * committed. A group whose fate is unknown is simply sent again, since the key makes a second one harmless.
 */
@Injectable()
export class TrackWriter implements OnApplicationShutdown {
  readonly #lane: Lane;
  readonly #sizes: Histogram;
  readonly #length: Gauge;
  #queue: Waiting[] = [];
  #queued = 0;
  #isRunning = false;
  #running: Promise<void> | undefined;
  #isDown = false;
  #doubtedUntil = 0;
  readonly #stored: ((fixes: readonly StoredFix[]) => void)[] = [];

  constructor(
    database: Database,
    private readonly grains: Grains,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#lane = database.lane('tracks');
    this.#sizes = metrics.histogram('track_commit_fixes', 'Fixes per commit.', [1, 10, 100, 1_000, 4_000]);
    this.#length = metrics.gauge('track_queue_fixes', 'Fixes that wait for their commit.');
  }

  /** Is called with each group after its commit and before its senders are answered. */
  onStored(listener: (fixes: readonly StoredFix[]) => void): void {
    this.#stored.push(listener);
  }

  /** Whether the team's force releases no positions now: nothing of them is kept. */
  isWithheld(team: TeamId): boolean {
    return this.grains.of(team) === 'on-request';
  }

  /**
   * Resolves when the fixes are committed as their forces release them, and those beside them that are kept `apart`.
   * @throws Fault `service.unavailable` when too many wait already, or PostgreSQL did not answer for 8 s
   */
  write(told: readonly StoredFix[], toldApart: readonly FlaggedFix[] = []): Promise<void> {
    const fixes = this.grains.releasedAll(told);
    const apart = this.grains.releasedApart(toldApart);
    const count = fixes.length + apart.length;
    if (count === 0) return Promise.resolve();
    if (this.#queued + count > QUEUE_LIMIT)
      return Promise.reject(new Fault('service.unavailable', { part: 'tracks', queued: this.#queued }));
    return new Promise((resolve, reject) => {
      this.#queue.push({ fixes, apart, since: performance.now(), resolve, reject });
      this.#count(count);
      if (!this.#isRunning) this.#running = this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let failures = 0; this.#queue.length > 0;) {
      const group = this.#take();
      const fixes = group.flatMap((waiting) => waiting.fixes);
      const apart = group.flatMap((waiting) => waiting.apart);
      try {
        if (fixes.length > 0) await this.#store(fixes);
        if (apart.length > 0) await insertFlagged(this.#lane, apart);
        await this.#noteImports(fixes);
        failures = 0;
        this.#settle(group, fixes);
      } catch (error) {
        if (isOurs(error)) this.#refuse(group, error);
        else await this.#holdOn(group, error, failures++);
      }
    }
    // In the same turn as the look at the queue: a batch handed over from here on starts the next run.
    this.#isRunning = false;
  }

  async #store(fixes: readonly StoredFix[]): Promise<void> {
    const isDoubted = performance.now() < this.#doubtedUntil;
    if (!isDoubted && (await insertNewFixes(this.#lane, fixes))) return;
    if (!isDoubted) this.#doubtedUntil = performance.now() + DOUBT_MS;
    await insertFixes(this.#lane, fixes);
  }

  #take(): Waiting[] {
    let count = 0;
    let end = 0;
    for (const waiting of this.#queue) {
      if (end > 0 && count + sizeOf(waiting) > COMMIT_LIMIT) break;
      count += sizeOf(waiting);
      end++;
    }
    return this.#queue.splice(0, end);
  }

  /** Fixes told so late that their day may have been thinned already, for one force or for all, make it due again. */
  async #noteImports(fixes: readonly StoredFix[]): Promise<void> {
    const days = new Set<number>();
    for (const { observedAt, receivedAt } of fixes)
      if (observedAt < receivedAt - DAY_MS) days.add(Math.floor(observedAt / DAY_MS));
    if (days.size > 0)
      await markUnthinned(
        this.#lane,
        [...days].map((day) => dayOf(day * DAY_MS)),
      );
  }

  #settle(group: readonly Waiting[], fixes: readonly StoredFix[]): void {
    this.#tellState(false);
    this.#sizes.observe(fixes.length);
    for (const listener of this.#stored) listener(fixes);
    for (const waiting of group) {
      this.#count(-sizeOf(waiting));
      waiting.resolve();
    }
  }

  /** A statement that can never succeed is a bug: its senders are told, the rest goes on. */
  #refuse(group: readonly Waiting[], error: unknown): void {
    for (const waiting of group) {
      this.#count(-sizeOf(waiting));
      waiting.reject(error);
    }
  }

  /** PostgreSQL is away: whoever waited too long is told so, the others go back to the front. */
  async #holdOn(group: readonly Waiting[], error: unknown, failures: number): Promise<void> {
    this.#tellState(true, error);
    const since = performance.now() - PATIENCE_MS;
    this.#queue.unshift(...group);
    const late = this.#queue.filter((waiting) => waiting.since < since);
    this.#queue = this.#queue.filter((waiting) => waiting.since >= since);
    this.#refuse(late, new Fault('service.unavailable', { part: 'tracks' }));
    if (this.#queue.length > 0) await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 20 * 2 ** failures));
  }

  #count(change: number): void {
    this.#queued += change;
    this.#length.set(this.#queued);
  }

  #tellState(isDown: boolean, error?: unknown): void {
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    if (isDown) this.log.error('tracks.stalled', { error: causeOf(error).error });
    else this.log.info('tracks.storing');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#running;
    await this.#lane.end();
  }
}

const sizeOf = ({ fixes, apart }: Waiting): number => fixes.length + apart.length;

/** Data and constraint errors (classes 22, 23, 42): sending the same again cannot help. */
function isOurs(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23|42)/.test(code);
}
