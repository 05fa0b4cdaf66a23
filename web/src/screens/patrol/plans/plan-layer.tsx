import type { Checkpoint } from '@app/shared';
import { useMemo } from 'react';
import type { MapFeatures, MapLayer } from '../../../map/engine.js';
import { useUnit } from '../../../map/map-view.js';
import { useGeoJsonLayers } from '../../../map/use-geojson-layers.js';
import { FONT } from '../../../ui/fonts.js';

const SOURCE = 'visit-plan';

const planStyle = (unit: number): MapLayer[] => [
  {
    id: 'plan-way',
    type: 'line',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': '#e8f1fa',
      'line-width': 1.2 * unit,
      'line-opacity': 0.6,
      'line-dasharray': [2, 2],
    },
  },
  {
    id: 'plan-stops',
    type: 'circle',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 10 * unit,
      'circle-color': '#0b1118',
      'circle-stroke-color': '#e8f1fa',
      'circle-stroke-width': 2 * unit,
    },
  },
  {
    id: 'plan-numbers',
    type: 'symbol',
    source: SOURCE,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 12 * unit,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#ffffff' },
  },
];

interface PlanLayerProps {
  readonly points: readonly Pick<Checkpoint, 'id' | 'lng' | 'lat'>[];
  readonly isOrdered: boolean;
}

/** The places of a plan; in a fixed order they are numbered, with the order drawn (no way to be driven). */
export function PlanLayer({ points, isOrdered }: PlanLayerProps) {
  const unit = useUnit();
  const layers = useMemo(() => planStyle(unit), [unit]);
  const data = useMemo(() => planFeatures(points, isOrdered), [points, isOrdered]);
  useGeoJsonLayers({ source: SOURCE, layers, data, slot: 'marks' });
  return null;
}

function planFeatures(points: PlanLayerProps['points'], isOrdered: boolean): MapFeatures {
  const places = points.map(({ lng, lat }) => [lng, lat]);
  const stops: MapFeatures['features'] = points.map(({ id }, i) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: places[i] ?? [] },
    properties: { id, label: isOrdered ? String(i + 1) : '' },
  }));
  if (!isOrdered || places.length < 2) return { type: 'FeatureCollection', features: stops };
  const geometry = { type: 'LineString' as const, coordinates: places };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', geometry, properties: {} }, ...stops] };
}
