import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';
import { ageText, clockText, dayText, momentText, spanText } from '../../../../web/src/ui/time-format.js';

const hans = CATALOGUE['zh-Hans'];
const en = CATALOGUE.en;
const NOON = Date.parse('2026-11-24T04:00:00Z');

describe('ages and spans', () => {
  it.each([
    [0, '刚刚', 'just now'],
    [12_400, '12 秒前', '12 s ago'],
    [59_999, '59 秒前', '59 s ago'],
    [60_000, '1 分钟前', '1 min ago'],
    [3_600_000, '1 小时前', '1 h ago'],
    [49 * 3_600_000, '2 天前', '2 d ago'],
  ])('%d ms is %s', (ms, chinese, english) => {
    expect(ageText(ms, hans)).toBe(chinese);
    expect(ageText(ms, en)).toBe(english);
  });

  it('an unknown age is not zero', () => {
    expect(ageText(NaN, hans)).toBe('—');
    expect(spanText(NaN, hans)).toBe('—');
  });

  it('spans leave out what is nothing', () => {
    expect(spanText(3_600_000, hans)).toBe('1 小时');
    expect(spanText(3_900_000, hans)).toBe('1 小时 5 分');
    expect(spanText(-5, en)).toBe('0 s');
  });
});

describe('times in the zone of a centre', () => {
  it('does not ask where the browser stands', () => {
    expect(clockText(NOON, 'Asia/Shanghai')).toBe('12:00');
    expect(clockText(NOON, 'America/Los_Angeles')).toBe('20:00');
    expect(clockText(NOON, 'Asia/Shanghai', true)).toBe('12:00:00');
  });

  it('has no day while the time is not known', () => {
    expect(dayText(Date.parse('2026-11-23T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-24');
    expect(dayText(NaN, 'Asia/Shanghai')).toBe('');
  });

  it('midnight is 00:00, not 24:00', () => {
    expect(clockText(Date.parse('2026-11-23T16:00:00Z'), 'Asia/Shanghai')).toBe('00:00');
  });

  it('names the day of what was not today', () => {
    expect(momentText(NOON - 3_600_000, NOON, 'Asia/Shanghai')).toBe('11:00');
    expect(momentText(NOON - 86_400_000, NOON, 'Asia/Shanghai')).toBe('11-23 12:00');
  });
});
