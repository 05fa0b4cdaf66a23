import { expect, it } from '@jest/globals';
import { WORDS } from '../../../shared/src/index.js';

it('numbers follow-ups as they are spoken', () => {
  const title = (ordinal: number) => WORDS['zh-Hans'].reports.title('follow-up', ordinal);
  expect([1, 10, 11, 20, 23, 99].map(title)).toEqual([
    '续报一',
    '续报十',
    '续报十一',
    '续报二十',
    '续报二十三',
    '续报九十九',
  ]);
  expect(WORDS.en.reports.title('follow-up', 2)).toBe('Follow-up 2');
  expect(WORDS['zh-Hant'].reports.title('final', 1)).toBe('終報');
});
