import { localMetres, type LngLat } from '@app/shared';
import type { TrackFix } from '../../server/src/patrols/stays.js';

// Tracks as receivers tell them, and as somebody makes them up who was not there. All seeded.
const plan = localMetres([98.285, 39.772]);
/** When every track begins, ms since 1970. */
export const START = Date.parse('2026-11-20T08:00:00+08:00');
/** The checkpoint: 600 m east and 400 m north of the origin. */
export const POINT = { ...at([600, 400]), radiusM: 60 };
type Metres = readonly [number, number];

function at(place: Metres): { lng: number; lat: number } {
  const [lng, lat] = plan.toLngLat(...place);
  return { lng, lat };
}

/** mulberry32 and a normal draw from it. */
function seeded(seed: number): { next: () => number; normal: () => number } {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
type Random = ReturnType<typeof seeded>;

interface Ride {
  readonly random: Random;
  readonly stops: readonly Metres[];
  /** Mean pace in m/s. */
  readonly pace: number;
  readonly waitS: () => number;
  /** How uneven the pace is: 0 for what no driver does. */
  readonly uneven: number;
  readonly everyS: number;
  readonly noiseM: number;
}

/** Drives from stop to stop with a receiver's wandering noise; one fix each `everyS`. */
function ride({ random, stops, pace, waitS, uneven, everyS, noiseM }: Ride): TrackFix[] {
  const fixes: TrackFix[] = [];
  let [x, y] = stops[0] ?? [0, 0];
  let [driftX, driftY] = [0, 0];
  let second = 0;
  let speed = pace;
  const tick = () => {
    const keep = Math.exp(-1 / 20);
    const spread = noiseM * Math.sqrt(1 - keep * keep);
    driftX = driftX * keep + spread * random.normal();
    driftY = driftY * keep + spread * random.normal();
    if (second % everyS === 0) fixes.push({ at: START + second * 1000, ...at([x + driftX, y + driftY]) });
    second++;
  };
  for (const [toX, toY] of stops) {
    for (let left = Math.hypot(toX - x, toY - y); left > 0.5; left = Math.hypot(toX - x, toY - y)) {
      const wanted = pace * (1 + uneven * random.normal());
      speed = uneven === 0 ? pace : Math.max(0.3, speed * 0.9 + wanted * 0.1);
      // A light, a crossing, somebody who asks the way.
      if (uneven > 0 && random.next() < 0.006) for (let s = 5 + 30 * random.next(); s > 0; s--) tick();
      const step = Math.min(left, speed);
      x += ((toX - x) / left) * step;
      y += ((toY - y) / left) * step;
      tick();
    }
    for (let s = waitS(); s > 0; s--) tick();
  }
  return fixes;
}

const BLOCK: readonly Metres[] = [
  [0, 0],
  [-500, 300],
  [-200, 900],
  [600, 400],
  [900, -200],
  [300, -600],
];
const laps = (count: number): Metres[] => Array.from({ length: count }, () => BLOCK).flat();
export const MODES = ['vehicle', 'motorcycle', 'foot'] as const;
type Moving = (typeof MODES)[number];
const PACE = { vehicle: 8, motorcycle: 9, foot: 1.35 } as const;

/** An honest patrol: laps of the block that pause at each corner, the checkpoint among them. */
export function honest(seed: number, mode: Moving): TrackFix[] {
  const random = seeded(seed);
  return ride({
    random,
    stops: laps(mode === 'foot' ? 2 : 4),
    pace: PACE[mode] * (0.85 + 0.3 * random.next()),
    waitS: () => 150 + 240 * random.next(),
    uneven: 0.35,
    everyS: [1, 2, 5, 10][Math.floor(4 * random.next())] ?? 1,
    noiseM: 1.5 + 2 * random.next(),
  });
}

/**
 * Two days of one patrol whose plan repeats, driven more evenly than people do: the same pace to half a percent, and
 * waits that the plan names, kept to two seconds. Lights and the receiver's noise are each day's own.
 */
export function honestTwice(seed: number, mode: Moving): { fixes: TrackFix[]; before: TrackFix[] } {
  const plan = seeded(seed);
  const pace = PACE[mode] * (0.85 + 0.3 * plan.next());
  const waits = BLOCK.map(() => 150 + 60 * Math.floor(4 * plan.next()));
  const everyS = [1, 2, 5, 10][Math.floor(4 * plan.next())] ?? 1;
  const day = (of: number) => {
    const random = seeded(of);
    let stop = 0;
    return ride({
      random,
      stops: laps(mode === 'foot' ? 2 : 4),
      pace: pace * (1 + 0.005 * random.normal()),
      waitS: () => (waits[stop++ % waits.length] ?? 0) + 2 * random.normal(),
      uneven: 0.2,
      everyS,
      noiseM: 1.5 + 2 * random.next(),
    });
  };
  return { fixes: day(seed + 1), before: dayBefore(day(seed + 2)) };
}

/** The same patrol on the day after: the same way, another pace, another day's waits. */
export const dayBefore = (fixes: readonly TrackFix[]): TrackFix[] =>
  fixes.map((fix) => ({ ...fix, at: fix.at - 86_400_000 }));

/** A receiver that lies in a drawer next to the checkpoint for the shift. */
export function drawer(seed: number): TrackFix[] {
  const random = seeded(seed);
  return ride({
    random,
    stops: [[600 + 20 * random.normal(), 400 + 20 * random.normal()]],
    pace: 1,
    waitS: () => 3 * 3600,
    uneven: 0,
    everyS: 10,
    noiseM: 3 + 9 * random.next(),
  });
}

/** One recorded lap told again and again, with some noise on top. */
export function loop(seed: number): TrackFix[] {
  const random = seeded(seed);
  const whole = honest(seed, 'vehicle');
  const lapS = 1500 + Math.floor(600 * random.next());
  const lap = whole.filter(({ at: time }) => time < START + lapS * 1000);
  const noise = 2.5 * random.next();
  return Array.from({ length: 6 }, (_, turn) =>
    lap.map((fix) => shaken(random, { ...fix, at: fix.at + turn * lapS * 1000 }, noise)),
  ).flat();
}

/** Elsewhere all the time, and at the checkpoint for four minutes without a way there. */
export function teleport(seed: number): TrackFix[] {
  const random = seeded(seed);
  const home: Metres = [-1500 - 3000 * random.next(), -1000 + 2000 * random.next()];
  const away = [home[0] - 600, home[1] + 500] as const;
  const rest = ride({
    random,
    stops: [home, away, home, away, home, away, home],
    pace: 7,
    waitS: () => 300 * random.next(),
    uneven: 0.3,
    everyS: 2,
    noiseM: 2,
  });
  const begin = START + (900 + 300 * random.next()) * 1000;
  return rest.map((fix) =>
    fix.at >= begin && fix.at < begin + 240_000
      ? { at: fix.at, ...at([600 + 4 * random.normal(), 400 + 4 * random.normal()]) }
      : fix,
  );
}

/** An app that moves its place along a line at one speed. */
export function constant(seed: number): TrackFix[] {
  const random = seeded(seed);
  return ride({
    random,
    stops: laps(4),
    pace: 1 + 8 * random.next(),
    waitS: () => 180,
    uneven: 0,
    everyS: 1,
    noiseM: 0.3 * random.next(),
  });
}

/** Yesterday's honest track told today, some minutes off, with some noise on top. */
export function replay(seed: number): { fixes: TrackFix[]; before: TrackFix[] } {
  const random = seeded(seed);
  const before = dayBefore(honest(seed, random.next() < 0.5 ? 'vehicle' : 'motorcycle'));
  const lag = 86_400_000 + Math.round((random.next() - 0.5) * 1_200) * 1000;
  const noise = 2.5 * random.next();
  return { before, fixes: before.map((fix) => shaken(random, { ...fix, at: fix.at + lag }, noise)) };
}

/** A second device in the same pocket: the same track with a receiver's own noise. */
export const inPocket = (seed: number, fixes: readonly TrackFix[]): TrackFix[] => {
  const random = seeded(seed);
  return fixes.map((fix) => shaken(random, fix, 2));
};

/** Another device, which came to the checkpoint on a way of its own and stands there beside this one for as long. */
export const beside = (fixes: readonly TrackFix[]): TrackFix[] =>
  fixes
    .filter(({ lng, lat }) => Math.hypot(lng - POINT.lng, lat - POINT.lat) < 0.0005)
    .map((fix, i) => ({ ...fix, lng: fix.lng + 0.0001 * Math.sin(i), lat: fix.lat + 0.00005 }));

function shaken(random: Random, fix: TrackFix, metres: number): TrackFix {
  const around = localMetres([fix.lng, fix.lat] as LngLat);
  const [lng, lat] = around.toLngLat(metres * random.normal(), metres * random.normal());
  return { at: fix.at, lng, lat };
}
