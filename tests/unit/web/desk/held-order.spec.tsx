import { describe, expect, it } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { inOrder, useHeldOrder } from '../../../../web/src/screens/desk/held-order.js';

const same = (key: string) => key;

describe('inOrder', () => {
  it.each<[string, string[], string[], string[], boolean]>([
    ['the same order', ['a', 'b'], ['a', 'b'], ['a', 'b'], false],
    ['another order waits behind the held one', ['b', 'a'], ['a', 'b'], ['a', 'b'], true],
    ['what is new comes last, however urgent', ['new', 'a', 'b'], ['a', 'b'], ['a', 'b', 'new'], true],
    ['what is gone leaves no gap', ['b', 'c'], ['a', 'b', 'c'], ['b', 'c'], false],
    ['nothing was held yet', ['a', 'b'], [], ['a', 'b'], false],
  ])('%s', (_, items, keys, wanted, isWaiting) => {
    expect(inOrder(items, same, keys)).toEqual({ items: wanted, isWaiting });
  });
});

describe('useHeldOrder', () => {
  it('holds while somebody works in the list, and takes the new order when told or left', () => {
    const { result, rerender } = renderHook(
      ({ items, isHeld }: { items: string[]; isHeld: boolean }) => useHeldOrder(items, same, isHeld),
      { initialProps: { items: ['a', 'b', 'c'], isHeld: false } },
    );
    rerender({ items: ['a', 'b', 'c'], isHeld: true });
    rerender({ items: ['c', 'a', 'b'], isHeld: true });
    expect(result.current.items).toEqual(['a', 'b', 'c']);
    expect(result.current.isWaiting).toBe(true);
    act(() => result.current.resort());
    expect(result.current.items).toEqual(['c', 'a', 'b']);
    expect(result.current.isWaiting).toBe(false);
    rerender({ items: ['b', 'c', 'a'], isHeld: true });
    expect(result.current.items).toEqual(['c', 'a', 'b']);
    rerender({ items: ['b', 'c', 'a'], isHeld: false });
    expect(result.current.items).toEqual(['b', 'c', 'a']);
  });
});
