import type { FeatureCollection, Point } from 'geojson';
import { useMemo } from 'react';
import { type Basemap, labelled } from '../link/basemap.js';
import { zoomAt } from '../map/basemap-style.js';
import type { MapLayer } from '../map/engine.js';
import { useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { useLanguage } from '../ui/catalogue.js';
import { FONT } from '../ui/fonts.js';

const NONE: FeatureCollection<Point> = { type: 'FeatureCollection', features: [] };

/** A square with its name; how far in it appears goes by how fast somebody must be there (1, 3 or 5 minutes). */
const keySiteStyle = (unit: number): MapLayer[] => [
  {
    id: 'key-site-dots',
    type: 'circle',
    source: 'key-sites',
    minzoom: zoomAt(11.4, unit),
    paint: {
      'circle-radius': 2.6 * unit,
      'circle-color': '#0f161e',
      'circle-stroke-color': '#71869b',
      'circle-stroke-width': 1.3 * unit,
    },
  },
  {
    id: 'key-site-names',
    type: 'symbol',
    source: 'key-sites',
    minzoom: zoomAt(11.8, unit),
    filter: ['<=', ['get', 'circle'], ['step', ['zoom'], 1, zoomAt(13.4, unit), 3, zoomAt(14.2, unit), 5]],
    layout: {
      'text-field': ['concat', ['get', 'label'], ' ', ['to-string', ['get', 'circle']], '′'],
      'text-font': [FONT],
      'text-size': 14 * unit,
      'text-anchor': 'left',
      'text-offset': [0.6, 0],
      'text-padding': 4 * unit,
      'symbol-sort-key': ['get', 'circle'],
    },
    paint: { 'text-color': '#9db0c2', 'text-halo-color': '#0f161e', 'text-halo-width': 1.5 * unit },
  },
];

/** Key sites with their response standard in minutes. */
export function KeySiteLayer({ basemap }: { basemap: Basemap }) {
  const unit = useUnit();
  const language = useLanguage((choice) => choice.language);
  const layers = useMemo(() => keySiteStyle(unit), [unit]);
  const data = useMemo(
    () => labelled(basemap.layers.get('key-sites') ?? NONE, language),
    [basemap, language],
  );
  useGeoJsonLayers({ source: 'key-sites', layers, data, slot: 'areas' });
  return null;
}
