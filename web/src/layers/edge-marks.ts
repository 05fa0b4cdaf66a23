import type { Severity } from '@app/shared';

export interface EdgePlace {
  readonly id: string;
  readonly severity: Severity;
  /** CSS pixels from the top left corner of the view; may lie far outside. */
  readonly x: number;
  readonly y: number;
  readonly distanceM: number;
}

export interface EdgeMark {
  /** The gravest of what the mark stands for, nearest first. */
  readonly id: string;
  readonly severity: Severity;
  readonly distanceM: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  /** Degrees clockwise from up: where it lies. */
  readonly angleDeg: number;
}

export interface EdgeFrame {
  readonly width: number;
  readonly height: number;
  /** Keeps marks wholly inside the view. */
  readonly inset: number;
  /** Marks nearer to each other than this become one. */
  readonly spacing: number;
}

/** Marks on the edge of a view for what lies outside of it, seen from its middle. Pure. */
export function edgeMarks(places: readonly EdgePlace[], frame: EdgeFrame): EdgeMark[] {
  const { width, height, spacing } = frame;
  const outside = places
    .filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height)
    .sort((a, b) => a.severity - b.severity || a.distanceM - b.distanceM);
  const marks: { -readonly [K in keyof EdgeMark]: EdgeMark[K] }[] = [];
  for (const place of outside) {
    const at = onEdge(place, frame);
    const near = marks.find(({ x, y }) => Math.hypot(x - at.x, y - at.y) < spacing);
    if (near) near.count++;
    else marks.push({ id: place.id, severity: place.severity, distanceM: place.distanceM, count: 1, ...at });
  }
  return marks;
}

function onEdge(
  { x, y }: EdgePlace,
  { width, height, inset }: EdgeFrame,
): { x: number; y: number; angleDeg: number } {
  const [dx, dy] = [x - width / 2, y - height / 2];
  const reachX = (width / 2 - inset) / Math.max(1e-9, Math.abs(dx));
  const reachY = (height / 2 - inset) / Math.max(1e-9, Math.abs(dy));
  const reach = Math.min(reachX, reachY);
  return {
    x: width / 2 + dx * reach,
    y: height / 2 + dy * reach,
    angleDeg: ((Math.atan2(dx, -dy) * 180) / Math.PI + 360) % 360,
  };
}
