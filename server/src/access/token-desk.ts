import { Injectable } from '@nestjs/common';
import { type AuditAction, type CentreId, type Id, toMs, type TokenDraft } from '@app/shared';
import { type EntityManager, In, LessThan } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { Access } from './access.js';
import { Audit } from './audit.js';
import type { Caller } from './caller.js';
import { hashOf, newSecret } from './secret.js';
import { TokenCache } from './token-cache.js';
import { type TokenRow, tokenTable } from './token.table.js';

export interface TokenIssued {
  readonly token: Omit<TokenRow, 'secretHash'>;
  /** Told once; only its hash is kept. */
  readonly secret: string;
}

export interface TokenPage {
  readonly before: Id | undefined;
  readonly limit: number;
}

/** Issues and revokes tokens, each in the transaction of whoever needs it (a device's, an administrator's). */
@Injectable()
export class TokenDesk {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly cache: TokenCache,
  ) {}

  /**
   * Issues a token for a centre of the caller's subtree; with `device` it speaks for that device alone.
   * @throws Fault `centre.unknown`
   */
  async issue(
    tx: EntityManager,
    by: Caller,
    draft: TokenDraft,
    device: Id | null = null,
  ): Promise<TokenIssued> {
    this.access.requireAct(by, draft.centre);
    const secret = `xg_${newSecret()}`;
    const token = {
      id: this.clock.mint(),
      name: draft.name,
      centre: draft.centre,
      scopes: [...new Set(draft.scopes)],
      account: by.account,
      device,
      createdAt: this.clock.now(),
      seenAt: null,
      expiresAt: draft.expiresAt === undefined ? null : toMs(draft.expiresAt),
      revokedAt: null,
    };
    await tx.insert(tokenTable, { ...token, secretHash: hashOf(secret) });
    await this.write(tx, by, 'token.issued', token.id);
    return { token, secret };
  }

  /** @throws Fault `token.unknown` also for a token outside the caller's subtree */
  async revoke(tx: EntityManager, by: Caller, id: Id): Promise<void> {
    const token = await tx.findOne(tokenTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!token || !this.access.mayAct(by, token.centre)) throw new Fault('token.unknown', { id });
    this.cache.distrust(id);
    if (token.revokedAt !== null) return;
    await tx.query('update token set revoked_at = $2, changed_at = clock_timestamp() where id = $1', [
      id,
      new Date(this.clock.now()),
    ]);
    await this.write(tx, by, 'token.revoked', id);
  }

  /** Tokens of these centres, the newest first. */
  page(tx: EntityManager, centres: readonly CentreId[], { before, limit }: TokenPage): Promise<TokenRow[]> {
    return tx.find(tokenTable, {
      where: { centre: In([...centres]), ...(before === undefined ? {} : { id: LessThan(before) }) },
      order: { id: 'desc' },
      take: limit,
    });
  }

  private write(tx: EntityManager, caller: Caller, action: AuditAction, id: Id): Promise<void> {
    return this.audit.write(tx, { caller, action, subject: `token:${id}`, outcome: 'done' });
  }
}
