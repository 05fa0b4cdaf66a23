import { expect, it } from '@jest/globals';
import { Abbreviation } from '../../../../shared/src/index.js';
import { firstAbbreviation } from '../../../../server/src/places/abbreviation.rules.js';

it.each([
  ['雄关街道', [], '雄关综'],
  ['福民社区', ['福民综'], '福民2综'],
  ['郊区', [], '郊综'],
  ['村', [], '村综'],
  ['Xincheng Long Name', [], 'Xincheng综'],
])('%s beside %j is %s', (name, taken: string[], word) => {
  const found = firstAbbreviation(name, (one) => taken.includes(one));
  expect(found).toBe(word);
  expect(Abbreviation.safeParse(found).success).toBe(true);
});
