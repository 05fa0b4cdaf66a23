import { describe, expect, it } from '@jest/globals';
import { readCalendar } from '../../../../server/src/clocks/calendar-file.rules.js';

describe('a calendar as it comes from a file', () => {
  it('is read with a head, in both scripts of the kinds, in any order and of any common form', () => {
    const text =
      '\uFEFF日期,类型,名称\r\n2026-10-10,班,国庆节调休\n20261001,休,国庆节\n\n2026/10/2\tholiday\n';
    expect(readCalendar({ year: 2026, text })).toEqual({
      ok: true,
      value: [
        { date: '2026-10-01', kind: 'holiday', name: '国庆节' },
        { date: '2026-10-02', kind: 'holiday', name: '' },
        { date: '2026-10-10', kind: 'workday', name: '国庆节调休' },
      ],
    });
  });

  it.each([
    ['a day that no calendar has', '2026-02-30,休', 1],
    ['a day of another year', '2026-01-01,休\n2027-01-01,休', 2],
    ['a kind that is none', '2026-01-01,half', 1],
    ['a day twice', '2026-01-01,休\n2026-01-01,班', 2],
    ['words', '2026-01-01,休\nsomething else', 2],
  ])('names the line with %s', (_, text, line) => {
    expect(readCalendar({ year: 2026, text })).toMatchObject({
      code: 'calendar.malformed',
      detail: { line, wanted: expect.any(String) },
    });
  });

  it('is not empty', () => {
    expect(readCalendar({ year: 2026, text: '日期,类型' })).toMatchObject({ code: 'calendar.malformed' });
  });
});
