import { describe, expect, it } from '@jest/globals';
import {
  DEMO_ACCOUNTS,
  demoKey,
  demoLogin,
  demoPersonOf,
  LANGUAGES,
  personText,
  SignIn,
  WORDS,
} from '@app/shared';

/** A centre without a code. */
const AT = '0193a2b4-5c6d-7e8f-9a0b-1c2d3eb84f7a';
const nameOf = (key: string): string => ({ '620201001': '雄关街道', [demoKey(AT)]: '郊区' })[key] ?? '';
const told = (login: string) => personText(login, WORDS['zh-Hans'], nameOf);

describe('who did something', () => {
  it.each(
    DEMO_ACCOUNTS.flatMap((demo) =>
      [null, '620201001', '620201001001', demoKey(AT)].flatMap((centre) =>
        [false, true].map((isSecond) => ({ demo, centre, isSecond })),
      ),
    ),
  )('$demo at $centre, the second: $isSecond, is read from the login that it makes', (person) => {
    expect(demoPersonOf(demoLogin(person))).toEqual(person);
    for (const language of LANGUAGES)
      expect(personText(demoLogin(person), WORDS[language], nameOf)).not.toMatch(/demo|-/);
  });

  it.each([
    ['demo-duty', '市级值班长'],
    ['demo-county-620201001', '雄关街道值班员'],
    ['demo-county-620201001-b', '雄关街道值班员（二）'],
    [`demo-county-${demoKey(AT)}`, '郊区值班员'],
    ['demo-town-999999', '值班员'],
    ['system', '系统'],
  ])('%s is called %s', (login, text) => {
    expect(told(login)).toBe(text);
  });

  it.each(['desk.1', 'demo', 'demo-chief', 'demo-duty-x', 'demo-county-620201001-c', 'DEMO-duty', ''])(
    'a login like %j is left as it is',
    (login) => {
      expect(told(login)).toBe(login);
    },
  );
});

it('a second person is for desks that two keep by turns', () => {
  expect(SignIn.safeParse({ demo: 'town', second: true }).success).toBe(true);
  for (const demo of ['duty', 'admin', 'display', 'patrol'])
    expect(SignIn.safeParse({ demo, second: true }).success).toBe(false);
  expect(SignIn.safeParse({ demo: 'town', second: false }).success).toBe(false);
});
