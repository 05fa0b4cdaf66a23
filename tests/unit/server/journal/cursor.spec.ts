import { describe, expect, it } from '@jest/globals';
import { formatCursor, parseCursor } from '../../../../server/src/journal/cursor.js';

describe('a cursor', () => {
  it('comes back as it was written', () => {
    for (const cursor of [
      { seq: 0, mark: 0 },
      { seq: 123_456_789_012_345, mark: 2_147_483_646 },
    ])
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
  });

  it.each([
    '',
    '1',
    '1.',
    '.1',
    '1.2.3',
    '-1.2',
    '1e3.2',
    ' 1.2',
    '1.2 ',
    '1.2\n',
    '١.٢',
    '1234567890123456.1',
    '1.12345678901',
  ])('is none: %j', (text) => expect(parseCursor(text)).toBeUndefined());
});
