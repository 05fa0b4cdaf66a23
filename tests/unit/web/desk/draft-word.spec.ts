import { describe, expect, it } from '@jest/globals';
import { draftWordOf } from '../../../../web/src/screens/desk/draft-word.js';

const SINCE = '2026-11-24T04:00:00.000Z';

describe('a draft that another screen speaks of', () => {
  it.each([null, 7, 'text', {}, { since: 'yesterday' }, { since: 5 }])('%p is none', (data) => {
    expect(draftWordOf(data)).toBeUndefined();
  });

  it('is read as far as this version knows it', () => {
    expect(draftWordOf({ since: SINCE, category: 'fire', place: 'x'.repeat(90), more: 1 })).toEqual({
      since: SINCE,
      category: 'fire',
      place: 'x'.repeat(60),
    });
    expect(draftWordOf({ since: SINCE, category: 3 })).toEqual({ since: SINCE, category: null, place: '' });
  });
});
