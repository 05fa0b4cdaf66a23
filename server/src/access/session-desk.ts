import { Injectable } from '@nestjs/common';
import type { AuditAction, ErrorCode } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Counter } from 'prom-client';
import { Metrics } from '../platform/metrics.js';
import type { AccountRow } from './account.table.js';
import { Audit } from './audit.js';
import type { SessionFound } from './credentials.js';
import { SessionRepository } from './session.repository.js';

/** What the browser is to hold after a sign-in: a new secret, or the one that it has. */
export interface Entered {
  readonly secret: string;
  readonly ttlMs: number;
}

/** Lets an account in that has proved itself, and keeps count of those that have not. */
@Injectable()
export class SessionDesk {
  readonly #refused: Counter<'code'>;

  constructor(
    private readonly sessions: SessionRepository,
    private readonly audit: Audit,
    metrics: Metrics,
  ) {
    this.#refused = metrics.counter('sign_ins_refused_total', 'Sign-ins that were refused', ['code']);
  }

  /** Unlocks the session that the browser holds for this account, else opens one in its place. */
  async enter(
    tx: EntityManager,
    account: AccountRow,
    held: SessionFound | null,
    now: number,
  ): Promise<Entered> {
    if (held && held.caller.account === account.id && held.isLocked) {
      await this.sessions.unlock(tx, held.caller.credential);
      await this.write(tx, account, held.caller.credential, 'session.unlocked');
      return { secret: held.secret, ttlMs: held.expiresAt - now };
    }
    if (held) await this.sessions.revoke(tx, held.caller.credential);
    const opened = await this.sessions.open(tx, account);
    await this.write(tx, account, opened.id, 'session.opened');
    return opened;
  }

  async leave(tx: EntityManager, { caller }: SessionFound): Promise<void> {
    await this.sessions.revoke(tx, caller.credential);
    await this.audit.write(tx, {
      caller,
      action: 'session.closed',
      subject: `session:${caller.credential}`,
      outcome: 'done',
    });
  }

  /** `account`: null for a name that nobody has; the name itself is not kept. */
  async writeRefusal(
    tx: EntityManager,
    account: AccountRow | null,
    { code, action }: { code: ErrorCode; action: AuditAction },
  ): Promise<void> {
    await this.audit.write(tx, {
      caller: null,
      action,
      subject: `account:${account?.id ?? 'unknown'}`,
      outcome: 'refused',
      detail: { code },
    });
  }

  countRefusal(code: ErrorCode): void {
    this.#refused.inc({ code });
  }

  private write(
    tx: EntityManager,
    { id: account }: AccountRow,
    credential: string,
    action: AuditAction,
  ): Promise<void> {
    return this.audit.write(tx, {
      caller: { account, credential },
      action,
      subject: `session:${credential}`,
      outcome: 'done',
    });
  }
}
