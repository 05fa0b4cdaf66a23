import { type AlertCard, SEVERITY_COLOUR } from '@app/shared';
import type { Feature, Geometry } from 'geojson';
import { useCallback, useMemo } from 'react';
import type { Basemap } from '../link/basemap.js';
import type { MapFeatures, MapHit, MapLayer } from '../map/engine.js';
import { useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { openAlerts } from '../store/attention.js';
import { useWall } from '../store/wall.store.js';

/**
 * Open alerts as areas: the grid of each, or its place where it has none. `only` leaves the others out.
 * Alerts of clocks are shown at their incident already, those of deviations at their team: they have no area. A door of
 * positions is nowhere.
 */
export function alertFeatures(
  alerts: Iterable<AlertCard>,
  grids: ReadonlyMap<string, Geometry>,
  only?: string,
): MapFeatures {
  const features = openAlerts(alerts)
    .filter(({ id, rule }) => !isShownElsewhere(rule) && (only === undefined || id === only))
    .map(({ id, severity, grid, lng, lat, state }): Feature<Geometry, Record<string, unknown>> => {
      const geometry = grid === null ? undefined : grids.get(grid);
      return {
        type: 'Feature',
        geometry: geometry ?? { type: 'Point', coordinates: [lng, lat] },
        properties: { id, color: SEVERITY_COLOUR[severity], isAnswered: state !== 'raised' },
      };
    });
  return { type: 'FeatureCollection', features };
}

const isShownElsewhere = (rule: AlertCard['rule']): boolean => rule !== 'surge';

/** Grids by their code, out of the basemap. */
function gridGeometries({ layers }: Basemap): ReadonlyMap<string, Geometry> {
  const grids = new Map<string, Geometry>();
  for (const { geometry, properties } of layers.get('grids')?.features ?? []) {
    const code = properties?.['code'];
    if (typeof code === 'string') grids.set(code, geometry);
  }
  return grids;
}

const alertStyle = (unit: number): MapLayer[] => [
  {
    id: 'alert-areas',
    type: 'fill',
    source: 'alerts',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': ['get', 'color'], 'fill-opacity': ['case', ['get', 'isAnswered'], 0.06, 0.16] },
  },
  {
    id: 'alert-outlines',
    type: 'line',
    source: 'alerts',
    filter: ['==', ['geometry-type'], 'Polygon'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': ['get', 'color'], 'line-width': 2.5 * unit, 'line-dasharray': [2, 1.2] },
  },
  {
    id: 'alert-points',
    type: 'circle',
    source: 'alerts',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 26 * unit,
      'circle-color': ['get', 'color'],
      'circle-opacity': 0.12,
      'circle-stroke-color': ['get', 'color'],
      'circle-stroke-width': 2.5 * unit,
    },
  },
];

/** Outlines of the grids where something is unusual. */
export function AlertLayer({ basemap, only }: { basemap: Basemap; only?: string }) {
  const unit = useUnit();
  const alerts = useWall((wall) => wall.alerts);
  const select = useWall((wall) => wall.select);
  const layers = useMemo(() => alertStyle(unit), [unit]);
  const grids = useMemo(() => gridGeometries(basemap), [basemap]);
  const data = useMemo(() => alertFeatures(alerts.values(), grids, only), [alerts, grids, only]);
  const onClick = useCallback(({ id }: MapHit) => select({ kind: 'alert', id }), [select]);
  useGeoJsonLayers({ source: 'alerts', layers, data, slot: 'areas', onClick });
  return null;
}
