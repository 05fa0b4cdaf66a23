import { Injectable } from '@nestjs/common';
import { hash, verify } from 'argon2';
import { Fault } from '../platform/fault.js';

/** OWASP's first choice: 19 MiB, two passes, one lane; about 26 ms. */
const COST = { type: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** At most so many at once: they share four threads with everything else that waits for the disk. */
const AT_ONCE = 2;
const WAITING = 100;
/** What a guess at a name that does not exist is held against, so that it takes as long. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$KMkN0wL1iJyS5mBjRVrJ4g$Zz1N6Y2nq7mKjJ0e8l8yVd3K0m1rN1wq4n5J9m6m3aE';

/** Hashes passwords and compares with them, a few at a time. */
@Injectable()
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /** False for a wrong password and, after the same time, where there is none to compare with. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const isRight = await verify(passwordHash ?? NOBODY, password);
    return isRight && passwordHash !== null;
  }

  /**
   * Runs work that hashes, when its turn comes.
   * @throws Fault `request.too-many` when too many wait already
   */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= WAITING) throw new Fault('request.too-many', { waiting: WAITING });
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
