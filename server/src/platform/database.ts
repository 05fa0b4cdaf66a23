import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager, type EntitySchema, QueryFailedError } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import type { Config } from './config.js';
import { causeOf, type Log } from './log.js';

/** Serialization failure, deadlock, lock time-out: the same transaction may well succeed when run again. */
const RETRIED = new Set(['40001', '40P01', '55P03']);
const ATTEMPTS = 8;
const MIGRATION_LOCK = 7_201_120;

/** PostgreSQL: one pool, transactions that are retried where that helps, migrations under an advisory lock. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly source: DataSource;
  readonly #log: Log;

  constructor(config: Config, tables: readonly EntitySchema[], log: Log) {
    this.#log = log;
    this.source = new DataSource({
      type: 'postgres',
      url: config.databaseUrl,
      entities: [...tables],
      migrations: [...migrations],
      parseInt8: true,
      applicationName: `xiongguan ${config.site}`,
      extra: {
        max: config.databasePool,
        connectionTimeoutMillis: 5_000,
        options: '-c idle_in_transaction_session_timeout=5s -c lock_timeout=3s -c timezone=UTC',
      },
      poolErrorHandler: (error: unknown) => log.warn('database.connection-lost', causeOf(error)),
    });
  }

  get manager(): EntityManager {
    return this.source.manager;
  }

  /** Connects and brings the schema up to date; several processes may do so at once. */
  async open(): Promise<void> {
    await this.source.initialize();
    const lock = this.source.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await this.source.runMigrations({ transaction: 'each' });
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      await lock.release();
    }
  }

  /**
   * Runs `work` in one transaction. Failures that pass by themselves are tried again, so `work` must have no effect
   * outside the transaction.
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.source.transaction(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !passesByItself(error)) throw error;
        this.#log.debug('database.transaction-retried', { attempt, ...causeOf(error) });
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
      }
    }
  }

  /** Rows of one statement outside a transaction. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.source.query(sql, [...parameters]);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

function passesByItself(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code !== undefined && RETRIED.has(code);
}
