import { expect, it } from '@jest/globals';
import { missedThings } from '../../../../web/src/store/missed.js';

it('what was missed stands once each, that which changed last first', () => {
  const [a, b] = [
    { kind: 'incident', id: 'a' },
    { kind: 'team', id: 'b' },
  ];
  expect(missedThings([a, b, a])).toEqual([
    { ...a, count: 2 },
    { ...b, count: 1 },
  ]);
});
