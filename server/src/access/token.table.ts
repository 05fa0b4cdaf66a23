import type { AccountId, CentreId, Id, TokenScope } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** What a program shows instead of a session. Instants are ms since 1970. */
export interface TokenRow {
  readonly id: Id;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly centre: CentreId;
  readonly scopes: TokenScope[];
  /** Who issued it. */
  readonly account: AccountId;
  readonly device: Id | null;
  readonly createdAt: number;
  readonly seenAt: number | null;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export const tokenTable = new EntitySchema<TokenRow>({
  name: 'token',
  columns: {
    id: { type: 'uuid', primary: true },
    secretHash: { type: 'bytea', name: 'secret_hash', select: false },
    name: { type: 'text' },
    centre: { type: 'uuid' },
    scopes: { type: 'text', array: true },
    account: { type: 'uuid' },
    device: { type: 'uuid', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at', transformer: msColumn },
    seenAt: { type: 'timestamptz', name: 'seen_at', nullable: true, transformer: msColumn },
    expiresAt: { type: 'timestamptz', name: 'expires_at', nullable: true, transformer: msColumn },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true, transformer: msColumn },
  },
});
