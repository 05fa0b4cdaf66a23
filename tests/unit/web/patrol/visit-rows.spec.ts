import { describe, expect, it } from '@jest/globals';
import type { Visit } from '@app/shared';
import { flagsOf, markOf, visitRows } from '../../../../web/src/screens/patrol/visit-rows.js';

const T = '2026-11-26T08:00:00+08:00';
const visit = (id: string, part: Partial<Visit> = {}): Visit => ({
  id,
  plan: 'p',
  shift: 's',
  team: 't',
  callSign: '雄关101',
  checkpoint: 'c',
  name: id,
  names: { hans: id, hant: '', en: '' },
  beat: null,
  centre: 'h',
  windowFrom: T,
  windowTo: T,
  dwellS: 120,
  wanted: [],
  forces: [],
  state: 'due',
  flags: [],
  refusal: null,
  from: null,
  to: null,
  version: 1,
  contest: null,
  isCredited: false,
  phase: 'owed',
  credit: null,
  actions: [],
  ...part,
});
const contest = { state: 'open', note: '', at: T, answer: null, answeredAt: null } as const;

describe('a list of visits', () => {
  const all = [
    visit('ahead', { phase: 'ahead' }),
    visit('done', { phase: 'done', isCredited: true }),
    visit('owed'),
    visit('late', { phase: 'done', flags: ['late'], isCredited: true }),
    visit('there', { phase: 'there' }),
    visit('missed', { phase: 'missed' }),
    visit('spoofed', { phase: 'refused' }),
    visit('contested', { phase: 'missed', contest }),
    visit('upheld', { phase: 'missed', contest: { ...contest, state: 'upheld' }, isCredited: true }),
  ];
  const ids = (rows: readonly Visit[]) => rows.map(({ id }) => id);

  it('begins with what waits for somebody', () => {
    expect(ids(visitRows(all, { choice: 'all', words: '' }))).toEqual([
      'contested',
      'missed',
      'spoofed',
      'there',
      'owed',
      'late',
      'upheld',
      'done',
      'ahead',
    ]);
  });

  it('is that of a choice', () => {
    expect(ids(visitRows(all, { choice: 'contested', words: '' }))).toEqual(['contested']);
    expect(ids(visitRows(all, { choice: 'flagged', words: '' }))).toEqual([
      'contested',
      'missed',
      'spoofed',
      'late',
      'upheld',
    ]);
  });

  it('is found by a part of a call sign or of a name', () => {
    const find = (words: string) => ids(visitRows(all, { choice: 'all', words }));
    expect(find(' MISS ')).toEqual(['missed']);
    expect(find('101')).toHaveLength(all.length);
    expect(find('nobody')).toEqual([]);
  });

  it('says of none that goes on that it was too short', () => {
    const flags = ['late', 'short'] as const;
    expect(flagsOf(visit('a', { phase: 'there', flags: [...flags] }))).toEqual(['late']);
    expect(flagsOf(visit('b', { phase: 'owed', flags: [...flags] }))).toEqual(flags);
  });

  it('marks each as the map does', () => {
    expect(all.map(markOf)).toEqual([
      'ahead',
      'done',
      'owed',
      'late',
      'there',
      'missed',
      'missed',
      'missed',
      'done',
    ]);
  });
});
