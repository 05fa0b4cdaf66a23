import { useEffect } from 'react';
import { loadFontFor } from '../ui/fonts.js';
import type { MapFeatures, MapHit, MapLayer } from './engine.js';
import { useEngine } from './map-view.js';
import { type Slot, slotLayer } from './slots.js';

export interface GeoJsonLayers {
  readonly source: string;
  /** Must keep its identity as long as it stays the same. */
  readonly layers: readonly MapLayer[];
  readonly data: MapFeatures;
  readonly slot: Slot;
  readonly onClick?: (hit: MapHit) => void;
}

/** The single owner of add, remove and restyle of GeoJSON on a map. Labels wait until their letters are loaded. */
export function useGeoJsonLayers({ source, layers, data, slot, onClick }: GeoJsonLayers): void {
  const engine = useEngine();

  useEffect(() => {
    engine.setSource(source, { type: 'FeatureCollection', features: [] });
    for (const layer of layers) engine.addLayer(layer, slotLayer(slot));
    return () => engine.removeSource(source);
  }, [engine, source, layers, slot]);

  useEffect(() => {
    let isOld = false;
    const show = async () => {
      await loadFontFor(textsOf(data));
      if (!isOld) engine.setSource(source, data);
    };
    void show();
    return () => {
      isOld = true;
    };
  }, [engine, source, layers, data]);

  useEffect(() => {
    if (!onClick) return undefined;
    return engine.onClick(
      layers.map(({ id }) => id),
      ([hit]) => hit && onClick(hit),
    );
  }, [engine, layers, onClick]);
}

function* textsOf({ features }: MapFeatures): Iterable<string> {
  for (const { properties } of features) {
    const label = properties?.['label'];
    if (typeof label === 'string') yield label;
  }
}
