import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { causeOf, Log } from './log.js';
import { Metrics } from './metrics.js';

const LEADER_LOCK = 7_201_123;
const PING_MS = 1_000;
/** Whoever does not lead asks more often: the lead must be taken over within 5 s, 4 of which PostgreSQL waits. */
const ASK_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** A session that says nothing for so long has ended, also in the middle of a transaction. */
const SILENCE = '-c idle_session_timeout=4s -c idle_in_transaction_session_timeout=4s';

interface Duty {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  timer?: NodeJS.Timeout;
  isRunning: boolean;
}

/**
 * One process of all leads: the one that holds an advisory lock on a connection of its own. PostgreSQL ends that session
 * after 4 s without a word, so a leader that hangs is one no longer; and since a leader writes through this very
 * connection, it cannot write when it has lost it. For idempotent work only: two may believe it for a moment.
 */
@Injectable()
export class Leader implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #listeners: (() => void)[] = [];
  readonly #duties: Duty[] = [];
  #source: DataSource | undefined;
  #runner: QueryRunner | undefined;
  #isLeader = false;
  #tending: Promise<void> | undefined;
  /** One statement or transaction at a time: there is one connection. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.measured('leader', '1 in the process that leads, 0 in every other.', () => Number(this.isLeader));
  }

  get isLeader(): boolean {
    return this.#isLeader && this.#runner?.isReleased === false;
  }

  /** Calls `listener` each time this process becomes the leader, and at once if it is. */
  onLead(listener: () => void): void {
    this.#listeners.push(listener);
    if (this.isLeader) listener();
  }

  /** Runs `work` when this process becomes the leader and every `everyMs` while it is; never twice at a time. */
  every(name: string, everyMs: number, work: () => Promise<void>): void {
    const duty: Duty = { name, everyMs, work, isRunning: false };
    this.#duties.push(duty);
    if (this.isLeader) this.#begin(duty);
  }

  /**
   * One statement on the leader's connection.
   * @throws Error when this process does not lead
   */
  query(sql: string, parameters: unknown[] = []): Promise<unknown> {
    return this.#lead((runner) => runner.query(sql, parameters));
  }

  /**
   * One transaction on the leader's connection: it commits only while the lead is held. Not to be nested.
   * @throws Error when this process does not lead
   */
  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#lead((runner) => runner.manager.transaction(work));
  }

  onApplicationBootstrap(): void {
    this.#tending = this.#tend();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#tending;
    await this.#let();
  }

  async #tend(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#inTurn(() => this.#ping());
        failures = 0;
        await pause(this.#isLeader ? PING_MS : ASK_MS, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        if (failures++ === 0) this.log.warn('leader.connection-lost', { error: causeOf(error).error });
        await this.#let();
        const waitMs = Math.random() * Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures);
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #ping(): Promise<void> {
    this.#runner ??= await this.#connect();
    if (this.#isLeader) {
      await this.#runner.query('select 1');
      return;
    }
    const rows = (await this.#runner.query('select pg_try_advisory_lock($1) as held', [LEADER_LOCK])) as {
      held: boolean;
    }[];
    if (rows[0]?.held && !this.#stop.signal.aborted) this.#take();
  }

  async #connect(): Promise<QueryRunner> {
    const { options } = this.database.source;
    const extra = options.extra as { options: string };
    this.#source = new DataSource({
      ...options,
      applicationName: `xiongguan ${this.config.site} leader`,
      extra: { ...extra, max: 1, options: `${extra.options} ${SILENCE}` },
    } as typeof options);
    await this.#source.initialize();
    const runner = this.#source.createQueryRunner();
    await runner.connect();
    return runner;
  }

  #take(): void {
    this.#isLeader = true;
    this.log.info('leader.taken');
    for (const listener of this.#listeners) listener();
    for (const duty of this.#duties) this.#begin(duty);
  }

  async #let(): Promise<void> {
    if (this.#isLeader) this.log.info('leader.let');
    this.#isLeader = false;
    for (const duty of this.#duties) clearInterval(duty.timer);
    const source = this.#source;
    this.#runner = undefined;
    this.#source = undefined;
    if (source?.isInitialized) await source.destroy().catch(() => undefined);
  }

  #begin(duty: Duty): void {
    clearInterval(duty.timer);
    duty.timer = setInterval(() => void this.#do(duty), duty.everyMs);
    void this.#do(duty);
  }

  async #do(duty: Duty): Promise<void> {
    if (duty.isRunning || !this.isLeader) return;
    duty.isRunning = true;
    try {
      await duty.work();
    } catch (error) {
      // What a lost lead cut short is the next leader's; the loss itself has its own line.
      if (this.isLeader) this.log.failed('leader.duty-failed', error, { duty: duty.name });
    } finally {
      duty.isRunning = false;
    }
  }

  #lead<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      if (!this.isLeader || !this.#runner) throw new Error('this process does not lead');
      return work(this.#runner);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
