import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  BrokenPicture,
  type PictureType,
  stripMetadata,
} from '../../../../server/src/incidents/strip-metadata.js';

const PICTURES = [
  ['photo.jpg', 'image/jpeg'],
  ['photo.png', 'image/png'],
  ['photo.webp', 'image/webp'],
] as const satisfies readonly (readonly [string, PictureType])[];
const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../support/pictures', name));

/** 39° 46' 19.69": the position as Exif writes it is in no bytes of what is left. */
const DEGREES = { big: '0000002700000001', little: '2700000001000000' };

describe.each(PICTURES)('%s without its metadata', (name, type) => {
  const before = read(name);
  const after = Buffer.from(stripMetadata(before, type));

  it('had a position, a device and an author, and has none of them', () => {
    const hex = before.toString('hex');
    expect(hex.includes(DEGREES.big) || hex.includes(DEGREES.little)).toBe(true);
    expect(before.toString('latin1')).toContain('SecretMaker');
    expect(after.toString('latin1')).not.toMatch(/Secret|SECRET|GPS|xmp|2026:11:24/i);
    expect([DEGREES.big, DEGREES.little].filter((one) => after.toString('hex').includes(one))).toEqual([]);
    expect(after.length).toBeLessThan(before.length);
  });

  it('is a picture still, and stays the same when it is stripped again', () => {
    expect(Buffer.from(stripMetadata(after, type)).equals(after)).toBe(true);
  });

  it('is refused when it breaks off anywhere', () => {
    for (let length = 0; length < after.length - 1; length += 1)
      expect(() => stripMetadata(after.subarray(0, length), type)).toThrow(BrokenPicture);
  });

  it('does not trip over bytes that changed', () => {
    fc.assert(
      fc.property(fc.nat(before.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = Buffer.from(before);
        changed[at] = value;
        try {
          stripMetadata(changed, type);
        } catch (error) {
          if (!(error instanceof BrokenPicture)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a JPEG', () => {
  it('keeps its way up, in an Exif of one entry', () => {
    const after = Buffer.from(stripMetadata(read('photo.jpg'), 'image/jpeg'));
    const at = after.indexOf('Exif\0\0', 0, 'latin1');
    const tiff = after.subarray(at + 6, at + 32);
    expect([tiff.readUInt16BE(8), tiff.readUInt16BE(10), tiff.readUInt16BE(18)]).toEqual([1, 274, 6]);
  });

  it('ends where it ends', () => {
    const after = Buffer.from(stripMetadata(read('photo.jpg'), 'image/jpeg'));
    expect(after.subarray(-2).toString('hex')).toBe('ffd9');
  });
});
