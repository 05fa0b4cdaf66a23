import { describe, expect, it } from '@jest/globals';
import { Freshness } from '../../../../web/src/link/freshness.js';

describe('freshness', () => {
  it('is not blind before it ever saw', () => {
    const freshness = new Freshness();
    expect(freshness.look(60_000)).toBe(false);
    expect(freshness.sight).toEqual({ state: 'connecting' });
  });

  it('goes blind once, within 3 s without proof, and says since when', () => {
    const freshness = new Freshness();
    freshness.proven(5_000_000, 1000);
    expect(freshness.look(3900)).toBe(false);
    expect(freshness.look(3901)).toBe(true);
    expect(freshness.look(9000)).toBe(false);
    expect(freshness.sight).toEqual({ state: 'blind', since: 5_000_000 });
  });

  it('counts from the moment that was proven, not from when the pulse came', () => {
    const freshness = new Freshness();
    freshness.proven(5_000_000, 1000, 900);
    expect(freshness.look(3001)).toBe(true);
  });

  it('a pulse that was held up on its way proves nothing', () => {
    const freshness = new Freshness();
    freshness.proven(5_000_000, 1000);
    freshness.look(9000);
    expect(freshness.proven(5_001_000, 9500, 7500)).toBeUndefined();
    expect(freshness.sight.state).toBe('blind');
  });

  it('tells how many entries it caught up and for how long it was blind', () => {
    const freshness = new Freshness();
    freshness.received(400, true);
    expect(freshness.proven(5_000_000, 1000)).toBeUndefined();
    freshness.look(8000);
    freshness.received(7, false);
    expect(freshness.proven(5_020_000, 21_000)).toBeUndefined();
    expect(freshness.sight.state).toBe('live');
    expect(freshness.proven(5_021_000, 22_000)).toEqual({ entries: 7, blindMs: 20_000, whole: false });
    expect(freshness.proven(5_022_000, 23_000)).toBeUndefined();
  });

  it('entries that come in one burst with the pulse that ends blindness are counted', () => {
    const freshness = new Freshness();
    freshness.proven(0, 0);
    freshness.look(3500);
    freshness.proven(3000, 4000, 1000);
    freshness.received(2, false);
    freshness.proven(4000, 4001);
    expect(freshness.proven(5000, 5000)).toMatchObject({ entries: 2, blindMs: 4000 });
  });

  it('a snapshot after blindness is told as such: nobody knows what was missed', () => {
    const freshness = new Freshness();
    freshness.proven(0, 0);
    freshness.look(3500);
    freshness.received(0, true);
    freshness.proven(9000, 9000);
    expect(freshness.proven(10_000, 10_000)).toMatchObject({ whole: true, blindMs: 9000 });
  });
});
