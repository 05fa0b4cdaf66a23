import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';

type Payload = Readonly<Record<string, unknown>>;

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
   * Puts due times in the place of those that stand for the same kinds and subjects. The caller holds the subjects'
   * rows, so that nobody else sets the same ones meanwhile.
   */
  async set(tx: EntityManager, ...dueTimes: readonly DueTime[]): Promise<void> {
    const rows = dueTimes.map(({ dueAt, payload = {}, ...due }) => ({
      ...due,
      id: this.clock.mint(),
      due_at: new Date(dueAt).toISOString(),
      payload,
    }));
    await tx.query(SET, [JSON.stringify(rows)]);
  }

  /** One that fires at this moment is passed over, since waiting for it could be waiting for oneself. */
  async cancel(tx: EntityManager, kinds: readonly string[], subject: Id): Promise<void> {
    await tx.query(CANCEL, [subject, kinds]);
  }
}

const SET = `
  with wanted as (
    select * from jsonb_to_recordset($1::jsonb)
      as w(id uuid, kind text, subject uuid, due_at timestamptz, payload jsonb)
  ), replaced as (
    delete from due_time where id in (
      select d.id from due_time d join wanted w on d.subject = w.subject and d.kind = w.kind
       where d.fired_at is null
         for update of d skip locked
    )
  )
  insert into due_time (id, kind, subject, due_at, payload) select id, kind, subject, due_at, payload from wanted`;

const CANCEL = `
  delete from due_time where id in (
    select id from due_time
     where subject = $1 and kind = any($2) and fired_at is null
       for update skip locked
  )`;
