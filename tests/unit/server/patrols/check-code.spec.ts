import { describe, expect, it } from '@jest/globals';
import { CODE_SLOT_S, codeText, readCodeText } from '@app/shared';
import {
  type CodeSecret,
  findCode,
  rotatingCode,
  slotAt,
  tagCode,
} from '../../../../server/src/patrols/check-code.js';
import { mint } from '../../../support/facts.js';

const SLOT = CODE_SLOT_S * 1000;
const HOUR = 3_600_000;
const T = Date.parse('2026-11-20T23:58:00+08:00');
const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const held = (fill: number, from = T - 30 * HOUR, until: number | null = null): CodeSecret => ({
  secret: bytes(fill),
  from,
  until,
});
const found = (code: string, secrets: readonly CodeSecret[], claimedAt = T, receivedAt = claimedAt) => {
  const one = findCode(code, secrets, { claimedAt, receivedAt });
  return one && `${one.kind} ${one.isOfTime ? 'of its time' : 'of another time'}`;
};

describe('a code of a checkpoint', () => {
  it('is what RFC 2104 makes of the secret, in an alphabet without what is misread', () => {
    expect(rotatingCode(bytes(1), 5_884_992)).toBe('FK8B6YFK');
    expect(tagCode(bytes(1))).toBe('GWXBFQ6Q');
    expect(new Set(Array.from({ length: 500 }, (_, i) => rotatingCode(bytes(1), i))).size).toBe(500);
    for (let i = 0; i < 500; i++) expect(rotatingCode(bytes(2), i)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  it.each([
    [0, 'rotating of its time'],
    [SLOT, 'rotating of its time'],
    [-SLOT, 'rotating of its time'],
    [2 * SLOT, 'rotating of another time'],
    [-2 * SLOT, 'rotating of another time'],
    [-23 * HOUR, 'rotating of another time'],
    [-25 * HOUR, undefined],
  ])('that a display showed %s ms from the time claimed', (off, expected) => {
    expect(found(rotatingCode(bytes(1), slotAt(T + off)), [held(1)], T, T + 3 * SLOT)).toBe(expected);
  });

  it('that is printed holds at any time, and nobody else’s does', () => {
    expect(found(tagCode(bytes(1)), [held(1)])).toBe('tag of its time');
    expect(found(tagCode(bytes(2)), [held(1)])).toBeUndefined();
    expect(found('', [held(1)])).toBeUndefined();
    expect(found(tagCode(bytes(1)), [])).toBeUndefined();
  });

  it('is read as it was meant: small letters, gaps, an O for a nought', () => {
    const typed = rotatingCode(bytes(1), slotAt(T)).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    expect(found(`${typed.slice(0, 4)}-${typed.slice(4)} `, [held(1)])).toBe('rotating of its time');
  });

  it('of a secret that was changed meanwhile is believed for the time before, and no longer', () => {
    const secrets = [held(2, T), held(1, T - 30 * HOUR, T)];
    const before = T - HOUR;
    expect(found(rotatingCode(bytes(1), slotAt(before)), secrets, before, T + HOUR)).toBe(
      'rotating of its time',
    );
    expect(found(tagCode(bytes(1)), secrets, before, T + HOUR)).toBe('tag of its time');
    expect(found(tagCode(bytes(1)), secrets, T + HOUR)).toBe('tag of another time');
    const later = T + HOUR;
    expect(found(rotatingCode(bytes(1), slotAt(later)), secrets, later)).toBe('rotating of another time');
    expect(found(rotatingCode(bytes(2), slotAt(later)), secrets, later)).toBe('rotating of its time');
  });

  it('is found again in what was read from a picture, and in nothing else', () => {
    const checkpoint = mint();
    expect(readCodeText(` ${codeText(checkpoint, 'ABCD1234')}\n`)).toEqual({ checkpoint, code: 'ABCD1234' });
    for (const text of ['', 'https://example.org', `xg2:${checkpoint}:A`, `xg1:${checkpoint}`, 'xg1:1:A'])
      expect(readCodeText(text)).toBeUndefined();
  });
});
