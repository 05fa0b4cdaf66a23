import { useEffect, useMemo, useRef, useState } from 'react';
import { type Basemap, labelled } from '../link/basemap.js';
import { useBasemapLayer } from '../link/use-basemap.js';
import { groundStyle, nameStyle } from '../map/basemap-style.js';
import { NAMES_DEEPEST } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { slotLayer } from '../map/slots.js';
import { useLanguage } from '../ui/catalogue.js';
import { loadFontFor } from '../ui/fonts.js';

const SOURCES = ['landuse', 'water', 'railway', 'roads', 'labels', 'centres', 'grids'] as const;
const NOTHING = { type: 'FeatureCollection' as const, features: [] };
const NAMED: ReadonlySet<string> = new Set(['roads', 'labels']);

/** The ground: what the city's own layers draw, with names in the language chosen. */
export function BasemapLayer({ basemap }: { basemap: Basemap }) {
  const engine = useEngine();
  const unit = useUnit();
  const language = useLanguage((choice) => choice.language);
  const isNamed = useRef(false);
  const [isDrawn, setDrawn] = useState(false);
  const hasBuildings = basemap.later.includes('buildings');
  const buildings = useBasemapLayer(isDrawn && hasBuildings ? 'buildings' : undefined) ?? NOTHING;
  const data = useMemo(
    () =>
      SOURCES.map((name) => {
        const features = basemap.layers.get(name) ?? NOTHING;
        return [name, NAMED.has(name) ? labelled(features, language) : features] as const;
      }),
    [basemap, language],
  );

  useEffect(() => engine.setSource('buildings', buildings), [engine, buildings]);
  useEffect(() => {
    let isGone = false;
    const put = () => {
      for (const [name, features] of data)
        engine.setSource(name, features, name === 'labels' ? NAMES_DEEPEST : undefined);
    };
    const draw = async () => {
      const letters = loadFontFor(
        data.flatMap(([, { features }]) => features.map(({ properties }) => textOf(properties))),
      );
      // Names wait for their letters; the ground does not, as long as there are no names on it.
      if (!isNamed.current) {
        put();
        for (const layer of groundStyle(unit)) engine.addLayer(layer, slotLayer('ground'));
      }
      await letters;
      if (isGone) return;
      if (isNamed.current) put();
      isNamed.current = true;
      for (const layer of nameStyle(unit)) engine.addLayer(layer, slotLayer('names'));
      await engine.idle();
      if (!isGone) setDrawn(true);
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
