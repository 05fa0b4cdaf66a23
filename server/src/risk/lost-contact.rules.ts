import type { Patience } from './streak.rules.js';

/** Whether a team, or a device, is heard. Ms since 1970. */
export interface Contact {
  /** When it spoke last. */
  readonly lastAt: number;
  /** Since when it has not been heard; null: it is. */
  readonly lostFrom: number | null;
  /** When it spoke again, while that is too short to count. */
  readonly spokeFrom: number | null;
}
/** Nothing is heard before somebody listens: from the start of the shift at the earliest. */
export const contactFrom = (at: number): Contact => ({ lastAt: at, lostFrom: null, spokeFrom: null });

/** Somebody else has found it silent since `at`. */
export const lostSince = (at: number): Contact => ({ lastAt: at, lostFrom: at, spokeFrom: null });

/** The door that it speaks through was silent up to an instant: whether it spoke nobody knows, and it is silent from then. */
export const held = (contact: Contact, to: number | undefined): Contact =>
  to === undefined || contact.lostFrom !== null || to <= contact.lastAt ? contact : contactFrom(to);

/** It has spoken at `at`. What comes late changes nothing. */
export function heard(contact: Contact, at: number): Contact {
  if (at <= contact.lastAt) return contact;
  const spokeFrom = contact.lostFrom === null ? null : (contact.spokeFrom ?? at);
  return { ...contact, lastAt: at, spokeFrom };
}

/**
 * What silence makes of it by now: lost after `afterMs` without a word, found again when it has spoken for `clearMs`.
 * One word in a long silence ends nothing.
 */
export function listen(contact: Contact, now: number, { afterMs, clearMs }: Patience): Contact {
  const isSilent = now - contact.lastAt >= afterMs;
  if (contact.lostFrom === null) return isSilent ? { ...contact, lostFrom: contact.lastAt } : contact;
  if (isSilent) return { ...contact, spokeFrom: null };
  const { spokeFrom, lastAt } = contact;
  if (spokeFrom === null || lastAt - spokeFrom < clearMs) return contact;
  return contactFrom(lastAt);
}
