import { type CustomRenderMethodInput, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { CreateEngine } from './engine.js';
import { GlEngine } from './gl-engine.js';

// Version 6 finds its worker by a path that a bundler moves: without this line the map stays blank.
setWorkerUrl(workerUrl);

/**
 * The default engine: offline. Without `glyphs` in the style every letter is drawn by the browser itself, in the
 * fonts that `text-font` names, so they must be loaded before the first label (see fonts.ts).
 */
export const createMaplibreEngine: CreateEngine = async ({ container, camera, background }) => {
  const map = new MapLibreMap({
    container,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: 'background', type: 'background', paint: { 'background-color': background } }],
    },
    center: [...camera.center],
    zoom: camera.zoom,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    fadeDuration: 0,
    renderWorldCopies: false,
    canvasContextAttributes: { antialias: true, preserveDrawingBuffer: location.search.includes('still=1') },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  // Not `load`, which waits for a frame: the first one should show something already.
  await new Promise<void>((resolve) => map.once('style.load', () => resolve()));
  return new GlEngine(
    'maplibre',
    map,
    (input) => (input as CustomRenderMethodInput).defaultProjectionData.mainMatrix,
  );
};
