import { SEVERITIES, SEVERITY_COLOUR, SEVERITY_NUMERAL, type Severity } from '@app/shared';
import type { MapEngine, MapImage } from '../map/engine.js';
import { FONT } from '../ui/fonts.js';
import { SEVERITY_INK, SEVERITY_NUMERAL_Y, SEVERITY_SHAPE } from '../ui/severity-mark.js';

const BOX = 32;
const SIZE = 34;
const MARGIN = 3;

export const severityImage = (severity: Severity): string => `severity-${severity}`;

/** Puts the four marks onto a map as images, drawn as `SeverityMark` draws them. */
export function addSeverityImages(engine: MapEngine, unit: number): void {
  const ratio = Math.min(3, window.devicePixelRatio);
  for (const severity of SEVERITIES) {
    const image = drawMark(severity, unit * ratio);
    if (image) engine.addImage(severityImage(severity), image, ratio);
  }
}

function drawMark(severity: Severity, scale: number): MapImage | undefined {
  const side = Math.ceil((SIZE + 2 * MARGIN) * scale);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.scale((SIZE * scale) / BOX, (SIZE * scale) / BOX);
  pen.translate((MARGIN * BOX) / SIZE, (MARGIN * BOX) / SIZE);
  const shape = outlineOf(severity);
  pen.strokeStyle = '#0b1118';
  pen.lineWidth = 3;
  pen.lineJoin = 'round';
  pen.stroke(shape);
  pen.fillStyle = SEVERITY_COLOUR[severity];
  pen.fill(shape);
  pen.fillStyle = SEVERITY_INK[severity];
  pen.font = `700 ${severity === 2 ? 14 : 16}px "${FONT}", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(SEVERITY_NUMERAL[severity], BOX / 2, SEVERITY_NUMERAL_Y[severity] + 1);
  return pen.getImageData(0, 0, side, side);
}

function outlineOf(severity: Severity): Path2D {
  return new Path2D(SEVERITY_SHAPE[severity]);
}
