import { describe, expect, it } from '@jest/globals';
import {
  instantOf,
  readWallTime,
  steppedWallTime,
  wallTimeOf,
  writtenWallTime,
} from '../../../../web/src/ui/wall-time.js';

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

describe('a time that somebody types', () => {
  it.each([
    ['2026-11-24 08:05', '2026-11-24T08:05'],
    ['2026-11-24T08:05', '2026-11-24T08:05'],
    [' 2026/1/4 8:05 ', '2026-01-04T08:05'],
    ['2026.02.28 23：59', '2026-02-28T23:59'],
    ['2026-02-31 08:05', ''],
    ['2026-11-24 24:00', ''],
    ['2026-11-24 08:60', ''],
    ['24/11/2026 08:05', ''],
    ['2026-11-24', ''],
    ['', ''],
  ])('%s is read as %s', (typed, wanted) => {
    expect(readWallTime(typed)).toBe(wanted);
    if (wanted !== '') expect(readWallTime(writtenWallTime(wanted))).toBe(wanted);
  });

  it.each([
    [2, 1, '2027-01-31 23:59'],
    [6, 1, '2026-02-28 23:59'],
    [6, -1, '2025-12-31 23:59'],
    [9, 1, '2026-02-01 23:59'],
    [12, 1, '2026-02-01 00:59'],
    [16, 1, '2026-02-01 00:00'],
    [16, -1, '2026-01-31 23:58'],
  ] as const)('is stepped where the caret stands (%d, %d)', (caret, by, wanted) => {
    expect(steppedWallTime('2026-01-31 23:59', caret, by)).toBe(wanted);
  });

  it('is not stepped while it is none', () => {
    expect(steppedWallTime('2026-01', 3, 1)).toBeUndefined();
  });
});
