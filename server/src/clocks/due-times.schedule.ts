import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { causeOf, Log } from '../platform/log.js';
import { Clocks, type Due } from './clocks.js';

const POLL_MS = 1_000;
const MAX_REST_MS = 60_000;
const KEPT_MS = 30 * 86_400_000;
const PRUNE_MS = 3_600_000;

/** A due time whose firing failed waits before this process tries it again. */
interface Rest {
  readonly failures: number;
  readonly until: number;
}

/** Fires due times: each second, and at the moment of the next one. Late ones, after a stop, fire at the start. */
@Injectable()
export class DueTimesSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #resting = new Map<Id, Rest>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #isDown = false;
  #prunedAt = 0;

  constructor(
    private readonly clocks: Clocks,
    private readonly journal: Journal,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#wait(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Fires whatever is due by now, one transaction each, and answers how many fired. */
  async fireDue(): Promise<number> {
    let fired = 0;
    while (!this.#isStopped && (await this.#fireNext())) fired += 1;
    return fired;
  }

  #wait(ms: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn();
    }, ms);
  }

  async #turn(): Promise<void> {
    let rest = POLL_MS;
    try {
      await this.fireDue();
      await this.#prune();
      rest = await this.#untilNext();
      if (this.#isDown) this.log.info('clocks.back');
      this.#isDown = false;
    } catch (error) {
      if (!this.#isDown) this.log.warn('clocks.down', causeOf(error));
      this.#isDown = true;
      rest = POLL_MS * (0.5 + Math.random());
    }
    this.#wait(rest);
  }

  /** True when there was something to fire, whether it went well or not. */
  async #fireNext(): Promise<boolean> {
    let due: Due | undefined;
    try {
      await this.journal.transaction(async (tx) => {
        due = await this.#take(tx);
        if (due) await this.#fire(tx, due);
      });
    } catch (error) {
      if (!due) throw error;
      this.#rest(due, error);
      return true;
    }
    if (due) this.#resting.delete(due.id);
    return due !== undefined;
  }

  async #take(tx: EntityManager): Promise<Due | undefined> {
    const now = this.clock.now();
    const resting = [...this.#resting].filter(([, { until }]) => until > now).map(([id]) => id);
    const [row] = await tx.query<DueRow[]>(TAKE, [new Date(now), this.clocks.kinds, resting]);
    return row && { ...row, dueAt: row.dueAt.getTime() };
  }

  async #fire(tx: EntityManager, due: Due): Promise<void> {
    const now = this.clock.now();
    const drafts = (await this.clocks.handlerOf(due.kind)?.(tx, due, now)) ?? [];
    await tx.query('update due_time set fired_at = $2 where id = $1', [due.id, new Date(now)]);
    await this.journal.append(tx, drafts);
  }

  #rest({ id, kind }: Due, error: unknown): void {
    const failures = (this.#resting.get(id)?.failures ?? 0) + 1;
    const ms = Math.min(MAX_REST_MS, POLL_MS * 2 ** failures);
    this.#resting.set(id, { failures, until: this.clock.now() + ms });
    this.log.failed('clocks.firing-failed', error, { id, kind, failures });
  }

  async #untilNext(): Promise<number> {
    const now = this.clock.now();
    const [row] = await this.database.query<{ at: Date | null }>(NEXT, [new Date(now), this.clocks.kinds]);
    return row?.at ? Math.min(POLL_MS, Math.max(1, row.at.getTime() - this.clock.now())) : POLL_MS;
  }

  async #prune(): Promise<void> {
    const now = this.clock.now();
    if (now - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = now;
    await this.database.query('delete from due_time where fired_at < $1', [new Date(now - KEPT_MS)]);
  }
}

type DueRow = Omit<Due, 'dueAt'> & { readonly dueAt: Date };

// Never earlier than the database's clock says, whatever ours does.
const TAKE = `
  select id, kind, subject, due_at as "dueAt", payload
    from due_time
   where fired_at is null and due_at <= least($1, clock_timestamp() + interval '1 second') and kind = any($2) and id <> all($3::uuid[])
   order by due_at, id
   limit 1
     for update skip locked`;

const NEXT =
  'select min(due_at) as at from due_time where fired_at is null and due_at > $1 and kind = any($2)';
