import { describe, expect, it } from '@jest/globals';
import { Freshness } from '../../../../web/src/link/freshness.js';

const things = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ kind: 'incident', id: String(n) }));

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
    freshness.received(things(400), true);
    expect(freshness.proven(5_000_000, 1000)).toBeUndefined();
    freshness.look(8000);
    freshness.received(things(7), false);
    expect(freshness.proven(5_020_000, 21_000)).toBeUndefined();
    expect(freshness.sight.state).toBe('live');
    expect(freshness.proven(5_021_000, 22_000)).toEqual({
      entries: 7,
      blindMs: 20_000,
      whole: false,
      missed: things(7),
    });
    expect(freshness.proven(5_022_000, 23_000)).toBeUndefined();
  });

  it('entries that come in one burst with the pulse that ends blindness are counted', () => {
    const freshness = new Freshness();
    freshness.proven(0, 0);
    freshness.look(3500);
    freshness.proven(3000, 4000, 1000);
    freshness.received(things(2), false);
    freshness.proven(4000, 4001);
    expect(freshness.proven(5000, 5000)).toMatchObject({ entries: 2, blindMs: 4000 });
  });

  it('a snapshot after blindness is told as such: nobody knows what was missed', () => {
    const freshness = new Freshness();
    freshness.proven(0, 0);
    freshness.look(3500);
    freshness.received([], true);
    freshness.proven(9000, 9000);
    expect(freshness.proven(10_000, 10_000)).toMatchObject({ whole: true, blindMs: 9000 });
  });

  it('a page that was frozen and hears before it looks says what it missed all the same', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    freshness.received(things(3), false);
    expect(freshness.proven(1_060_000, 61_000)).toBeUndefined();
    expect(freshness.proven(1_061_000, 62_000)).toMatchObject({ entries: 3, blindMs: 60_000 });
  });

  it('a machine that slept was blind for as long as the server says, not for as long as it counted', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    expect(freshness.doubt()).toBe(true);
    expect(freshness.sight).toEqual({ state: 'blind', since: 1_000_000 });
    freshness.proven(4_600_000, 1500);
    expect(freshness.proven(4_601_000, 2500)).toMatchObject({ blindMs: 3_600_000 });
  });

  it('a doubt that was unfounded is nothing to speak of', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    freshness.doubt();
    freshness.proven(1_001_000, 2000);
    expect(freshness.sight.state).toBe('live');
    expect(freshness.proven(1_002_000, 3000)).toBeUndefined();
  });

  it('a link that comes back, goes again and comes back was blind once, and misses nothing', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    freshness.look(5000);
    freshness.received(things(2), false);
    freshness.proven(1_010_000, 11_000);
    freshness.look(14_000);
    freshness.received(things(1), false);
    freshness.proven(1_013_000, 14_100);
    expect(freshness.proven(1_014_000, 15_000)).toMatchObject({ entries: 3, blindMs: 13_000 });
  });

  it('a slow screen counts what was held up to the last of it', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    freshness.look(9000);
    freshness.proven(1_006_000, 9500, 2500);
    expect(freshness.proven(1_007_000, 10_300, 2300)).toBeUndefined();
    freshness.received(things(4), false);
    expect(freshness.proven(1_009_000, 10_900, 900)).toMatchObject({ entries: 4, blindMs: 8500 });
  });

  it('a page that was frozen for a few seconds was blind, though pulses were held up for it', () => {
    const freshness = new Freshness();
    freshness.proven(1_000_000, 1000);
    freshness.look(6000);
    freshness.received(things(1), false);
    freshness.proven(1_002_500, 6000, 2500);
    freshness.proven(1_004_500, 6001, 500);
    expect(freshness.proven(1_005_500, 7000, 500)).toMatchObject({ entries: 1, blindMs: 5000 });
  });
});
