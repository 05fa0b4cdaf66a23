import { beforeEach, describe, expect, it } from '@jest/globals';
import { NAMES_DEEPEST } from '../../../../web/src/map/engine.js';
import { GlEngine, type GlMap } from '../../../../web/src/map/gl-engine.js';
import { addSlots } from '../../../../web/src/map/slots.js';

const NOTHING = { type: 'FeatureCollection' as const, features: [] };

describe('sources of a map', () => {
  let added: Map<string, object>;
  let renewed: object[];
  let engine: GlEngine;

  beforeEach(() => {
    added = new Map();
    renewed = [];
    const map: Partial<GlMap> = {
      getSource: (id) => (added.has(id) ? { setData: (data: object) => renewed.push(data) } : undefined),
      addSource: (id, source) => added.set(id, source),
      getLayer: () => undefined,
      addLayer: () => undefined,
    };
    engine = new GlEngine('maplibre', map as GlMap, () => []);
  });

  it('of names are cut into no finer tiles than names need, and keep that when renewed', () => {
    engine.setSource('names', NOTHING, NAMES_DEEPEST);
    engine.setSource('names', NOTHING);
    expect([...added]).toEqual([['names', { type: 'geojson', data: NOTHING, maxzoom: 10 }]]);
    expect(renewed).toEqual([NOTHING]);
  });

  it('of what has edges are as fine as the map can show', () => {
    engine.setSource('areas', NOTHING);
    expect(added.get('areas')).toEqual({ type: 'geojson', data: NOTHING });
  });

  it('of the empty storeys are one tile', () => {
    addSlots(engine);
    expect(added.get('slots')).toMatchObject({ maxzoom: 0 });
  });
});
