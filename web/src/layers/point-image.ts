import { POINT_KINDS, type PointKind } from '@app/shared';
import type { MapEngine, MapImage } from '../map/engine.js';
import {
  POINT_COLOUR,
  POINT_GROUND,
  POINT_LOOKS,
  POINT_OUTLINE,
  POINT_SIGN,
  type PointLook,
} from '../ui/point-mark.js';

const BOX = 32;
const SIZE = 22;

export const pointImage = (kind: PointKind, state: PointLook): string => `point-${kind}-${state}`;

/** Puts the marks of checkpoints onto a map as images, drawn as `PointMark` draws them. */
export function addPointImages(engine: MapEngine, unit: number): void {
  const ratio = Math.min(3, window.devicePixelRatio);
  for (const kind of POINT_KINDS)
    for (const state of POINT_LOOKS) {
      const image = drawMark(kind, state, unit * ratio);
      if (image) engine.addImage(pointImage(kind, state), image, ratio);
    }
}

function drawMark(kind: PointKind, state: PointLook, scale: number): MapImage | undefined {
  const side = Math.ceil(SIZE * scale);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.scale(side / BOX, side / BOX);
  const outline = pathOf(POINT_OUTLINE[kind]);
  pen.fillStyle = POINT_GROUND;
  pen.fill(outline);
  pen.strokeStyle = POINT_COLOUR[state];
  pen.lineWidth = 2.5;
  pen.stroke(outline);
  pen.lineWidth = 3;
  pen.lineCap = 'round';
  pen.stroke(pathOf(POINT_SIGN[state]));
  return pen.getImageData(0, 0, side, side);
}

function pathOf(line: string): Path2D {
  return new Path2D(line);
}
