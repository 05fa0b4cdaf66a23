import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Id, uuidv7 } from '@app/shared';

/** The server's clock and its mint of ids. Tests put a clock of their own in its place. */
@Injectable()
export class Clock {
  /** Milliseconds since 1970. */
  now(): number {
    return Date.now();
  }

  mint(): Id {
    return uuidv7(this.now(), randomBytes(10));
  }
}

/** A clock by which one piece of work happens at an earlier moment than the rest: the demo tells its last hours by it. */
@Injectable()
export class StoryClock extends Clock {
  readonly #moment = new AsyncLocalStorage<number>();

  override now(): number {
    return this.#moment.getStore() ?? super.now();
  }

  /** `at` in ms since 1970. */
  during<T>(at: number, work: () => Promise<T>): Promise<T> {
    return this.#moment.run(at, work);
  }
}
