import type { BeatPolygon } from '@app/shared';

export type ReadCorners =
  | { readonly polygon: BeatPolygon }
  | { readonly badLine: number }
  | { readonly isFew: true };

/** Corners as a person types them: one a line, longitude before latitude. The line is closed by itself. */
export function readCorners(written: string): ReadCorners {
  const corners: [number, number][] = [];
  for (const [index, line] of written.split('\n').entries()) {
    if (line.trim() === '') continue;
    const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(line);
    const [lng, lat] = [Number(found?.[1]), Number(found?.[2])];
    if (!found || !(Math.abs(lng) <= 180) || !(Math.abs(lat) <= 90)) return { badLine: index + 1 };
    corners.push([lng, lat]);
  }
  const [first, last] = [corners[0], corners.at(-1)];
  if (first && last && corners.length > 1 && first[0] === last[0] && first[1] === last[1]) corners.pop();
  if (!first || corners.length < 3) return { isFew: true };
  return { polygon: { type: 'Polygon', coordinates: [[...corners, first]] } };
}

/** The corners of a beat, one a line, without the last one that closes it. */
export const writeCorners = ({ coordinates }: BeatPolygon): string =>
  (coordinates[0] ?? [])
    .slice(0, -1)
    .map(([lng, lat]) => `${Number(lng.toFixed(6))}, ${Number(lat.toFixed(6))}`)
    .join('\n');
