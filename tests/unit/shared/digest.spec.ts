import { describe, expect, it } from '@jest/globals';
import { Digest, entityHash, murmur3, utf8 } from '@app/shared';
import * as fc from 'fast-check';

describe('utf8', () => {
  it('writes what the platform writes, half surrogate pairs included', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a', '关') }),
        (a, b) => {
          expect(utf8(a + b)).toEqual(encoder.encode(a + b));
        },
      ),
    );
  });
});

describe('murmur3', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0x9747b28c, 0x24884cba],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
    ['aaa', 0x9747b28c, 0x283e0130],
    ['aa', 0x9747b28c, 0x5d211726],
    ['a', 0x9747b28c, 0x7fa09ea6],
  ])('%j with seed %i', (text, seed, hash) => {
    expect(murmur3(utf8(text), seed)).toBe(hash);
  });
});

describe('entityHash', () => {
  it('hashes UTF-8 kind:id:version with seeds 0 and 1', () => {
    const bytes = utf8('team:雄关:7');
    expect(entityHash('team', '雄关', 7)).toEqual([murmur3(bytes, 0), murmur3(bytes, 1)]);
  });
});

describe('Digest', () => {
  const entity = fc.tuple(fc.constantFrom('incident', 'team', 'alert'), fc.uuid(), fc.nat());

  it('is sixteen zeros for nothing', () => {
    expect(new Digest().hex()).toBe('0000000000000000');
  });

  it('is the first sum, then the second, padded with zeros', () => {
    const digest = new Digest();
    digest.add('team', 'a', 1);
    const [first, second] = entityHash('team', 'a', 1);
    const hex = (word: number) => `0000000${word.toString(16)}`.slice(-8);
    expect(digest.hex()).toBe(hex(first) + hex(second));
    expect(digest.hex()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(entity, { maxLength: 20 }), (entities) => {
        const [there, back] = [new Digest(), new Digest()];
        for (const one of entities) there.add(...one);
        for (const one of entities.toReversed()) back.add(...one);
        expect(back.hex()).toBe(there.hex());
      }),
      { numRuns: 50 },
    );
  });

  it('forgets what is removed', () => {
    fc.assert(
      fc.property(fc.array(entity, { maxLength: 20 }), fc.array(entity, { maxLength: 20 }), (kept, gone) => {
        const [plain, churned] = [new Digest(), new Digest()];
        for (const one of kept) plain.add(...one);
        for (const one of [...gone, ...kept]) churned.add(...one);
        for (const one of gone) churned.remove(...one);
        expect(churned.hex()).toBe(plain.hex());
      }),
      { numRuns: 50 },
    );
  });

  it('tells versions apart', () => {
    const [old, now] = [new Digest(), new Digest()];
    old.add('team', 'a', 1);
    now.add('team', 'a', 2);
    expect(now.hex()).not.toBe(old.hex());
  });
});
