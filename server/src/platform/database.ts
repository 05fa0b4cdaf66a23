import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntitySchema,
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import type { Config } from './config.js';
import { causeOf, type Log } from './log.js';

/**
 * Serialization failure, deadlock, lock time-out, and a transaction that PostgreSQL ended because this process hung: the
 * same one may well succeed when run again.
 */
const RETRIED = new Set(['40001', '40P01', '55P03', '25P03']);
const ATTEMPTS = 8;
/** As long as this it is tried again, however often: on a busy machine another's change takes a while to be known here. */
const TRIES_MS = 8_000;
const LONGEST_PAUSE_MS = 1_000;
// Whole numbers of 64 bits (seq) fit a double here: a journal of 2^53 entries is out of reach.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const MIGRATION_LOCK = 7_201_120;

export interface Lane {
  query(sql: string, parameters?: unknown[]): Promise<unknown[]>;
  end(): Promise<void>;
}

/**
 * PostgreSQL: transactions that are retried where that helps, migrations under an advisory lock. Reads outside of a
 * transaction have a pool of their own: a command that reads something beside its transaction would else wait for a
 * connection that only commands which wait as it does could give back.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  /** For transactions alone. */
  readonly source: DataSource;
  readonly #reads: DataSource;
  readonly #log: Log;
  readonly #url: string;

  constructor(config: Config, tables: readonly EntitySchema[], log: Log) {
    this.#log = log;
    this.#url = config.databaseUrl;
    const options = {
      type: 'postgres' as const,
      url: config.databaseUrl,
      entities: [...tables],
      parseInt8: true,
      applicationName: `xiongguan ${config.site}`,
      extra: {
        max: config.databasePool,
        connectionTimeoutMillis: 5_000,
        options: '-c idle_in_transaction_session_timeout=5s -c lock_timeout=3s -c timezone=UTC',
      },
      poolErrorHandler: (error: unknown) => log.warn('database.connection-lost', causeOf(error)),
    };
    this.source = new DataSource({ ...options, migrations: [...migrations] });
    this.#reads = new DataSource(options);
  }

  /** Outside of any transaction. */
  get manager(): EntityManager {
    return this.#reads.manager;
  }

  /** Connects and brings the schema up to date; several processes may do so at once. */
  async open(): Promise<void> {
    await this.source.initialize();
    const lock = this.source.createQueryRunner();
    try {
      // The process before us may take its time: no lock time-out here.
      await lock.query('set lock_timeout = 0');
      await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await this.source.runMigrations({ transaction: 'each' });
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      await lock.query('reset lock_timeout').catch(() => undefined);
      await lock.release();
    }
    await this.#reads.initialize();
  }

  /**
   * Runs `work` in one transaction. Failures that pass by themselves are tried again, so `work` must have no effect
   * outside the transaction.
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const until = performance.now() + TRIES_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.source.transaction(work);
      } catch (error) {
        const isOver = attempt >= ATTEMPTS && performance.now() > until;
        if (isOver || !passesByItself(error)) throw error;
        this.#log.debug('database.transaction-retried', { attempt, ...causeOf(error) });
        await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, 10 * 2 ** attempt));
      }
    }
  }

  /** Reads that see one and the same moment. */
  snapshot<T>(read: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#reads.transaction('REPEATABLE READ', read);
  }

  /** Rows of one statement outside a transaction. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.#reads.query(sql, [...parameters]);
  }

  /**
   * A connection of one's own, for work that may not wait behind others; it reconnects by itself. With `isPlanned` each
   * of its statements, few and fixed, is planned once for a connection: by index alone, since a plan that was made
   * while a table was small is kept while it grows.
   */
  lane(name: string, { isPlanned = false } = {}): Lane {
    const names = new Map<string, string>();
    const nameOf = (sql: string): string => {
      const known = names.get(sql) ?? `${name} ${names.size}`;
      names.set(sql, known);
      return known;
    };
    const pool = new pg.Pool({
      connectionString: this.#url,
      max: 1,
      connectionTimeoutMillis: 3_000,
      query_timeout: 10_000,
      application_name: `xiongguan ${name}`,
      options: `-c timezone=UTC${isPlanned ? ' -c enable_seqscan=off -c enable_bitmapscan=off' : ''}`,
    });
    pool.on('error', (error) => this.#log.warn('database.lane-lost', { lane: name, error: error.message }));
    return {
      query: async (sql, values = []) => {
        const asked = isPlanned ? { name: nameOf(sql), text: sql, values } : { text: sql, values };
        return (await pool.query<pg.QueryResultRow>(asked)).rows;
      },
      end: () => pool.end(),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    for (const source of [this.source, this.#reads]) if (source.isInitialized) await source.destroy();
  }
}

function passesByItself(error: unknown): boolean {
  // Its connection was lost between two statements, so that no commit was ever sent on it.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code !== undefined && RETRIED.has(code);
}
