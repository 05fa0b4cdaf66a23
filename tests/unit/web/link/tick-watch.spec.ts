import { describe, expect, it } from '@jest/globals';
import { TickWatch } from '../../../../web/src/link/tick-watch.js';

describe('whether positions move', () => {
  it('says since when the tick has stood still, once that is longer than a screen may be blind', () => {
    const watch = new TickWatch();
    expect([10_000, 11_000, 12_000].map((at, i) => watch.heard(5 + i, at))).toEqual([null, null, null]);
    expect([13_000, 14_000, 14_900].map((at) => watch.heard(7, at))).toEqual([null, null, null]);
    expect(watch.heard(7, 15_000)).toBe(12_000);
    expect(watch.heard(7, 60_000)).toBe(12_000);
  });

  it('says no more of it with the next tick, also when that is another server’s and lower', () => {
    const watch = new TickWatch();
    watch.heard(700, 10_000);
    expect(watch.heard(700, 14_000)).toBe(10_000);
    expect(watch.heard(3, 15_000)).toBeNull();
    expect(watch.heard(3, 16_000)).toBeNull();
  });

  it('takes a server that never had a tick for one that stands still', () => {
    const watch = new TickWatch();
    expect(watch.heard(0, 10_000)).toBeNull();
    expect(watch.heard(0, 13_000)).toBe(10_000);
  });
});
