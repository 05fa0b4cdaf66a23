import { describe, expect, it } from '@jest/globals';
import {
  type FrameFault,
  FrameReader,
  FrameWriter,
  JT808,
  MAX_BODY_BYTES,
  readTerminalNumber,
  type TerminalFrame,
  writeMessage,
  writeTerminalNumber,
} from '@app/shared';
import fc from 'fast-check';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** The vectors of the two dialects: a place in the city at 2025-09-01 08:30:15 of China. */
const Y2013 =
  '7E0200002801390000000100010000000000000003025EDFC405DBC4A005B90144005A25090108301501040001E24030011F310111E67E';
const Y2019 =
  '7E02004028010000000001390000000100010000000000000003025EDFC405DBC4A005B90144005A25090108301501040001E24030011F310111A77E';

interface Seen {
  readonly id: number;
  readonly serial: number;
  readonly is2019: boolean;
  readonly number: string | undefined;
  readonly part: string;
  readonly body: string;
}

const seenOf = (frame: TerminalFrame): Seen => ({
  id: frame.id,
  serial: frame.serial,
  is2019: frame.is2019,
  number: readTerminalNumber(frame.bytes, frame.numberAt, frame.numberEnd),
  part: `${frame.index}/${frame.total}`,
  body: hexOf(frame.bytes.subarray(frame.bodyAt, frame.bodyEnd)),
});

function readAll(...chunks: readonly Uint8Array[]): { seen: Seen[]; faults: FrameFault[] } {
  const seen: Seen[] = [];
  const faults: FrameFault[] = [];
  const reader = new FrameReader(
    (frame) => seen.push(seenOf(frame)) > 0,
    (fault) => faults.push(fault),
  );
  for (const chunk of chunks) reader.push(chunk);
  return { seen, faults };
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

describe('frames', () => {
  it('of 2013 and of 2019 are read by their header', () => {
    const body = Y2013.slice(26, -4);
    const both = readAll(bytesOf(Y2013), bytesOf(Y2019));
    const common = { id: JT808.location, serial: 1, number: '13900000001', part: '0/0', body };
    expect(both).toEqual({
      seen: [
        { ...common, is2019: false },
        { ...common, is2019: true },
      ],
      faults: [],
    });
  });

  it('escape as the standard’s example does', () => {
    // 30 7E 08 7D 55 → 30 7D02 08 7D01 55, here as a body behind a header.
    const writer = new FrameWriter({ is2019: false, number: writeTerminalNumber('1', false) });
    writer.add(0x8300, 2, bytesOf('30 7E 08 7D 55'));
    const frame = writer.take();
    const sum = [0x83, 0, 0, 5, 1, 0, 2, 0x30, 0x7e, 8, 0x7d, 0x55].reduce((a, b) => a ^ b, 0);
    expect(hexOf(frame)).toBe(
      `7E83000005000000000001000230 7D02 08 7D01 55 ${sum.toString(16).padStart(2, '0')} 7E`
        .replaceAll(' ', '')
        .toUpperCase(),
    );
    expect(readAll(frame).seen[0]?.body).toBe('307E087D55');
  });

  it('escape a checksum that is a mark itself', () => {
    const writer = new FrameWriter({ is2019: false, number: writeTerminalNumber('1', false) });
    for (let byte = 0; byte < 256; byte++) writer.add(JT808.heartbeat, 0, Uint8Array.of(byte));
    const { seen, faults } = readAll(writer.take());
    expect([seen.length, faults]).toEqual([256, []]);
  });

  it.each([
    ['2013', Y2013],
    ['2019', Y2019],
  ])('of %s are the same cut at any of their bytes', (_, hex) => {
    const whole = bytesOf(`${hex}7E0002${hex === Y2013 ? '0000013900000001' : '40000100000000013900000001'}`);
    const writer = new FrameWriter({ is2019: hex === Y2019, number: bytesOf('00') });
    expect(writer.isEmpty).toBe(true);
    const { seen } = readAll(whole);
    for (let cut = 0; cut <= whole.length; cut++)
      expect(readAll(whole.subarray(0, cut), whole.subarray(cut)).seen).toEqual(seen);
    expect(readAll(...Array.from(whole, (byte) => Uint8Array.of(byte))).seen).toEqual(seen);
  });

  it('are found whether they share a mark or have one each, and noise between them is passed over', () => {
    const [first, second] = [bytesOf(Y2013), bytesOf(Y2019)];
    expect(readAll(joined([first, second.subarray(1)])).seen).toHaveLength(2);
    expect(readAll(joined([bytesOf('00FF'), first, second])).seen).toHaveLength(2);
    const noisy = readAll(joined([first, bytesOf('0102'), second]));
    expect([noisy.seen.length, noisy.faults]).toEqual([2, ['too-short']]);
  });

  it.each<[string, string, FrameFault]>([
    ['a wrong checksum', Y2013.replace('E67E', 'E77E'), 'checksum'],
    ['an escape that is none', '7E7D037E', 'escape'],
    ['a mark behind an escape', `7E02007D7E`, 'escape'],
    ['too few bytes', '7E0200007E', 'too-short'],
    ['a length that is not the body’s', '7E0002000101390000000100003A7E', 'length'],
  ])('are refused for %s, and the next one is read', (_, hex, fault) => {
    const { seen, faults } = readAll(bytesOf(hex), bytesOf(Y2019));
    expect(faults).toEqual([fault]);
    expect(seen).toHaveLength(1);
  });

  it('hold back what follows when they are told so', () => {
    const two = joined([bytesOf(Y2013), bytesOf(Y2019)]);
    const seen: Seen[] = [];
    const reader = new FrameReader(
      (frame) => {
        seen.push(seenOf(frame));
        return false;
      },
      () => undefined,
    );
    const stop = reader.push(two);
    expect([stop, seen.length]).toEqual([Y2013.length / 2, 1]);
    expect([reader.push(two, stop), seen.length]).toEqual([two.length, 2]);
  });

  it('without an end are dropped at the longest that there can be, and cost nothing more', () => {
    const endless = new Uint8Array(1 << 20).fill(0x41);
    const { seen, faults } = readAll(Uint8Array.of(0x7e), endless, bytesOf(Y2013));
    expect(faults).toEqual(['too-long']);
    expect(seen).toHaveLength(1);
  });

  it('of any body, cut anywhere, are what was written', () => {
    const message = fc.record({
      id: fc.integer({ min: 0, max: 0xffff }),
      serial: fc.integer({ min: 0, max: 0xffff }),
      body: fc.uint8Array({ maxLength: MAX_BODY_BYTES }),
    });
    const number = fc.integer({ min: 0, max: 999_999_999_999 }).map(String);
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        number,
        fc.boolean(),
        fc.array(fc.nat({ max: 12_000 }), { maxLength: 8 }),
        (messages, digits, is2019, cuts) => {
          const writer = new FrameWriter({ is2019, number: writeTerminalNumber(digits, is2019) });
          for (const { id, serial, body } of messages) writer.add(id, serial, body);
          const bytes = writer.take();
          const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          );
          const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
          const { seen, faults } = readAll(...chunks);
          expect(faults).toEqual([]);
          expect(seen).toEqual(
            messages.map(({ id, serial, body }) => ({
              id,
              serial,
              is2019,
              number: digits,
              part: '0/0',
              body: hexOf(body),
            })),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throw and never read beyond themselves, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
        const { seen } = readAll(...chunks.map((chunk) => chunk.map((byte) => (byte < 40 ? 0x7e : byte))));
        expect(seen.every(({ body }) => body.length <= 2 * MAX_BODY_BYTES)).toBe(true);
      }),
    );
  });
});

describe('a message that is too long for a frame', () => {
  it('is cut into sub-packages with serials one after the other', () => {
    const writer = new FrameWriter({ is2019: true, number: writeTerminalNumber('7', true) });
    const body = Uint8Array.from({ length: 2 * MAX_BODY_BYTES + 1 }, (_, i) => i & 0xff);
    expect(writeMessage(writer, JT808.locationBatch, 0xffff, body)).toBe(3);
    const { seen } = readAll(writer.take());
    expect(seen.map(({ serial, part }) => [serial, part])).toEqual([
      [0xffff, '1/3'],
      [0, '2/3'],
      [1, '3/3'],
    ]);
    expect(seen.map((one) => one.body).join('')).toBe(hexOf(body));
    expect(writeMessage(writer, JT808.text, 0, new Uint8Array(3))).toBe(1);
  });
});

describe('terminal numbers', () => {
  it('lose the zeros before them, and get them back by their dialect', () => {
    expect(hexOf(writeTerminalNumber('13900000001', false))).toBe('013900000001');
    expect(hexOf(writeTerminalNumber('13900000001', true))).toBe('00000000013900000001');
    expect(readTerminalNumber(bytesOf('000000'), 0, 3)).toBe('0');
    expect(readTerminalNumber(bytesOf('01390F'), 0, 3)).toBeUndefined();
    expect(() => writeTerminalNumber('1234567890123', false)).toThrow('at most 12 digits');
    expect(() => writeTerminalNumber('1a', true)).toThrow('at most 20 digits');
  });
});
