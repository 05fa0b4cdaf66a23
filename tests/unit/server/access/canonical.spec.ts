import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../../../server/src/access/canonical.js';

/** The same content with the keys of every object the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, held]) => [key, turned(held)]),
  );
};

describe('canonical JSON', () => {
  it('is the same text for the same content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(turned(value))).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps the order of lists, and nothing is null', () => {
    expect(canonical([2, 1])).not.toBe(canonical([1, 2]));
    expect(canonical(undefined)).toBe('null');
  });
});
