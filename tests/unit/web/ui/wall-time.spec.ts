import { describe, expect, it } from '@jest/globals';
import { instantOf, wallTimeOf } from '../../../../web/src/ui/wall-time.js';

describe('a wall clock', () => {
  it.each([
    ['Asia/Shanghai', '2026-11-24T08:05', '2026-11-24T00:05:00.000Z'],
    ['Asia/Shanghai', '2026-01-01T00:00', '2025-12-31T16:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
    ['Asia/Kolkata', '2026-06-01T12:00', '2026-06-01T06:30:00.000Z'],
  ])('of %s at %s is %s, and back', (zone, wall, instant) => {
    expect(new Date(instantOf(wall, zone)).toISOString()).toBe(instant);
    expect(wallTimeOf(Date.parse(instant), zone)).toBe(wall);
  });

  it('of no time is none', () => {
    expect([instantOf('', 'Asia/Shanghai'), instantOf('yesterday', 'Asia/Shanghai')]).toEqual([NaN, NaN]);
  });
});
