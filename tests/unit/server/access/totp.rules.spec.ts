import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromBase32, matchTotp, toBase32, totp } from '../../../../server/src/access/totp.rules.js';

const SECRET = Buffer.from('12345678901234567890');

describe('totp', () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s is %s', (seconds, code) => {
    expect(totp(SECRET, Math.floor(seconds / 30))).toBe(code);
  });

  it('counts one step early and late, and no code twice', () => {
    const now = 1_111_111_109_000;
    const step = Math.floor(now / 30_000);
    for (const off of [-1, 0, 1])
      expect(matchTotp(totp(SECRET, step + off), SECRET, now, null)).toBe(step + off);
    expect(matchTotp(totp(SECRET, step - 2), SECRET, now, null)).toBeNull();
    expect(matchTotp(totp(SECRET, step), SECRET, now, step)).toBeNull();
    expect(matchTotp(totp(SECRET, step - 1), SECRET, now, step)).toBeNull();
  });
});

describe('base32', () => {
  // RFC 4648 §10, without padding.
  it.each([
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of %s is %s', (text, wanted) => {
    expect(toBase32(Buffer.from(text))).toBe(wanted);
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect([...fromBase32(toBase32(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  it('refuses what it does not have', () => expect(() => fromBase32('A1')).toThrow(RangeError));
});
