import { distanceM, type Spot } from './frame.js';
import type { Random } from '../simulator/random.js';

const { cos, hypot, max, round, sin, sqrt } = Math;

/** Kilometres of the drawn plan to metres. */
export function fromKm(points: readonly Spot[]): Spot[] {
  return points.map(([x, y]) => [x * 1000, y * 1000]);
}

/** A bend-free curve through all points (centripetal Catmull–Rom), with a point about every `stepM`. */
export function smooth(points: readonly Spot[], stepM: number): Spot[] {
  const out: Spot[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [pointAt(points, i), pointAt(points, i + 1)];
    const a = points[i - 1] ?? mirrored(b, c);
    const d = points[i + 2] ?? mirrored(c, b);
    const steps = max(1, round(distanceM(b, c) / stepM));
    for (let k = 0; k < steps; k++) out.push(catmullRom(a, b, c, d, k / steps));
  }
  out.push(pointAt(points, points.length - 1));
  return out;
}

/** The same for a closed line, which is given and answered without its closing point. */
export function smoothRing(points: readonly Spot[], stepM: number): Spot[] {
  const n = points.length;
  const around = [-1, ...points.keys(), n, n + 1].map((i) => pointAt(points, (i + n) % n));
  const out: Spot[] = [];
  for (let i = 1; i <= n; i++) {
    const [a, b, c, d] = [
      pointAt(around, i - 1),
      pointAt(around, i),
      pointAt(around, i + 1),
      pointAt(around, i + 2),
    ];
    const steps = max(1, round(distanceM(b, c) / stepM));
    for (let k = 0; k < steps; k++) out.push(catmullRom(a, b, c, d, k / steps));
  }
  return out;
}

/** Midpoint displacement: a country line that wanders `roughness` of each piece's length to one side or the other. */
export function wander(points: readonly Spot[], stepM: number, roughness: number, random: Random): Spot[] {
  const out: Spot[] = [];
  const walk = (a: Spot, b: Spot): void => {
    const length = distanceM(a, b);
    if (length <= stepM) {
      out.push(b);
      return;
    }
    const swing = roughness * random.between(-1, 1);
    const split = random.between(0.42, 0.58);
    const mid: Spot = [
      a[0] + (b[0] - a[0]) * split - (b[1] - a[1]) * swing,
      a[1] + (b[1] - a[1]) * split + (b[0] - a[0]) * swing,
    ];
    walk(a, mid);
    walk(mid, b);
  };
  out.push(pointAt(points, 0));
  for (let i = 0; i + 1 < points.length; i++) walk(pointAt(points, i), pointAt(points, i + 1));
  return out;
}

/** A band of varying width along a line, as one ring without its closing point. */
export function band(line: readonly Spot[], halfWidthM: (index: number) => number): Spot[] {
  const left: Spot[] = [];
  const right: Spot[] = [];
  for (const [i, [x, y]] of line.entries()) {
    const [ax, ay] = line[i - 1] ?? [x, y];
    const [bx, by] = line[i + 1] ?? [x, y];
    const length = hypot(bx - ax, by - ay) || 1;
    const [nx, ny] = [-(by - ay) / length, (bx - ax) / length];
    const half = halfWidthM(i);
    left.push([x + nx * half, y + ny * half]);
    right.push([x - nx * half, y - ny * half]);
  }
  return [...right, ...left.toReversed()];
}

/** A rectangle around `centre`, its long side `lengthM` along `angle` (radians from east). */
export function rectangle([x, y]: Spot, angle: number, lengthM: number, widthM: number): Spot[] {
  const [ux, uy] = [cos(angle) * (lengthM / 2), sin(angle) * (lengthM / 2)];
  const [vx, vy] = [-sin(angle) * (widthM / 2), cos(angle) * (widthM / 2)];
  return [
    [x - ux - vx, y - uy - vy],
    [x + ux - vx, y + uy - vy],
    [x + ux + vx, y + uy + vy],
    [x - ux + vx, y - uy + vy],
  ];
}

/** An uneven round patch, such as a pond. */
export function blob([x, y]: Spot, radiusM: number, stretch: number, angle: number, random: Random): Spot[] {
  const corners = 9;
  const rough = Array.from({ length: corners }, (_, i): Spot => {
    const turn = (2 * Math.PI * i) / corners;
    const reach = radiusM * random.between(0.72, 1.15);
    const [px, py] = [cos(turn) * reach * stretch, (sin(turn) * reach) / stretch];
    return [x + px * cos(angle) - py * sin(angle), y + px * sin(angle) + py * cos(angle)];
  });
  return smoothRing(rough, radiusM / 4);
}

/** From where to where a shape reaches along a direction, in metres from the frame's middle. */
export function extent(spots: readonly Spot[], angle: number): [number, number] {
  const [ux, uy] = [cos(angle), sin(angle)];
  const [firstX, firstY] = pointAt(spots, 0);
  let [lo, hi] = [firstX * ux + firstY * uy, firstX * ux + firstY * uy];
  for (const [x, y] of spots) {
    const along = x * ux + y * uy;
    if (along < lo) lo = along;
    if (along > hi) hi = along;
  }
  return [lo, hi];
}

export function pointAt(points: readonly Spot[], index: number): Spot {
  const point = points[index];
  if (!point) throw new RangeError(`no point ${index} in a line of ${points.length}`);
  return point;
}

function mirrored([bx, by]: Spot, [cx, cy]: Spot): Spot {
  return [2 * bx - cx, 2 * by - cy];
}

/** Barry and Goldman, "A Recursive Evaluation Algorithm for a Class of Catmull–Rom Splines" (1988), with alpha = 1/2. */
function catmullRom(a: Spot, b: Spot, c: Spot, d: Spot, part: number): Spot {
  const t1 = sqrt(distanceM(a, b));
  const t2 = t1 + sqrt(distanceM(b, c));
  const t3 = t2 + sqrt(distanceM(c, d));
  const t = t1 + (t2 - t1) * part;
  const a1 = mix(a, b, t / t1);
  const a2 = mix(b, c, (t - t1) / (t2 - t1));
  const a3 = mix(c, d, (t - t2) / (t3 - t2));
  const b1 = mix(a1, a2, t / t2);
  const b2 = mix(a2, a3, (t - t1) / (t3 - t1));
  return mix(b1, b2, (t - t1) / (t2 - t1));
}

function mix([ax, ay]: Spot, [bx, by]: Spot, part: number): Spot {
  return [ax + (bx - ax) * part, ay + (by - ay) * part];
}
