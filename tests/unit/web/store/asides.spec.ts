import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { HEARD_MS, heardOf, SEAT, useAsides } from '../../../../web/src/store/asides.store.js';

const word = (topic: string, data: unknown = true) => ({ scope: 's', topic, at: 'now', data });
const topicsOf = (prefix: string, now = performance.now()) =>
  heardOf(useAsides.getState().words, prefix, now).map(({ topic }) => topic);

afterEach(() => {
  useAsides.getState().speakThrough(undefined);
  jest.restoreAllMocks();
});

describe('words of colleagues', () => {
  it('are the newest of each topic, and never this screen’s own', () => {
    const { hear } = useAsides.getState();
    for (const one of [word('a:1', 1), word('a:1', 2), word('b:1'), word(`a:${SEAT}`)]) hear(one);
    expect(topicsOf('a:')).toEqual(['a:1']);
    expect(useAsides.getState().words.get('a:1')?.data).toBe(2);
  });

  it('lapse in silence and end when they are taken back', () => {
    const { hear } = useAsides.getState();
    hear(word('a:1'));
    expect(topicsOf('a:', performance.now() + HEARD_MS)).toEqual([]);
    hear(word('a:1', null));
    expect(topicsOf('a:')).toEqual([]);
  });

  it('are forgotten when the screen turns to another scope', () => {
    useAsides.getState().hear(word('a:1'));
    useAsides.getState().speakThrough(undefined);
    expect(useAsides.getState().words.size).toBe(0);
  });
});
