import { describe, expect, it } from '@jest/globals';
import { FIRST_HOURS, TIME_KINDS } from '@app/shared';
import fc from 'fast-check';
import { ranBetween, runOn, type WorkCalendar } from '../../../../server/src/clocks/working-time.rules.js';

const calendar: WorkCalendar = {
  timeZone: 'Asia/Shanghai',
  // The National Day of 2026, Thursday to Wednesday, with the Saturday after it worked on.
  days: new Map([
    ...['01', '02', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'holiday'] as const),
    ['2026-10-10', 'workday'],
  ]),
  hours: FIRST_HOURS,
};
const at = (local: string) => Date.parse(`${local}+08:00`);
const MINUTE = 60_000;
const DAY = 86_400_000;

describe('time that a clock runs for', () => {
  it.each([
    ['emergency', '2026-10-01T23:50', 30 * MINUTE, '2026-10-02T00:20'],
    ['days', '2026-09-30T15:00', 3 * DAY, '2026-10-03T15:00'],
    ['workdays', '2026-09-30T15:00', DAY, '2026-10-08T15:00'],
    ['workdays', '2026-09-25T15:00', DAY, '2026-09-28T15:00'],
    ['workdays', '2026-10-09T09:00', DAY, '2026-10-10T09:00'],
    ['workdays', '2026-10-03T09:00', DAY, '2026-10-09T00:00'],
    ['working', '2026-09-30T11:30', 60 * MINUTE, '2026-09-30T14:30'],
    ['working', '2026-09-30T17:30', 60 * MINUTE, '2026-10-08T08:30'],
    ['working', '2026-09-30T06:00', 60 * MINUTE, '2026-09-30T09:00'],
    ['working', '2026-10-03T10:00', 8 * 60 * MINUTE, '2026-10-08T18:00'],
  ] as const)('%s from %s', (kind, from, amountMs, until) => {
    expect(new Date(runOn(at(from), amountMs, kind, calendar)).toISOString()).toBe(
      new Date(at(until)).toISOString(),
    );
  });

  it('is what ran between its start and its end, of every kind, also over a change of summer time', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];
    fc.assert(
      fc.property(
        fc.constantFrom(...TIME_KINDS),
        fc.constantFrom(...zones),
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-01T00:00') }),
        fc.integer({ min: 1, max: 20 * DAY }),
        (kind, timeZone, from, amountMs) => {
          const there = { ...calendar, timeZone };
          const until = runOn(from, amountMs, kind, there);
          expect(ranBetween(from, until, kind, there)).toBe(amountMs);
          expect(ranBetween(from, until - 1, kind, there)).toBeLessThan(amountMs);
        },
      ),
    );
  });

  it('does not run backwards', () => {
    expect(ranBetween(at('2026-10-08T10:00'), at('2026-10-08T09:00'), 'working', calendar)).toBe(0);
  });

  it('ends also in a calendar without a single workday', () => {
    const never = { ...calendar, hours: [] };
    expect(runOn(at('2026-10-08T10:00'), DAY, 'working', never)).toBeGreaterThan(at('2026-10-09T10:00'));
  });
});
