import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BBox } from '../../../../shared/src/index.js';
import type { MapEngine } from '../../../../web/src/map/engine.js';
import { HomeCamera } from '../../../../web/src/map/home-camera.js';

const HOME: BBox = [98.2, 39.7, 98.3, 39.8];
const AWAY: BBox = [98.4, 39.7, 98.5, 39.8];

describe('the camera of a wall', () => {
  let held: () => void;
  let fits: (readonly [BBox, number])[];
  let wentHome: number;
  let camera: HomeCamera;

  beforeEach(() => {
    jest.useFakeTimers();
    fits = [];
    wentHome = 0;
    const engine = {
      onHeld: (handle: () => void) => {
        held = handle;
        return () => undefined;
      },
      fit: (box: BBox, paddingPx: number) => fits.push([box, paddingPx]),
    } as unknown as MapEngine;
    camera = new HomeCamera(engine, { box: HOME, paddingPx: 20 }, () => wentHome++);
  });
  afterEach(() => {
    camera.destroy();
    jest.useRealTimers();
  });

  it('opens at home', () => {
    expect(fits).toEqual([[HOME, 20]]);
  });

  it('never moves while somebody holds it, and goes home 60 s after the last touch', () => {
    held();
    jest.advanceTimersByTime(59_000);
    held();
    jest.advanceTimersByTime(59_999);
    expect(wentHome).toBe(0);
    jest.advanceTimersByTime(1);
    expect(wentHome).toBe(1);
    expect(fits.at(-1)).toEqual([HOME, 20]);
  });

  it('a new home does not pull it out of a hand', () => {
    held();
    camera.settle(AWAY, 20);
    expect(fits).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    expect(fits.at(-1)).toEqual([AWAY, 20]);
  });

  it('what was shown on request is left after a minute as well', () => {
    camera.visit(AWAY, 70);
    expect(fits.at(-1)).toEqual([AWAY, 70]);
    jest.advanceTimersByTime(60_000);
    expect(fits.at(-1)).toEqual([HOME, 20]);
  });

  it('nobody is moved who has gone', () => {
    held();
    camera.destroy();
    jest.advanceTimersByTime(120_000);
    expect(fits).toHaveLength(1);
  });
});
