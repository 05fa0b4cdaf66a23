import { expect, it } from '@jest/globals';
import type { Instruction } from '../../../../shared/src/index.js';
import { grouped } from '../../../../web/src/screens/duty/grouped.js';

const one = (id: string, parent: string) => ({ id, parent }) as Instruction;

it('puts together what was sent together, in the order of the list', () => {
  const list = [one('a', 'p'), one('b', 'q'), one('c', 'p')];
  expect(grouped(list).map((group) => group.map(({ id }) => id))).toEqual([['a', 'c'], ['b']]);
  expect(grouped([])).toEqual([]);
});
