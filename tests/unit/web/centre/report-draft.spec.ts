import { beforeEach, describe, expect, it } from '@jest/globals';
import { IncidentReport } from '@app/shared';
import {
  emptyDraft,
  keepDraft,
  loadDraft,
  type ReportDraft,
  readPlace,
  reportOf,
} from '../../../../web/src/screens/centre/report-draft.js';

const full = (part: Partial<ReportDraft> = {}): ReportDraft => ({
  ...emptyDraft(),
  category: 'fire',
  lng: 98.28,
  lat: 39.77,
  ...part,
});

describe('reportOf', () => {
  it('makes a report that the server takes, without empty words', () => {
    const made = reportOf(full({ place: '  雄关广场 ', description: ' ' }));
    expect(made).toEqual({
      report: { category: 'fire', severity: 4, lng: 98.28, lat: 39.77, source: 'phone', place: '雄关广场' },
    });
    expect('report' in made && IncidentReport.safeParse(made.report).success).toBe(true);
  });

  it.each<[Partial<ReportDraft>, string[]]>([
    [{ category: null, lng: null, lat: null }, ['category', 'lng', 'lat']],
    [{ lat: 98.2 }, ['lat']],
    [{ lng: null }, ['lng']],
  ])('says what lacks: %o', (part, lacks) => {
    expect(reportOf(full(part))).toEqual({ lacks });
  });
});

describe('readPlace', () => {
  it.each<[string, { lng: number; lat: number } | undefined]>([
    ['98.2888, 39.7721', { lng: 98.2888, lat: 39.7721 }],
    ['98.2888，39.7721', { lng: 98.2888, lat: 39.7721 }],
    [' -122.41 37.77 ', { lng: -122.41, lat: 37.77 }],
    ['98.2888', undefined],
    ['雄关广场, 东门', undefined],
  ])('%s', (told, wanted) => {
    expect(readPlace(told)).toEqual(wanted);
  });
});

describe('a draft in the browser', () => {
  beforeEach(() => localStorage.clear());

  it('comes back for its account alone, with the key that makes it the same report', () => {
    const draft = full({ description: '浓烟' });
    keepDraft('one', draft);
    expect(loadDraft('one')).toEqual(draft);
    expect(loadDraft('other').description).toBe('');
    expect(loadDraft('other').key).not.toBe(draft.key);
  });

  it.each([['not json'], ['{"key":1}'], ['null']])('is empty when what is stored is %s', (stored) => {
    localStorage.setItem('report-draft:one', stored);
    expect(loadDraft('one')).toMatchObject({ category: null, place: '' });
  });
});
