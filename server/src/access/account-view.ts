import { type Account, toInstant, type Token } from '@app/shared';
import type { AccountRow } from './account.table.js';
import type { TokenRow } from './token.table.js';

/** An account as HTTP answers it: no hash, no secret. */
export const showAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  role: row.role,
  centre: row.centre,
  team: row.team,
  hasOtp: row.otpSecret !== null,
  disabledAt: instantOf(row.disabledAt),
  demo: row.demo,
  createdAt: toInstant(row.createdAt),
  version: row.version,
});

export const showToken = (row: Omit<TokenRow, 'secretHash'>): Token => ({
  id: row.id,
  name: row.name,
  centre: row.centre,
  scopes: row.scopes,
  device: row.device,
  createdAt: toInstant(row.createdAt),
  seenAt: instantOf(row.seenAt),
  expiresAt: instantOf(row.expiresAt),
  revokedAt: instantOf(row.revokedAt),
});

const instantOf = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));
