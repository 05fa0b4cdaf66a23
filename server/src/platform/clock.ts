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
