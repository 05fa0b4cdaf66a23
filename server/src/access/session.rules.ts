import { LONGEST_PATROL_SHIFT_HOURS, type Role } from '@app/shared';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a session lasts from sign-in; a display's rolls on with each day that it is used. */
export const SESSION_TTL_MS = 12 * HOUR_MS;
export const DISPLAY_TTL_MS = 400 * DAY_MS;
/** A handheld's: one shift, however long, with its handover. */
const HANDHELD_TTL_MS = (LONGEST_PATROL_SHIFT_HOURS + 1) * HOUR_MS;
/** A session locks its commands after this long without a person. */
export const IDLE_LOCK_MS = 30 * 60_000;
/** How old a row's instant of last use may be before it is written again. */
export const TOUCH_MS = 60_000;

/**
 * Requests count as a person's when they change something, or when they carry this header: the screen sends it
 * while a key or pointer was used within the last minute. What screens poll by themselves carries none.
 */
export const ATTENDED_HEADER = 'x-attended';
/**
 * The account that a page means to act as. What was written down for one is not done as another who has signed in since,
 * in the same browser.
 */
export const ACCOUNT_HEADER = 'x-account';

/** All instants in ms since 1970. */
export interface SessionLife {
  readonly role: Role;
  /** Accounts of the demo have no password, so there is nothing to give again. */
  readonly hasPassword: boolean;
  readonly attendedAt: number;
  readonly expiresAt: number;
}

export function ttlOf(role: Role): number {
  if (role === 'team') return HANDHELD_TTL_MS;
  return role === 'display' ? DISPLAY_TTL_MS : SESSION_TTL_MS;
}

/**
 * Whether its commands wait for the password. A lock never ends by itself: `attendedAt` only moves while unlocked. A
 * handheld in a pocket is never locked: its team may need help at once.
 */
export function isLocked({ role, hasPassword, attendedAt }: SessionLife, now: number): boolean {
  return hasPassword && role !== 'display' && role !== 'team' && now - attendedAt > IDLE_LOCK_MS;
}

/** The new end of a session that rolls, or null where nothing changes. */
export function rolledTo({ role, expiresAt }: SessionLife, now: number): number | null {
  return role === 'display' && expiresAt < now + DISPLAY_TTL_MS - DAY_MS ? now + DISPLAY_TTL_MS : null;
}
