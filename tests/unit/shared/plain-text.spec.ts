import { describe, expect, it } from '@jest/globals';
import { badWordsIn, hiddenIn } from '@app/shared';

describe('a text', () => {
  it.each([
    ['plain', '派出所 exit 3, 2号楼'],
    ['of several lines', 'a\tb\r\nc'],
    ['with a family in it', '👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚒'],
    ['with a rare character and its variant', '葛󠄀城'],
    ['in Uyghur', 'ياردەم كېرەك'],
    ['with combining marks', 'é ñ ཀྵ'],
  ])('%s is taken', (_, text) => expect(hiddenIn(text)).toBeUndefined());

  it.each([
    ['U+202E', 'exe.\u202Egnp'],
    ['U+2066', 'a\u2066b'],
    ['U+200B', '派\u200B出所'],
    ['U+200D', '派\u200D出所'],
    ['U+200C', 'a\u200Cb'],
    ['U+FEFF', '\uFEFFa'],
    ['U+00AD', 'a\u00ADb'],
    ['U+0000', 'a\u0000'],
    ['U+001B', '\u001B[31m'],
    ['U+0085', 'a\u0085b'],
    ['U+2028', 'a\u2028b'],
    ['U+3164', '\u3164'],
    ['U+E0041', 'a\u{E0041}'],
    ['U+D800', 'a\uD800b'],
  ])('with %s is refused by its name', (name, text) => expect(hiddenIn(text)).toBe(name));
});

describe('what somebody sent', () => {
  it('is searched as deep as it goes, keys too', () => {
    expect(badWordsIn({ a: [{ b: 'x\u202Ey' }] })).toEqual({ at: 'a.0.b', hidden: 'U+202E' });
    expect(badWordsIn({ 'a\u200B': 1 })).toEqual({ at: '', hidden: 'U+200B' });
    expect(badWordsIn('\u2066')).toEqual({ at: '', hidden: 'U+2066' });
    expect(badWordsIn([1, null, true, { a: 'fine' }, undefined])).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'prototype'])('has no key %s, not even of its own', (key) => {
    expect(badWordsIn(JSON.parse(`{"a": {"${key}": {"x": 1}}}`))).toEqual({ at: 'a', key });
  });

  it('may be as deep as its sender likes', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}"\u202E"${']'.repeat(5_000)}`);
    expect(badWordsIn(deep)).toMatchObject({ hidden: 'U+202E' });
  });

  it('keeps a password to whoever chose it', () => {
    expect(badWordsIn({ as: { password: 'a\u200Bb' } })).toBeUndefined();
  });
});
