import { useEffect, useRef, useState } from 'react';

export interface Held<T> {
  readonly items: readonly T[];
  /** A new order stands ready behind the one that is held. */
  readonly isWaiting: boolean;
}

/**
 * Items in the order of `keys` as far as they are named there, the others after them in their own order. Pure.
 * What is gone leaves no gap.
 */
export function inOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  keys: readonly string[],
): Held<T> {
  const place = new Map(keys.map((key, index) => [key, index]));
  const held = items
    .map((item, index) => ({ item, at: place.get(keyOf(item)) ?? keys.length + index }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
  return { items: held, isWaiting: held.some((item, index) => item !== items[index]) };
}

/** Keeps the order of a list still while somebody works in it; `resort` takes the order that waits. */
export function useHeldOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  isHeld: boolean,
): Held<T> & { resort(): void } {
  const keys = useRef<readonly string[]>([]);
  const [, redraw] = useState(0);
  const shown = isHeld ? inOrder(items, keyOf, keys.current) : { items, isWaiting: false };
  useEffect(() => {
    keys.current = shown.items.map(keyOf);
  });
  const resort = () => {
    keys.current = items.map(keyOf);
    redraw((count) => count + 1);
  };
  return { ...shown, resort };
}
