import { describe, expect, it } from '@jest/globals';
import {
  dateOf,
  startOfDay,
  startOfHour,
  weeksBefore,
  zoneOffsetMs,
} from '../../../../server/src/clocks/wall-clock.js';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

describe('the wall clock of a city', () => {
  it.each([
    ['2026-11-24T08:30:00Z', 'Asia/Shanghai', 8],
    ['2020-04-07T08:30:00Z', 'America/Los_Angeles', -7],
    ['2020-01-07T08:30:00Z', 'America/Los_Angeles', -8],
    ['2026-11-24T08:30:00Z', 'Asia/Kathmandu', 5.75],
    ['1969-07-20T20:17:40.5Z', 'UTC', 0],
  ])('at %s %s is %d hours ahead', (told, zone, hours) => {
    expect(zoneOffsetMs(at(told), zone)).toBe(hours * HOUR);
  });

  it.each([
    ['2026-11-24T15:59:59.999Z', 'Asia/Shanghai', '2026-11-23T16:00:00Z'],
    ['2026-11-24T16:00:00Z', 'Asia/Shanghai', '2026-11-24T16:00:00Z'],
    // The night of the change: that day began with the offset of summer.
    ['2020-11-01T12:00:00Z', 'America/Los_Angeles', '2020-11-01T07:00:00Z'],
    ['2020-03-08T22:00:00Z', 'America/Los_Angeles', '2020-03-08T08:00:00Z'],
  ])('the day of %s in %s began at %s', (told, zone, began) => {
    expect(startOfDay(at(told), zone)).toBe(at(began));
  });

  it('hours begin where the wall clock says', () => {
    expect(startOfHour(at('2026-11-24T08:20:00Z'), 'Asia/Kathmandu')).toBe(at('2026-11-24T08:15:00Z'));
  });

  it('a week before has the same weekday and time, also across a change of summer time', () => {
    expect(weeksBefore(at('2020-11-03T20:00:00Z'), 1, 'America/Los_Angeles')).toBe(
      at('2020-10-27T19:00:00Z'),
    );
    expect(weeksBefore(at('2026-11-24T08:00:00Z'), 52, 'Asia/Shanghai')).toBe(at('2025-11-25T08:00:00Z'));
  });

  it('dates are those of the wall calendar', () => {
    expect(dateOf(at('2026-11-24T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-25');
  });
});
