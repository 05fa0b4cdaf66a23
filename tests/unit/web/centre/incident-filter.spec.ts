import { describe, expect, it } from '@jest/globals';
import { type IncidentCard, IncidentQuery } from '@app/shared';
import {
  type Filter,
  hasBounds,
  matches,
  queryOf,
  readFilter,
  writeFilter,
} from '../../../../web/src/screens/centre/incident-filter.js';
import { ago, incidentCard, NOW } from '../cards.js';

describe('a filter in the address', () => {
  it('survives being written and read, and leaves the rest of the address alone', () => {
    const filter = { status: 'reported,accepted', overdue: 'true', q: '0236', since: ago(60) };
    const address = writeFilter(new URLSearchParams('centre=c&tab=incidents&category=fire'), filter);
    expect(readFilter(address)).toEqual(filter);
    expect(address.get('centre')).toBe('c');
    expect(address.get('category')).toBeNull();
  });

  it('leaves out what nobody knows', () => {
    expect(readFilter(new URLSearchParams('status=reported,nonsense&category=x&other=1'))).toEqual({
      status: 'reported',
    });
  });

  it.each<[string, Filter, string | undefined, Record<string, string>]>([
    ['open ones unless told otherwise', {}, undefined, { open: 'true', limit: '50' }],
    ['ended ones', { open: 'false' }, 'c', { open: 'false', centre: 'c', limit: '50' }],
    ['all', { open: 'any', late: 'arrive' }, undefined, { late: 'arrive', limit: '50' }],
  ])('asks for %s', (_, filter, centre, wanted) => {
    expect(Object.fromEntries(queryOf(filter, centre, 50))).toEqual(wanted);
  });

  it('asks only what the server understands', () => {
    const every = {
      status: 'reported',
      category: 'fire',
      severity: '1,2',
      overdue: 'true',
      q: '1',
      open: 'true',
      since: ago(9),
      until: ago(8),
      acceptedSince: ago(9),
      acceptedUntil: ago(8),
      arrivedSince: ago(9),
      arrivedUntil: ago(8),
      openAt: ago(7),
      late: 'accept',
      grid: '620201001007014',
    };
    expect(IncidentQuery.safeParse(Object.fromEntries(queryOf(every, undefined, 50))).success).toBe(true);
    expect(hasBounds(every)).toBe(true);
    expect(hasBounds({ status: 'reported' })).toBe(false);
  });
});

describe('matches', () => {
  const late = { stage: 'accept', at: ago(1), soonAt: ago(2) } as const;
  it.each<[string, Partial<IncidentCard>, Filter, boolean]>([
    ['no filter', {}, {}, true],
    ['its status', { status: 'accepted' }, { status: 'reported,accepted' }, true],
    ['another status', { status: 'handling' }, { status: 'reported,accepted' }, false],
    ['its grade', { severity: 2 }, { severity: '1,2' }, true],
    ['another category', { category: 'fire' }, { category: 'traffic' }, false],
    ['overdue', { due: late }, { overdue: 'true' }, true],
    ['not overdue', {}, { overdue: 'true' }, false],
    ['a part of its number', { number: '嘉综〔2026〕023628' }, { q: '23628' }, true],
    ['words of its place and number', { number: 'n1', place: '新华路口' }, { q: '新华，N１' }, true],
    ['another number', {}, { q: '99' }, false],
    ['a centre elsewhere', { centre: 'elsewhere' }, {}, false],
    ['a list of ended ones takes no open one', {}, { open: 'false' }, false],
  ])('%s', (_, card, filter, wanted) => {
    const given = { now: NOW, isHere: (centre: string) => centre === 'centre' };
    expect(matches(incidentCard(card), filter, given)).toBe(wanted);
  });
});
