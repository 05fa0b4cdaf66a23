import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFixMessage, writeFixMessage } from '../../../../server/src/positions/fix-message.js';

const fix = fc.record({
  team: fc.uuid(),
  observedAt: fc.integer({ min: 0, max: 4e12 }),
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
  receivedAt: fc.constant(1_764_000_000_123),
});

describe('a message of fixes between processes', () => {
  it('says what was written', () => {
    fc.assert(
      fc.property(fc.array(fix, { maxLength: 50 }), (fixes) => {
        expect([...readFixMessage(writeFixMessage(fixes))]).toEqual(fixes);
      }),
    );
  });

  it('of another version, or cut short, says nothing', () => {
    const [one] = fc.sample(fix, 1);
    const bytes = writeFixMessage(one ? [one] : []);
    expect([...readFixMessage(bytes.subarray(0, -1))]).toEqual([]);
    expect([...readFixMessage(Uint8Array.from(bytes, (byte, i) => (i === 0 ? 9 : byte)))]).toEqual([]);
    expect([...readFixMessage(new Uint8Array(0))]).toEqual([]);
  });
});
