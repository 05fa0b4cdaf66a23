import { z } from 'zod';
import { Id } from './ids.js';

export const ROLES = ['display', 'duty', 'commander', 'staff', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const DEMO_ACCOUNTS = ['duty', 'commander', 'county', 'admin', 'display'] as const;

export const TOKEN_SCOPES = ['positions', 'report', 'read', 'import', 'metrics'] as const;
export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScope>;

export const SignIn = z.union([
  z.strictObject({
    account: z.string().min(1).max(64),
    password: z.string().min(1).max(256),
    otp: z.string().max(12).optional(),
  }),
  z.strictObject({ demo: z.enum(DEMO_ACCOUNTS), centre: Id.optional() }),
]);
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in, as `GET /api/session` says. */
export const Session = z.object({
  account: z.object({ id: Id, name: z.string(), role: Role }),
  centre: z.object({ id: Id, name: z.string(), level: z.string() }),
  demo: z.boolean(),
  locked: z.boolean(),
  expiresAt: z.string(),
});
export type Session = z.infer<typeof Session>;

export const TokenDraft = z.strictObject({
  name: z.string().min(1).max(80),
  centre: Id,
  scopes: z.array(TokenScope).min(1),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type TokenDraft = z.infer<typeof TokenDraft>;
