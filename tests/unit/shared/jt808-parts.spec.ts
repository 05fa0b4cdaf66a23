import { describe, expect, it } from '@jest/globals';
import { PartsBox, type TerminalFrame } from '@app/shared';
import fc from 'fast-check';

function partOf(
  serial: number,
  index: number,
  total: number,
  body: readonly number[] = [index],
): TerminalFrame {
  const bytes = Uint8Array.from(body);
  const header = { numberAt: 0, numberEnd: 0, bodyAt: 0, bodyEnd: bytes.length };
  return { bytes, id: 0x0704, serial, is2019: false, encryption: 0, total, index, ...header };
}

describe('sub-packages', () => {
  it('are one message in whatever order they come, and however often, also around the end of the serials', () => {
    const orders = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 });
    fc.assert(
      fc.property(orders, fc.integer({ min: 0, max: 0xffff }), (order, first) => {
        const box = new PartsBox();
        const answers = order
          .slice(0, -1)
          .flatMap((index) => [index, index])
          .map((index) => box.take(partOf((first + index - 1) & 0xffff, index, 5), 0));
        expect(new Set(answers)).toEqual(new Set(['waiting']));
        const last = order.at(-1) ?? 0;
        expect(box.take(partOf((first + last - 1) & 0xffff, last, 5), 0)).toEqual(
          Uint8Array.of(1, 2, 3, 4, 5),
        );
      }),
    );
  });

  it('of two messages do not mix', () => {
    const box = new PartsBox();
    expect(box.take(partOf(10, 1, 2, [1]), 0)).toBe('waiting');
    expect(box.take(partOf(20, 1, 2, [7]), 0)).toBe('waiting');
    expect(box.take(partOf(21, 2, 2, [8]), 0)).toEqual(Uint8Array.of(7, 8));
    expect(box.take(partOf(11, 2, 2, [2]), 0)).toEqual(Uint8Array.of(1, 2));
  });

  it('that cannot be are refused', () => {
    const box = new PartsBox();
    for (const [index, total] of [
      [0, 3],
      [4, 3],
      [1, 65],
      [1, 0],
    ] as const)
      expect(box.take(partOf(1, index, total), 0)).toBe('refused');
  });

  it('that did not come are asked for three times, and then the message is forgotten', () => {
    const box = new PartsBox();
    box.take(partOf(11, 2, 4), 1_000);
    expect(box.missing(5_999)).toEqual([]);
    const wanted = [{ firstSerial: 10, indices: [1, 3, 4] }];
    for (const now of [6_000, 11_000, 16_000]) {
      expect(box.missing(now)).toEqual(wanted);
      expect(box.missing(now + 1)).toEqual([]);
    }
    expect(box.missing(21_000)).toEqual([]);
    expect(box.take(partOf(11, 2, 4), 22_000)).toBe('waiting');
    expect(box.missing(27_000)).toEqual(wanted);
  });

  it('of more than four messages push out the one that was silent for longest', () => {
    const box = new PartsBox();
    for (let message = 0; message < 5; message++) box.take(partOf(100 * message, 1, 2), message);
    expect(box.take(partOf(101, 2, 2), 9)).toEqual(Uint8Array.of(1, 2));
    expect(box.take(partOf(1, 2, 2), 9)).toBe('waiting');
  });
});
