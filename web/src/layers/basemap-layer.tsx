import { useEffect, useMemo } from 'react';
import { type Basemap, labelled } from '../link/basemap.js';
import { groundStyle, nameStyle } from '../map/basemap-style.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { slotLayer } from '../map/slots.js';
import { useLanguage } from '../ui/catalogue.js';
import { loadFontFor } from '../ui/fonts.js';

const SOURCES = ['landuse', 'water', 'railway', 'roads', 'buildings', 'labels', 'centres', 'grids'] as const;
const NAMED: ReadonlySet<string> = new Set(['roads', 'labels']);

/** The ground: what the city's own layers draw, with names in the language chosen. */
export function BasemapLayer({ basemap }: { basemap: Basemap }) {
  const engine = useEngine();
  const unit = useUnit();
  const language = useLanguage((choice) => choice.language);
  const data = useMemo(
    () =>
      SOURCES.map((name) => {
        const features = basemap.layers.get(name) ?? { type: 'FeatureCollection' as const, features: [] };
        return [name, NAMED.has(name) ? labelled(features, language) : features] as const;
      }),
    [basemap, language],
  );

  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      await loadFontFor(
        data.flatMap(([, { features }]) => features.map(({ properties }) => textOf(properties))),
      );
      if (isGone) return;
      for (const [name, features] of data) engine.setSource(name, features);
      for (const layer of groundStyle(unit)) engine.addLayer(layer, slotLayer('ground'));
      for (const layer of nameStyle(unit)) engine.addLayer(layer, slotLayer('names'));
    };
    void draw();
    return () => {
      isGone = true;
    };
  }, [engine, unit, data]);
  return null;
}

const textOf = (properties: Record<string, unknown> | null): string =>
  typeof properties?.['label'] === 'string' ? properties['label'] : '';
