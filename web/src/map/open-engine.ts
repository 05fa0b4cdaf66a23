import type { Settings } from '@app/shared';
import type { MapEngine, MapOptions } from './engine.js';

/** The engine that the settings name, in a chunk of its own: mapbox-gl is fetched only where there is a token. */
export async function openEngine({ engine, mapboxToken }: Settings, options: MapOptions): Promise<MapEngine> {
  if (engine === 'mapbox' && mapboxToken) {
    const { createMapboxEngine } = await import('./mapbox-engine.js');
    return createMapboxEngine({ ...options, token: mapboxToken });
  }
  const { createMaplibreEngine } = await import('./maplibre-engine.js');
  return createMaplibreEngine(options);
}
