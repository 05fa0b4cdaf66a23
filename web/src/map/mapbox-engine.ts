import mapboxgl from 'mapbox-gl';
import 'mapbox-gl/dist/mapbox-gl.css';
import { FONT } from '../ui/fonts.js';
import type { CreateEngine } from './engine.js';
import { GlEngine, type GlMap } from './gl-engine.js';

/**
 * The engine of a customer with a Mapbox account: needs its token, and reports usage as Mapbox's terms ask.
 * It refuses a style with text but without `glyphs`; all letters are drawn locally all the same.
 */
export const createMapboxEngine: CreateEngine = async ({ container, camera, background, token = '' }) => {
  const map = new mapboxgl.Map({
    container,
    accessToken: token,
    style: {
      version: 8,
      glyphs: 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf',
      sources: {},
      layers: [{ id: 'background', type: 'background', paint: { 'background-color': background } }],
    },
    projection: 'mercator',
    localFontFamily: `"${FONT}"`,
    center: [...camera.center],
    zoom: camera.zoom,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    fadeDuration: 0,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  await new Promise<void>((resolve) => map.once('load', () => resolve()));
  return new GlEngine('mapbox', map as unknown as GlMap, (matrix) => matrix as number[]);
};
