import { z } from 'zod';
import { Level } from './centre.js';
import { Id } from './ids.js';
import { Names } from './names.js';
import { Instant } from './time.js';

/**
 * Two sit at the liaison desks of forces under their own command. `team` is a joint team's handheld: it sees what its
 * team sees and does what its team may do, and stands for no centre and no person.
 */
export const ROLES = [
  'display',
  'duty',
  'commander',
  'staff',
  'admin',
  'armed-police-liaison',
  'militia-liaison',
  'team',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const DEMO_ACCOUNTS = [
  'duty',
  'commander',
  'county',
  'town',
  'community',
  'admin',
  'display',
  'liaison',
  'patrol',
] as const;
export type DemoAccount = (typeof DEMO_ACCOUNTS)[number];

/** Desks that two keep by turns; at the city these are `duty` and `commander`. */
export const PAIRED: readonly DemoAccount[] = ['county', 'town', 'community'];

export const TOKEN_SCOPES = ['positions', 'report', 'read', 'import', 'metrics'] as const;
export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScope>;

export const SignIn = z.union([
  z.strictObject({
    account: z.string().min(1).max(64),
    password: z.string().min(1).max(256),
    otp: z.string().max(12).optional(),
  }),
  /** `team`: whose handheld `patrol` is; one of those that have a plan where none is named. */
  z
    .strictObject({
      demo: z.enum(DEMO_ACCOUNTS),
      centre: Id.optional(),
      team: Id.optional(),
      /** The other one who keeps that desk, so that a shift can be handed over. */
      second: z.literal(true).optional(),
    })
    .refine(
      ({ demo, second }) => second === undefined || PAIRED.includes(demo),
      'a second one only where two keep a desk',
    ),
]);
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in, as `GET /api/session` says. */
export const Session = z.object({
  account: z.object({ id: Id, name: z.string(), role: Role }),
  centre: z.object({ id: Id, name: z.string(), names: Names, level: z.string() }),
  /** Whose handheld it is; the centre is then the team's home. */
  team: Id.optional(),
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

/** A token as it is listed; its secret is told once, when it is issued. */
export const Token = z.object({
  id: Id,
  name: z.string(),
  centre: Id,
  scopes: z.array(TokenScope),
  device: Id.nullable(),
  createdAt: Instant,
  seenAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type Token = z.infer<typeof Token>;

/** A login: lower-case letters, digits, points and hyphens; never a person's name. */
export const Login = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,47}$/, 'expected 2 to 48 of a-z, 0-9, point, hyphen');

export const Account = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  centre: Id,
  /** Of a handheld; its centre is the team's home. */
  team: Id.nullable(),
  hasOtp: z.boolean(),
  disabledAt: Instant.nullable(),
  demo: z.boolean(),
  createdAt: Instant,
  version: z.number().int(),
});
export type Account = z.infer<typeof Account>;

/** A handheld names its team, and no other account does; every other one its centre. */
export const AccountDraft = z
  .strictObject({
    name: Login,
    password: z.string().min(1).max(256),
    role: Role,
    centre: Id.optional(),
    team: Id.optional(),
  })
  .refine(
    ({ role, team, centre }) =>
      role === 'team' ? team !== undefined : team === undefined && centre !== undefined,
    'a team for the role `team`, a centre for every other',
  );
export type AccountDraft = z.infer<typeof AccountDraft>;

/** `otp: 'new'` answers a new secret for the second factor, once; `unlock` forgets failed sign-ins. */
export const AccountChange = z.strictObject({
  version: z.number().int().positive(),
  role: Role.optional(),
  centre: Id.optional(),
  team: Id.optional(),
  password: z.string().min(1).max(256).optional(),
  disabled: z.boolean().optional(),
  otp: z.enum(['new', 'none']).optional(),
  unlock: z.literal(true).optional(),
});
export type AccountChange = z.infer<typeof AccountChange>;

/** The first step of an empty installation: the code of the set-up link, the city and its administrator. */
export const Setup = z.strictObject({
  code: z.string().min(1).max(100),
  account: Login,
  password: z.string().min(1).max(256),
  city: z.strictObject({ names: Names, level: Level }),
  /** From the top, the city's own first; without them the default four. */
  levels: z
    .array(z.strictObject({ level: Level, names: Names }))
    .min(2)
    .max(6)
    .optional(),
});
export type Setup = z.infer<typeof Setup>;
