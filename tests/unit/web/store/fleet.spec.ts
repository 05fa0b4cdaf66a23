import { describe, expect, it } from '@jest/globals';
import { FrameEncoder, frameGrid } from '../../../../shared/src/index.js';
import { Fleet } from '../../../../web/src/store/fleet.js';

const SCOPE = '00000000-0000-7000-8000-000000000001';
const view = (lng: number, at: number) => ({
  count: 1,
  rows: Int32Array.of(0),
  lng: Float64Array.of(lng),
  lat: Float64Array.of(39.77),
  headingDeg: Float32Array.of(90),
  speedKmh: Float32Array.of(36),
  observedAt: Float64Array.of(at),
});

describe('a fleet between two ticks', () => {
  let now = 0;
  const encoder = new FrameEncoder(SCOPE, frameGrid(98.28, 39.77));
  const fleet = new Fleet(SCOPE, () => now);

  it('shows a new team where it is, without a way to it', () => {
    fleet.useRoster({ scope: SCOPE, version: 1, slots: ['team'] });
    now = 1000;
    expect(fleet.apply(encoder.keyframe(view(98.28, 1000), { tick: 1, at: 1000, roster: 1 }))).toBe('ok');
    expect(fleet.fromLng[0]).toBeCloseTo(98.28, 5);
    expect(fleet.places().get('team')?.lng).toBeCloseTo(98.28, 5);
  });

  it('goes from where it was to where it is', () => {
    now = 2000;
    fleet.apply(encoder.delta(view(98.281, 2000), { tick: 2, at: 2000, roster: 1 }));
    expect(fleet.fromLng[0]).toBeCloseTo(98.28, 5);
    expect(fleet.decoder.lng[0]).toBeCloseTo(98.281, 5);
    now = 2500;
    expect(fleet.progress()).toBe(0.5);
    now = 9000;
    expect(fleet.progress()).toBe(1);
  });

  it('a tick that comes early starts from where the marker is shown: nothing leaps', () => {
    now = 10_000;
    fleet.apply(encoder.delta(view(98.282, 10_000), { tick: 3, at: 10_000, roster: 1 }));
    now = 10_000 + fleet.stepMs / 4;
    fleet.apply(encoder.delta(view(98.283, 10_500), { tick: 4, at: 10_500, roster: 1 }));
    expect(fleet.fromLng[0]).toBeCloseTo(98.28125, 5);
  });

  it('a lost frame changes nothing and says that a keyframe is wanted', () => {
    encoder.delta(view(98.284, 11_000), { tick: 5, at: 11_000, roster: 1 });
    const late = encoder.delta(view(98.285, 12_000), { tick: 6, at: 12_000, roster: 1 });
    expect(fleet.apply(late)).toBe('gap');
    expect(fleet.decoder.lng[0]).toBeCloseTo(98.283, 5);
  });
});
