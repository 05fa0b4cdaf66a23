import { describe, expect, it } from '@jest/globals';
import {
  DISPLAY_TTL_MS,
  IDLE_LOCK_MS,
  isLocked,
  rolledTo,
  SESSION_TTL_MS,
  type SessionLife,
  ttlOf,
} from '../../../../server/src/access/session.rules.js';

const DAY = 86_400_000;
const life: SessionLife = { role: 'duty', hasPassword: true, attendedAt: 0, expiresAt: SESSION_TTL_MS };

describe('a session', () => {
  it.each([
    ['a duty officer within 30 minutes', life, IDLE_LOCK_MS, false],
    ['a duty officer after 30 minutes', life, IDLE_LOCK_MS + 1, true],
    ['a display', { ...life, role: 'display' }, 10 * DAY, false],
    ['an account without a password to give again', { ...life, hasPassword: false }, 10 * DAY, false],
  ] as const)('of %s', (_, session, now, wanted) => {
    expect(isLocked(session, now)).toBe(wanted);
  });

  it('ends after twelve hours, and does not roll', () => {
    expect(ttlOf('duty')).toBe(12 * 3_600_000);
    expect(rolledTo(life, SESSION_TTL_MS - 1)).toBeNull();
  });

  it('of a display rolls on once a day', () => {
    const display: SessionLife = { ...life, role: 'display', expiresAt: DISPLAY_TTL_MS };
    expect(rolledTo(display, DAY)).toBeNull();
    expect(rolledTo(display, DAY + 1)).toBe(DAY + 1 + DISPLAY_TTL_MS);
  });
});
