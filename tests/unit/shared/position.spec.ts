import { describe, expect, it } from '@jest/globals';
import { type BinaryFix, FIX_BATCH_PROTOCOL, readFix, readFixBatch, writeFixBatch } from '@app/shared';
import * as fc from 'fast-check';

const fix = fc.record<BinaryFix>({
  device: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  at: fc.integer({ min: 0, max: 4e12 }),
  lng: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((n) => n / 1e7),
  lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((n) => n / 1e7),
  speedKmh: fc.oneof(
    fc.constant(NaN),
    fc.integer({ min: 0, max: 4_000 }).map((n) => n / 10),
  ),
  headingDeg: fc.oneof(
    fc.constant(NaN),
    fc.integer({ min: 0, max: 36_000 }).map((n) => n / 100),
  ),
});
const empty = (): BinaryFix => ({ device: 0, at: 0, lng: 0, lat: 0, speedKmh: 0, headingDeg: 0 });

describe('a binary batch of fixes', () => {
  it('says what was written', () => {
    fc.assert(
      fc.property(
        fc.array(fix, { maxLength: 60 }),
        fc.constantFrom(undefined, 'wgs84', 'cgcs2000', 'gcj02', 'bd09'),
        (fixes, datum) => {
          const batch = readFixBatch(writeFixBatch(fixes, datum));
          if (!batch) throw new Error('not read');
          expect(batch).toMatchObject({ count: fixes.length, datum });
          const seen = fixes.map((_, index) => {
            const into = empty();
            readFix(batch, index, into);
            return into;
          });
          expect(seen).toEqual(fixes);
        },
      ),
    );
  });

  it('has 4 bytes and 24 for each fix, as the documents say', () => {
    const bytes = writeFixBatch(
      [{ device: 0x01020304, at: 1, lng: 98.2888, lat: -1, speedKmh: NaN, headingDeg: 90 }],
      'gcj02',
    );
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '01030100' + '04030201' + '000000000000f03f' + '40ae953a' + '806967ff' + 'ffff' + '2823',
    );
  });

  it('is none with another protocol, datum or length', () => {
    const bytes = writeFixBatch(fc.sample(fix, 3));
    expect(readFixBatch(bytes.subarray(0, -1))).toBeUndefined();
    expect(readFixBatch(bytes.subarray(0, 3))).toBeUndefined();
    expect(
      readFixBatch(Uint8Array.from(bytes, (byte, i) => (i === 0 ? FIX_BATCH_PROTOCOL + 1 : byte))),
    ).toBeUndefined();
    expect(readFixBatch(Uint8Array.from(bytes, (byte, i) => (i === 1 ? 9 : byte)))).toBeUndefined();
    expect(readFixBatch(Uint8Array.from(bytes, (byte, i) => (i === 2 ? 9 : byte)))).toBeUndefined();
  });

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readFixBatch(bytes)));
  });
});
