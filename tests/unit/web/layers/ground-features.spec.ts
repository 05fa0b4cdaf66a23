import { describe, expect, it } from '@jest/globals';
import type { Beat, Checkpoint, PointCover } from '@app/shared';
import { groundFeatures } from '../../../../web/src/layers/ground-layer.js';

const names = (hans: string, en = '') => ({ hans, hant: '', en });
const beat: Beat = {
  id: 'b',
  centre: 'c',
  name: '核心圈',
  names: names('核心圈', 'Core'),
  ring: 'core',
  polygon: { type: 'Polygon', coordinates: [[]] },
  version: 1,
  isClosed: false,
  mayChange: true,
};
const point = (id: string, part: Partial<Checkpoint> = {}): Checkpoint => ({
  id,
  centre: 'c',
  kind: 'checkpoint',
  beat: 'b',
  name: id,
  names: names(id),
  lng: 98,
  lat: 39,
  radiusM: 50,
  dwellS: 120,
  visits: { 3: 2 },
  windows: [],
  forces: [],
  isGpsBlind: false,
  version: 1,
  isClosed: false,
  mayChange: true,
  ...part,
});
const cover = (id: string, state: PointCover['state']): PointCover => ({
  id,
  state,
  beat: 'b',
  owed: 1,
  made: 0,
  visits: 0,
  presentS: 0,
});

describe('beats and checkpoints on the map', () => {
  it('say how each stands by its mark; what was missed or late is loud, and named first', () => {
    const points = [point('m'), point('l', { kind: 'post' }), point('d'), point('none')];
    const covers = [cover('m', 'missed'), cover('l', 'late'), cover('d', 'done'), cover('gone', 'missed')];
    const { features } = groundFeatures({ beats: [beat], points }, { covers, language: 'en' });
    const seen = features.map(({ properties }) => [
      properties?.['label'],
      properties?.['image'],
      properties?.['isLoud'],
      properties?.['first'],
    ]);
    expect(seen).toEqual([
      ['Core', undefined, undefined, undefined],
      ['m', 'point-checkpoint-missed', true, 0],
      ['l', 'point-post-late', true, 1],
      ['d', 'point-checkpoint-done', false, 2],
      ['none', 'point-checkpoint-idle', false, 2],
    ]);
  });
});
