import { describe, expect, it } from '@jest/globals';
import { csvLine, defused, headOf, rowOf } from '../../../../server/src/exchange/incident-sheet.rules.js';
import { after, idOf, reported, standingIn, T0 } from '../incidents/story.js';

const OF = { language: 'zh-Hans', timeZone: 'Asia/Shanghai', centreOf: () => undefined } as const;

describe('a cell', () => {
  it.each(['=1+1', '+86', '-2+3', '@SUM(A1)', '\t=1', '\r=cmd|’/c calc’!A1', ' =1', '＝1', '\n-1'])(
    'that looks like a formula is text: %j',
    (text) => {
      expect(defused(text)).toBe(`'${text}`);
    },
  );

  it.each(['新华路口', 'a=b', '3-5 号楼', ''])('that is plain stays: %j', (text) => {
    expect(defused(text)).toBe(text);
  });

  it('keeps commas, quotes and lines in one field', () => {
    expect(csvLine(['a,b', '说“"好"”', '一\n二', null, -98.5])).toBe(
      '"a,b","说“""好""”","一\n二",,-98.5\r\n',
    );
  });
});

describe('a row', () => {
  it('has a cell for each column, and times on the wall clock of the city', () => {
    const row = rowOf(standingIn('handled'), OF);
    expect(row).toHaveLength(headOf('en').length);
    expect(row[headOf('zh-Hans').indexOf('发生时间')]).toEqual({ wallMs: T0 + 8 * 3_600_000 });
    expect(row[headOf('zh-Hans').indexOf('等级')]).toBe('III 级 较大');
    expect(row[headOf('zh-Hans').indexOf('巡组')]).toBe('t1');
    expect(csvLine(row)).toContain(',2026-11-24 16:00:00,');
  });

  it.each([
    ['zh-Hans', '城管队'],
    ['zh-Hant', '城管隊'],
    ['en', 'Street Wardens'],
  ] as const)('names a department that was sent in the language of the file (%s)', (language, name) => {
    const names = { hans: '城管队', hant: '城管隊', en: 'Street Wardens' };
    const warden = { id: idOf('d'), centre: idOf('e1'), names, isOpen: true, assignment: idOf('ad') };
    const sent = after(reported(), { action: 'accept' }, { action: 'dispatch', departments: [warden] });
    const row = rowOf(sent, { ...OF, language });
    expect(row[headOf(language).length - 2]).toBe(name);
  });
});
