import { localMetres } from '@app/shared';
import { useMemo } from 'react';
import type { MapFeatures, MapLayer } from '../../../map/engine.js';
import { useUnit } from '../../../map/map-view.js';
import { useGeoJsonLayers } from '../../../map/use-geojson-layers.js';

const SOURCE = 'point-radius';
const SIDES = 64;

const radiusStyle = (unit: number): MapLayer[] => [
  {
    id: 'point-radius-fill',
    type: 'fill',
    source: SOURCE,
    paint: { 'fill-color': '#e8f1fa', 'fill-opacity': 0.08 },
  },
  {
    id: 'point-radius-line',
    type: 'line',
    source: SOURCE,
    paint: { 'line-color': '#e8f1fa', 'line-width': 1.2 * unit, 'line-dasharray': [3, 2] },
  },
];

interface RadiusLayerProps {
  readonly lng: number;
  readonly lat: number;
  readonly radiusM: number;
}

/** How near a team must come to a place for its stay to count. */
export function RadiusLayer({ lng, lat, radiusM }: RadiusLayerProps) {
  const unit = useUnit();
  const layers = useMemo(() => radiusStyle(unit), [unit]);
  const data = useMemo((): MapFeatures => {
    const around = localMetres([lng, lat]);
    const ring = Array.from({ length: SIDES + 1 }, (_, i) => {
      const turn = (2 * Math.PI * i) / SIDES;
      return [...around.toLngLat(radiusM * Math.cos(turn), radiusM * Math.sin(turn))];
    });
    const geometry = { type: 'Polygon' as const, coordinates: [ring] };
    return { type: 'FeatureCollection', features: [{ type: 'Feature', geometry, properties: {} }] };
  }, [lng, lat, radiusM]);
  useGeoJsonLayers({ source: SOURCE, layers, data, slot: 'areas' });
  return null;
}
