import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runsOf, searchable, wantedOf } from '../../../../server/src/incidents/search-text.js';

/** What the database does: the index first, then the runs. */
function finds(question: string, ...texts: string[]): boolean {
  const { grams, folded } = searchable(texts);
  const wanted = wantedOf(question);
  return (
    wanted.runs.length > 0 &&
    wanted.grams.every((gram) => grams.includes(gram)) &&
    wanted.runs.every((run) => folded.includes(run))
  );
}

describe('a search', () => {
  it.each(['派出', '派出所', '城关派出所', '所', '出所', '城关', '关 派出'])(
    'for %s finds 城关派出所',
    (question) => {
      expect(finds(question, '城关派出所')).toBe(true);
    },
  );

  it.each([
    ['嘉综〔2026〕000123', '嘉综〔2026〕000123'],
    ['000123', '嘉综〔2026〕000123'],
    ['0123', '嘉综〔2026〕000123'],
    ['5', '3号楼5单元'],
    ['甘B', '车牌甘B开头'],
    ['gas', 'GAS leak near KFC'],
    ['leak kfc', 'GAS leak near KFC'],
    ['号楼', '3号楼5单元'],
    ['𠮷', '𠮷野家门前'],
    ['café', 'Cafe\u0301 fire'],
  ])('for %s finds %s', (question, text) => {
    expect(finds(question, text)).toBe(true);
  });

  it.each([
    ['綜治中心', '综治中心'],
    ['综治中心', '綜治中心'],
    ['体育馆', '體育館'],
    ['ＫＦＣ', 'kfc'],
    ['１２３４５', '12345热线'],
  ])('reads %s and %s alike', (question, text) => {
    expect(finds(question, text)).toBe(true);
  });

  it('wants every word, anywhere', () => {
    expect(finds('路口 相撞', '新华路口', '两车相撞')).toBe(true);
    expect(finds('路口 起火', '新华路口', '两车相撞')).toBe(false);
  });

  it('does not take the pairs of a word for the word', () => {
    expect(finds('派出所', '派出一组，出所时已晚')).toBe(false);
  });

  it('finds no word across two texts, and nothing for what holds no letter and no digit', () => {
    expect(finds('口两', '新华路口', '两车相撞')).toBe(false);
    expect(finds('。 %', '100%。')).toBe(false);
  });

  it('finds every piece of whatever was told', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (told, from, length) => {
        for (const run of runsOf(told)) {
          const characters = Array.from(run);
          const start = from % characters.length;
          const piece = characters.slice(start, start + 1 + (length % characters.length)).join('');
          // A piece that begins with a mark folds into something else than it was: nobody can type it alone.
          if (runsOf(piece).join(' ') === piece) expect(finds(piece, told)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
