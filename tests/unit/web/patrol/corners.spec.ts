import { describe, expect, it } from '@jest/globals';
import { readCorners, writeCorners } from '../../../../web/src/screens/patrol/ground/corners.js';

describe('corners as they are typed', () => {
  it('make a closed line, whether the first one is repeated or not', () => {
    const open = readCorners('98.1, 39.1\n98.2，39.1\n\n98.2 39.2\n');
    const closed = readCorners('98.1,39.1\n98.2,39.1\n98.2,39.2\n98.1,39.1');
    expect(open).toEqual(closed);
    if (!('polygon' in open)) throw new Error('a polygon wanted');
    expect(open.polygon.coordinates[0]).toHaveLength(4);
    expect(readCorners(writeCorners(open.polygon))).toEqual(open);
  });

  it('say which line is wrong, or that there are too few', () => {
    expect(readCorners('98.1, 39.1\nnorth, 39\n98.2, 39.2')).toEqual({ badLine: 2 });
    expect(readCorners('98.1, 39.1\n98.2, 99\n98.2, 39.2')).toEqual({ badLine: 2 });
    expect(readCorners('98.1, 39.1\n98.2, 39.1\n98.1, 39.1')).toEqual({ isFew: true });
    expect(readCorners('')).toEqual({ isFew: true });
  });
});
