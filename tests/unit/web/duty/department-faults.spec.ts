import { describe, expect, it } from '@jest/globals';
import { DepartmentChange } from '../../../../shared/src/index.js';
import { departmentFaults } from '../../../../web/src/screens/duty/department-faults.js';

const ID = '01920000-0000-7000-8000-000000000001';
const named = (hans: string, hant = '', en = '') => ({ names: { hans, hant, en }, open: true });

describe('what is wrong with the departments that are being written', () => {
  it.each([
    ['a name', [named('消防')], []],
    ['a short number', [named('供电 9527')], []],
    ['a telephone number', [named('水务 13812345678')], [[0, 'name', ['hans']]]],
    ['one in another script', [named('水务', '水務', 'water 12345')], [[0, 'name', ['en']]]],
    ['English alone', [named(' ', '', 'Fire')], [[0, 'name', ['hans']]]],
    ['a name that is too long', [named('水'.repeat(61))], [[0, 'name', ['hans']]]],
    ['nothing yet', [named('消防'), named('')], [[1, 'unnamed', []]]],
    ['a known one without its name', [{ id: ID, ...named('') }], [[0, 'name', ['hans']]]],
    [
      'two without a name',
      [named(''), named(' ')],
      [
        [0, 'unnamed', []],
        [1, 'unnamed', []],
      ],
    ],
    ['a name twice', [named('消防'), named('水务'), named(' 消防 ')], [[2, 'twice', ['hans']]]],
  ])('%s', (_, items, wanted) => {
    const faults = [...departmentFaults(items)].map(([at, { why, scripts }]) => [at, why, [...scripts]]);
    expect(faults).toEqual(wanted);
    const isTaken = DepartmentChange.safeParse({ version: 1, items }).success;
    if (faults.length === 0) expect(isTaken).toBe(true);
    if (faults.some(([, why]) => why !== 'twice')) expect(isTaken).toBe(false);
  });
});
