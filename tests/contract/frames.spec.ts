// Yesterday's screen reads today's frames, and today's reads yesterday's: the bytes in golden/frames are what both
// must agree on. They change only together with FRAME_PROTOCOL.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FrameDecoder, FrameEncoder, frameGrid, readFrameHeader } from '@app/shared';
import type { FrameMoment, FrameView } from '@app/shared';

interface Golden {
  readonly scope: string;
  readonly roster: { readonly version: number; readonly slots: (string | null)[] };
  readonly grid: { readonly lng: number; readonly lat: number };
  readonly frames: readonly Step[];
}

interface Step {
  readonly file: string;
  readonly moment: FrameMoment;
  /** What the encoder is given. */
  readonly fixes: readonly (Told | null)[];
  readonly header: Readonly<Record<string, unknown>>;
  /** What the decoder shows afterwards. */
  readonly shown: readonly (Told | null)[];
}

interface Told {
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number | null;
  readonly speedKmh: number | null;
  readonly observedAt: number;
}

const folder = new URL('golden/frames/', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
/** Pairs of hex digits; from `#` to the end of a line is a comment. */
const bytesOf = (file: string) => {
  const pairs =
    text(file)
      .replaceAll(/#.*/g, '')
      .match(/[0-9a-f]{2}/g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
};
const golden = JSON.parse(text('frames.json')) as Golden;

function viewOf(fixes: Step['fixes']): FrameView {
  return {
    count: fixes.length,
    rows: Int32Array.from(fixes, (fix, slot) => (fix ? slot : -1)),
    lng: Float64Array.from(fixes, (fix) => fix?.lng ?? NaN),
    lat: Float64Array.from(fixes, (fix) => fix?.lat ?? NaN),
    headingDeg: Float32Array.from(fixes, (fix) => fix?.headingDeg ?? NaN),
    speedKmh: Float32Array.from(fixes, (fix) => fix?.speedKmh ?? NaN),
    observedAt: Float64Array.from(fixes, (fix) => fix?.observedAt ?? 0),
  };
}

describe('the positions frames', () => {
  it('are written as they always were', () => {
    const encoder = new FrameEncoder(golden.scope, frameGrid(golden.grid.lng, golden.grid.lat));
    for (const { file, moment, fixes, header } of golden.frames) {
      const frame = header['isKeyframe']
        ? encoder.keyframe(viewOf(fixes), moment)
        : encoder.delta(viewOf(fixes), moment);
      expect(Buffer.from(frame).toString('hex')).toBe(Buffer.from(bytesOf(file)).toString('hex'));
    }
  });

  it('are read as they always were', () => {
    const decoder = new FrameDecoder(golden.scope);
    decoder.useRoster(golden.roster);
    for (const { file, header, shown } of golden.frames) {
      expect(readFrameHeader(bytesOf(file))).toEqual(header);
      expect(decoder.apply(bytesOf(file))).toBe('ok');
      for (const [slot, told] of shown.entries()) expectShown(decoder, slot, told);
    }
  });

  it('of a protocol to come are known by their first byte alone', () => {
    const decoder = new FrameDecoder(golden.scope);
    expect(decoder.apply(Uint8Array.of(2))).toBe('protocol');
  });
});

function expectShown(decoder: FrameDecoder, slot: number, told: Told | null) {
  expect(decoder.present[slot]).toBe(told ? 1 : 0);
  if (!told) return;
  expect(decoder.lng[slot]).toBeCloseTo(told.lng, 9);
  expect(decoder.lat[slot]).toBeCloseTo(told.lat, 9);
  expect(decoder.observedAt[slot]).toBe(told.observedAt);
  if (told.headingDeg === null) expect(decoder.headingDeg[slot]).toBeNaN();
  else expect(decoder.headingDeg[slot]).toBeCloseTo(told.headingDeg, 3);
  if (told.speedKmh === null) expect(decoder.speedKmh[slot]).toBeNaN();
  else expect(decoder.speedKmh[slot]).toBe(told.speedKmh);
}
