import type { LngLat } from '@app/shared';

/** A line that attracts: a ring of another beat, a road. Ready for many looks: its corners with the box around them. */
export interface SnapLine {
  readonly corners: readonly LngLat[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function snapLine(corners: readonly LngLat[]): SnapLine {
  const lngs = corners.map(([lng]) => lng);
  const lats = corners.map(([, lat]) => lat);
  return {
    corners,
    west: Math.min(...lngs),
    south: Math.min(...lats),
    east: Math.max(...lngs),
    north: Math.max(...lats),
  };
}

/**
 * The place that attracts what is at `at`: the nearest corner within reach, else the nearest place on an edge. Undefined:
 * nothing is near. `reachDeg`: degrees of longitude. Flat within the reach: good for a pointer's few pixels.
 */
export function snap(at: LngLat, lines: Iterable<SnapLine>, reachDeg: number): LngLat | undefined {
  const squeeze = Math.cos((at[1] * Math.PI) / 180);
  const reach = reachDeg * squeeze;
  const corner = new Nearest(at, squeeze, reach);
  const edge = new Nearest(at, squeeze, reach);
  for (const line of lines) {
    if (isFar(at, line, { reachDeg, reach })) continue;
    line.corners.forEach((place, i) => {
      corner.offer(place);
      const before = line.corners[i - 1];
      if (before) edge.offer(closestOn(before, place, { at, squeeze }));
    });
  }
  return corner.place ?? edge.place;
}

const isFar = (
  [lng, lat]: LngLat,
  { west, south, east, north }: SnapLine,
  { reachDeg, reach }: { reachDeg: number; reach: number },
): boolean => lng < west - reachDeg || lng > east + reachDeg || lat < south - reach || lat > north + reach;

class Nearest {
  place: LngLat | undefined;
  readonly #at: LngLat;
  readonly #squeeze: number;
  #best: number;

  constructor(at: LngLat, squeeze: number, reach: number) {
    this.#at = at;
    this.#squeeze = squeeze;
    this.#best = reach * reach;
  }

  offer(place: LngLat): void {
    const dx = (place[0] - this.#at[0]) * this.#squeeze;
    const dy = place[1] - this.#at[1];
    const away = dx * dx + dy * dy;
    if (away > this.#best) return;
    this.#best = away;
    this.place = place;
  }
}

function closestOn(a: LngLat, b: LngLat, { at, squeeze }: { at: LngLat; squeeze: number }): LngLat {
  const [dx, dy] = [(b[0] - a[0]) * squeeze, b[1] - a[1]];
  const long = dx * dx + dy * dy;
  if (long === 0) return a;
  const along = ((at[0] - a[0]) * squeeze * dx + (at[1] - a[1]) * dy) / long;
  const t = Math.max(0, Math.min(1, along));
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}
