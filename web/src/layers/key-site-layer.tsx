import { type Names, nameIn, Names as NamesSchema } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import { useEffect, useMemo, useState } from 'react';
import type { Basemap } from '../link/basemap.js';
import { zoomAt } from '../map/basemap-style.js';
import type { MapLayer } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { slotLayer } from '../map/slots.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { type Site, SitePoints } from '../store/site-points.js';
import { useLanguage } from '../ui/catalogue.js';
import { FONT } from '../ui/fonts.js';
import { seenInMercator } from './seen.js';
import { SitePainter } from './site-painter.js';

/** As many names as a map may carry; collisions thin them further. */
const MOST_NAMES = 200;
const LOOK_EVERY_MS = 250;

/** How far in a name appears goes by how fast somebody must be there (1, 3 or 5 minutes). */
const nameStyle = (unit: number): MapLayer[] => [
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

/** A key site as the basemap tells it. `circle`: minutes within which somebody must be there. */
export interface KeySitePoint extends Site {
  readonly names: Names | undefined;
  readonly circle: number;
}

function keySitePoints({ layers }: Basemap): KeySitePoint[] {
  return (layers.get('key-sites')?.features ?? []).flatMap(({ geometry, properties }) => {
    if (geometry.type !== 'Point') return [];
    const [lng = NaN, lat = NaN] = geometry.coordinates;
    const circle = Number(properties?.['circle'] ?? 5);
    // Checked one by one when it is shown: a hundred thousand names at once would hold up the page.
    const names = properties?.['names'] as Names | undefined;
    return [{ lng, lat, circle, names, rank: circle <= 1 ? 0 : 1 }];
  });
}

/** Key sites, however many: all as squares where they fit, with names and response standards of the few. */
export function KeySiteLayer({ basemap }: { basemap: Basemap }) {
  const engine = useEngine();
  const unit = useUnit();
  const language = useLanguage((choice) => choice.language);
  const layers = useMemo(() => nameStyle(unit), [unit]);
  const sites = useMemo(() => keySitePoints(basemap), [basemap]);
  const points = useMemo(() => new SitePoints(sites), [sites]);
  const [named, setNamed] = useState<readonly number[]>([]);

  useEffect(() => {
    const painter = new SitePainter(points, {
      sizePx: 8 * unit,
      box: () => (engine.camera().zoom < zoomAt(11.4, unit) ? undefined : seenInMercator(engine)),
    });
    engine.addPainter('key-site-dots', painter, slotLayer('areas'));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const choose = () => {
      timer = undefined;
      setNamed(namedOf(points, sites, seenInMercator(engine)));
    };
    const off = engine.onMove(() => (timer ??= setTimeout(choose, LOOK_EVERY_MS)));
    choose();
    return () => {
      off();
      clearTimeout(timer);
      engine.removeLayer('key-site-dots');
    };
  }, [engine, unit, points, sites]);

  const data = useMemo((): FeatureCollection<Point> => {
    const features = named.flatMap((index) => {
      const site = sites[index];
      const names = NamesSchema.safeParse(site?.names);
      if (!site || !names.success) return [];
      const geometry: Point = { type: 'Point', coordinates: [site.lng, site.lat] };
      const properties = { label: nameIn(names.data, language), circle: site.circle };
      return [{ type: 'Feature' as const, geometry, properties }];
    });
    return { type: 'FeatureCollection', features };
  }, [named, sites, language]);
  useGeoJsonLayers({ source: 'key-sites', layers, data, slot: 'areas' });
  return null;
}

/** The sites in sight that may be named: those that somebody must reach soonest. */
function namedOf(
  points: SitePoints,
  sites: readonly KeySitePoint[],
  box: ReturnType<typeof seenInMercator>,
): number[] {
  const found: number[] = [];
  for (const { from, count } of points.within(box).stretches)
    for (const site of points.siteOf.subarray(from, from + count)) found.push(site);
  return found
    .sort((a, b) => (sites[a]?.circle ?? 9) - (sites[b]?.circle ?? 9) || a - b)
    .slice(0, MOST_NAMES);
}
