import type { LngLat } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import { useEffect, useMemo } from 'react';
import { useEngine, useUnit } from '../map/map-view.js';
import type { MapLayer } from '../map/engine.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';

const pickStyle = (unit: number): MapLayer[] => [
  {
    id: 'pick-ring',
    type: 'circle',
    source: 'pick',
    paint: {
      'circle-radius': 14 * unit,
      'circle-color': 'rgba(0,0,0,0)',
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 2.5 * unit,
    },
  },
  {
    id: 'pick-dot',
    type: 'circle',
    source: 'pick',
    paint: { 'circle-radius': 4 * unit, 'circle-color': '#ffffff' },
  },
];

export interface PickLayerProps {
  readonly place: LngLat | undefined;
  /** Every click on the map, where there is somebody to hear it. */
  readonly onPick?: ((place: LngLat) => void) | undefined;
}

/** The place that a person points out on the map. */
export function PickLayer({ place, onPick }: PickLayerProps) {
  const engine = useEngine();
  const unit = useUnit();
  const layers = useMemo(() => pickStyle(unit), [unit]);
  const [lng, lat] = place ?? [];
  const data = useMemo(() => pickFeatures(lng, lat), [lng, lat]);
  useGeoJsonLayers({ source: 'pick', layers, data, slot: 'marks' });
  useEffect(() => (onPick ? engine.onClick([], (_hits, at) => onPick(at)) : undefined), [engine, onPick]);
  return null;
}

function pickFeatures(lng: number | undefined, lat: number | undefined): FeatureCollection<Point> {
  if (lng === undefined || lat === undefined) return { type: 'FeatureCollection', features: [] };
  const geometry: Point = { type: 'Point', coordinates: [lng, lat] };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', geometry, properties: {} }] };
}
