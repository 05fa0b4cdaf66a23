import { describe, expect, it } from '@jest/globals';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS, ERRORS, LANGUAGES } from '../../../../shared/src/index.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';

function* stringsOf(node: unknown, path = ''): Iterable<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node)) yield* stringsOf(value, `${path}.${key}`);
}

describe('the catalogue', () => {
  it.each(LANGUAGES)('%s leaves nothing empty but the English counter', (language) => {
    const empty = [...stringsOf(CATALOGUE[language])]
      .filter(([, text]) => text.trim() === '')
      .map(([path]) => path);
    expect(empty).toEqual(language === 'en' ? ['.unit.incidents'] : []);
  });

  it.each(LANGUAGES)('%s has a sentence for every refusal', (language) => {
    expect(Object.keys(CATALOGUE[language].error).sort()).toEqual(Object.keys(ERRORS).sort());
    for (const sentence of Object.values(CATALOGUE[language].error)) expect(sentence).toMatch(/[。.]$/);
  });

  it.each(['actions', 'subjects', 'details', 'values', 'view'] as const)(
    'calls the %s of the audit something in every language',
    (part) => {
      const keys = LANGUAGES.map((language) => Object.keys(CATALOGUE[language].privacy[part]).sort());
      for (const others of keys) expect(others).toEqual(keys[0]);
    },
  );

  it.each(LANGUAGES)('%s has a word for all that the server audits, and for nothing else', (language) => {
    const { actions, subjects } = CATALOGUE[language].privacy;
    expect(Object.keys(actions).sort()).toEqual([...AUDIT_ACTIONS].sort());
    expect(Object.keys(subjects).sort()).toEqual([...AUDIT_SUBJECTS].sort());
  });

  it('begins each action of the audit alike in English', () => {
    for (const word of Object.values(CATALOGUE.en.privacy.actions)) expect(word).toMatch(/^[A-Z]/);
  });

  it('says that something was changed in one way', () => {
    for (const [action, word] of Object.entries(CATALOGUE['zh-Hans'].privacy.actions))
      if (action.endsWith('.changed')) expect(word).toMatch(/^修改/);
  });

  it.each(LANGUAGES)('%s has one word for one thing', (language) => {
    const twice = /示[範范]|公里\/[时時]/;
    expect([...stringsOf(CATALOGUE[language])].filter(([, text]) => twice.test(text))).toEqual([]);
  });

  it('never uses the Roman numerals that the font lacks', () => {
    for (const language of LANGUAGES)
      for (const [, text] of stringsOf(CATALOGUE[language])) expect(text).not.toMatch(/[\u2160-\u217f]/);
  });

  it('writes traditional Chinese without simplified characters', () => {
    const simplified =
      /[这个为们时会发动员线网单边务报处办签归队转达导页请给图确认错误种进无权经业试区离择选过验证应实载链断钟声静开约预显测与连张识许话电来门对视协补额标响变称计机观语层说读体简节条数据难当两车级组织结继续统绩维终练细绍绝务动劳势励医协单卖卢厅历压厌县参双变叙台叶号]/;
    const bad = [...stringsOf(CATALOGUE['zh-Hant'])].filter(
      ([path, text]) => path !== '.language.zh-Hans' && simplified.test(text.replaceAll('台', '')),
    );
    expect(bad).toEqual([]);
  });
});
