import { isInRing, type LngLat } from '@app/shared';
import type { Drawn } from '../../../map/draw-tool.js';
import type { Edit, Shape } from './ground-draft.js';

/** The beat that a place lies in: of several the smallest; null: none. */
export function beatAt(shapes: readonly Shape[], [lng, lat]: LngLat): string | null {
  let best: { readonly key: string; readonly size: number } | undefined;
  for (const shape of shapes) {
    if (shape.kind !== 'beat' || shape.isRemoved) continue;
    const [ring = []] = shape.terms.polygon.coordinates;
    const size = sizeOf(ring);
    if (isInRing(lng, lat, ring) && (!best || size < best.size)) best = { key: shape.key, size };
  }
  return best?.key ?? null;
}

/** Square degrees: enough to compare neighbours. */
function sizeOf(ring: readonly LngLat[]): number {
  let twice = 0;
  ring.forEach(([lng, lat], i) => {
    const [nextLng, nextLat] = ring[(i + 1) % ring.length] ?? [lng, lat];
    twice += lng * nextLat - nextLng * lat;
  });
  return Math.abs(twice) / 2;
}

/** An edit with the shape that was drawn; undefined where that is none of its kind. */
export function reshaped(edit: Edit, drawn: Drawn): Edit | undefined {
  if (edit.kind === 'beat' && drawn.kind === 'beat')
    return { ...edit, terms: { ...edit.terms, polygon: drawn.polygon } };
  if (edit.kind === 'point' && drawn.kind === 'point') {
    const [lng, lat] = drawn.place;
    return { ...edit, terms: { ...edit.terms, lng, lat } };
  }
  return undefined;
}
