import { z } from 'zod';

/** An IANA time zone that this Node knows. */
export const TimeZone = z.string().refine(isKnown, 'expected an IANA time zone such as America/Los_Angeles');

function isKnown(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
