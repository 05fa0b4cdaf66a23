import { describe, expect, it } from '@jest/globals';
import type { IncidentCard } from '@app/shared';
import { currentRows, freshOf, type Listed } from '../../../../web/src/screens/centre/fresh-rows.js';
import { incidentCard } from '../cards.js';

const read = (id: string, part: Partial<IncidentCard> = {}): Listed => ({
  ...incidentCard({ id, ...part }),
  closedAt: null,
});
const live = (...cards: Partial<IncidentCard>[]) =>
  new Map(cards.map((part) => incidentCard(part)).map((card) => [card.id, card]));

describe('currentRows', () => {
  it('renews rows where they stand and moves none', () => {
    const rows = currentRows(
      [read('a'), read('b')],
      live({ id: 'b', version: 3, status: 'handling' }, { id: 'a' }, { id: 'new' }),
      true,
    );
    expect(rows.map(({ item }) => [item.id, item.status])).toEqual([
      ['a', 'reported'],
      ['b', 'handling'],
    ]);
  });

  it('knows an ended one from one that was never told: without a picture nothing has ended', () => {
    expect(currentRows([read('a')], live(), true)[0]?.hasEnded).toBe(true);
    expect(currentRows([read('a')], live(), false)[0]?.hasEnded).toBe(false);
    const closed = { ...read('a'), closedAt: '2026-11-24T03:00:00Z' };
    expect(currentRows([closed], live(), true)[0]?.hasEnded).toBe(false);
  });

  it('never goes back to an older card', () => {
    const rows = currentRows(
      [read('a', { version: 5, status: 'handled' })],
      live({ id: 'a', version: 4 }),
      true,
    );
    expect(rows[0]?.item.status).toBe('handled');
  });
});

describe('freshOf', () => {
  const belongs = ({ status }: IncidentCard) => status === 'reported';
  const given = { known: new Set(['known']), belongs, stays: belongs, wantsOpen: true };

  it('counts what came and belongs here, not what was known or is shown', () => {
    const rows = currentRows([read('a')], live({ id: 'a' }), true);
    const cards = live({ id: 'a' }, { id: 'known' }, { id: 'new' }, { id: 'other', status: 'handling' });
    expect(freshOf(rows, cards.values(), given)).toEqual({ added: 1, gone: 0 });
  });

  it('leaves a row that was found by words no card shows', () => {
    const rows = currentRows([read('a')], live({ id: 'a' }), true);
    const found = { ...given, belongs: () => false, stays: () => true };
    expect(freshOf(rows, live({ id: 'a' }).values(), found)).toEqual({ added: 0, gone: 0 });
  });

  it('counts rows that no longer belong here', () => {
    const now = live({ id: 'a', version: 2, status: 'accepted' }, { id: 'b' });
    const rows = currentRows([read('a'), read('b'), read('ended')], now, true);
    expect(freshOf(rows, now.values(), given)).toEqual({ added: 0, gone: 2 });
    expect(freshOf(rows, now.values(), { ...given, stays: () => true, wantsOpen: false }).gone).toBe(0);
  });
});
