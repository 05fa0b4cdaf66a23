import { describe, expect, it } from '@jest/globals';
import { type EdgePlace, edgeMarks } from '../../../../web/src/layers/edge-marks.js';

const FRAME = { width: 1000, height: 600, inset: 40, spacing: 80 };
const place = (x: number, y: number, part: Partial<EdgePlace> = {}): EdgePlace => ({
  id: `${x},${y}`,
  severity: 4,
  distanceM: 1000,
  x,
  y,
  ...part,
});

describe('marks on the edge of the view', () => {
  it('what is in view needs none', () => {
    expect(edgeMarks([place(10, 10), place(999, 599)], FRAME)).toEqual([]);
  });

  it('stand wholly inside, in the direction of what they mean', () => {
    const [east] = edgeMarks([place(5000, 300)], FRAME);
    expect(east).toMatchObject({ x: 960, y: 300, angleDeg: 90, count: 1 });
    const [north] = edgeMarks([place(500, -9000)], FRAME);
    expect(north).toMatchObject({ x: 500, y: 40, angleDeg: 0 });
    for (const mark of edgeMarks([place(-7, 4000), place(1e6, -1e6), place(-1e5, 299)], FRAME)) {
      expect(mark.x).toBeGreaterThanOrEqual(40 - 1e-6);
      expect(mark.x).toBeLessThanOrEqual(960 + 1e-6);
      expect(mark.y).toBeGreaterThanOrEqual(40 - 1e-6);
      expect(mark.y).toBeLessThanOrEqual(560 + 1e-6);
    }
  });

  it('those that would lie upon each other become one: the gravest, with their number', () => {
    const marks = edgeMarks(
      [place(5000, 300, { distanceM: 900 }), place(5000, 320, { id: 'grave', severity: 1, distanceM: 9000 })],
      FRAME,
    );
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ id: 'grave', severity: 1, distanceM: 9000, count: 2 });
  });
});
