import { Injectable } from '@nestjs/common';
import type { AccountId, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import type { AccountRow } from './account.table.js';
import { hashOf, newSecret } from './secret.js';
import { ttlOf } from './session.rules.js';

export interface SessionOpened {
  readonly id: Id;
  /** Told once, in the cookie. */
  readonly secret: string;
  readonly ttlMs: number;
}

/** Sessions as rows: only the hash of a secret is kept. */
@Injectable()
export class SessionRepository {
  constructor(private readonly clock: Clock) {}

  async open(tx: EntityManager, { id: account, role }: AccountRow): Promise<SessionOpened> {
    const id = this.clock.mint();
    const secret = newSecret();
    const now = this.clock.now();
    const ttlMs = ttlOf(role);
    await tx.query(
      `insert into session (id, secret_hash, account, created_at, attended_at, expires_at)
       values ($1, $2, $3, $4, $4, $5)`,
      [id, hashOf(secret), account, new Date(now), new Date(now + ttlMs)],
    );
    return { id, secret, ttlMs };
  }

  /** A person is there again: commands go on. */
  async unlock(tx: EntityManager, id: Id): Promise<void> {
    await tx.query('update session set attended_at = $2 where id = $1', [id, new Date(this.clock.now())]);
  }

  async revoke(tx: EntityManager, id: Id): Promise<void> {
    await tx.query(
      `update session set revoked_at = $2, changed_at = clock_timestamp() where id = $1 and revoked_at is null`,
      [id, new Date(this.clock.now())],
    );
  }

  async revokeAll(tx: EntityManager, account: AccountId): Promise<void> {
    await tx.query(
      `update session set revoked_at = $2, changed_at = clock_timestamp() where account = $1 and revoked_at is null`,
      [account, new Date(this.clock.now())],
    );
  }
}
