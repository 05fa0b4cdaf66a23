import { describe, expect, it } from '@jest/globals';
import { foldedPlace, matchPlaces } from '../../../../server/src/incidents/place-match.rules.js';

const place = (kind: 'site' | 'road' | 'grid', name: string, words: string[] = []) =>
  foldedPlace(name, kind, { names: [name], words });
const ALL = [
  place('road', '迎宾路'),
  place('site', '迎宾湖公园'),
  place('grid', '迎宾一小区', ['620201001012003', '003', '网格 grid', '迎宾社区']),
  place('site', '东方迎宾馆'),
];
const find = (typed: string, seen = (one: string): string | undefined => one) =>
  matchPlaces(ALL, typed, seen);

describe('places by what is typed', () => {
  it('put what begins so before what has it within, and sites before roads', () => {
    expect(find('迎宾')).toEqual(['迎宾湖公园', '迎宾路', '迎宾一小区', '东方迎宾馆']);
    expect(find('迎宾路')[0]).toBe('迎宾路');
  });

  it('are found in either script, and by several words in any order', () => {
    expect(find('迎賓館')).toEqual(['东方迎宾馆']);
    expect(find('003 迎宾')).toEqual(['迎宾一小区']);
  });

  it('are found by what stands before words that nothing is called', () => {
    expect(find('迎宾湖公园 东门 第三棵树')).toEqual(['迎宾湖公园']);
    expect(find('没有这里 东门')).toEqual([]);
  });

  it('leave out what is not of whoever asks, also while words are left out', () => {
    const mine = (one: string) => (one === '迎宾路' ? one : undefined);
    expect(find('迎宾', mine)).toEqual(['迎宾路']);
    expect(find('迎宾路 湖', mine)).toEqual(['迎宾路']);
  });
});
