import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';

export type Payload = Readonly<Record<string, unknown>>;

/** A due time to be set: one per kind and subject. `dueAt` in ms since 1970. */
export interface DueTime {
  readonly kind: string;
  readonly subject: Id;
  readonly dueAt: number;
  readonly payload?: Payload;
}

/** A due time that fires. */
export interface Due {
  readonly id: Id;
  readonly kind: string;
  readonly subject: Id;
  readonly dueAt: number;
  readonly payload: Payload;
}

/**
 * What firing does, inside the transaction that marks the due time as fired: writes state, returns its facts. It must
 * look whether it still applies, since what set it may have moved on at the same moment; then it returns none.
 */
export type OnDue = (tx: EntityManager, due: Due, now: number) => Promise<Draft[]>;

/** Durable due times: set and cancelled in a command's transaction, fired once, whoever watches, however many run. */
@Injectable()
export class Clocks {
  readonly #handlers = new Map<string, OnDue>();

  constructor(private readonly clock: Clock) {}

  /** Says what firing does for a kind; before the application has started. */
  register(kind: string, onDue: OnDue): void {
    this.#handlers.set(kind, onDue);
  }

  get kinds(): string[] {
    return [...this.#handlers.keys()];
  }

  handlerOf(kind: string): OnDue | undefined {
    return this.#handlers.get(kind);
  }

  /**
   * Puts a due time in the place of the one that stands for this kind and subject. The caller holds the subject's row,
   * so that nobody else sets the same one meanwhile.
   */
  async set(tx: EntityManager, { kind, subject, dueAt, payload = {} }: DueTime): Promise<void> {
    await this.cancel(tx, [kind], subject);
    await tx.query(
      'insert into due_time (id, kind, subject, due_at, payload) values ($1, $2, $3, $4, $5::jsonb)',
      [this.clock.mint(), kind, subject, new Date(dueAt), JSON.stringify(payload)],
    );
  }

  /** One that fires at this moment is passed over, since waiting for it could be waiting for oneself. */
  async cancel(tx: EntityManager, kinds: readonly string[], subject: Id): Promise<void> {
    await tx.query(CANCEL, [subject, kinds]);
  }
}

const CANCEL = `
  delete from due_time where id in (
    select id from due_time
     where subject = $1 and kind = any($2) and fired_at is null
       for update skip locked
  )`;
