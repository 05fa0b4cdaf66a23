import {
  type Beat,
  BEAT_RINGS,
  type BeatRing,
  type Checkpoint,
  type Language,
  nameIn,
  type PointCover,
} from '@app/shared';
import type { Feature, Geometry } from 'geojson';
import { useEffect, useMemo } from 'react';
import { zoomAt } from '../map/basemap-style.js';
import type { MapFeatures, MapHit, MapLayer } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { useLanguage } from '../ui/catalogue.js';
import { FONT } from '../ui/fonts.js';
import { addPointImages, pointImage } from './point-image.js';

/** The tighter the ring, the closer its line: solid, dashed, dotted. */
const RING_DASH: Readonly<Record<BeatRing, readonly number[] | undefined>> = {
  core: undefined,
  inner: [5, 2],
  outer: [1.5, 2.5],
};
/** Names of what was missed are placed first. */
const FIRST = { missed: 0, late: 1 } as const;

/** What the layer draws of it, saved or not. */
export interface ShownGround {
  readonly beats: readonly Pick<Beat, 'id' | 'names' | 'ring' | 'polygon'>[];
  readonly points: readonly Pick<Checkpoint, 'id' | 'names' | 'kind' | 'lng' | 'lat'>[];
}

/** Beats and checkpoints as GeoJSON, each checkpoint by how it stands. Pure, so its test needs no map. */
export function groundFeatures(
  { beats, points }: ShownGround,
  { covers, language }: { covers: readonly PointCover[]; language: Language },
): MapFeatures {
  const stands = new Map(covers.map(({ id, state }) => [id, state]));
  const areas = beats.map(({ id, names, ring, polygon }): Feature<Geometry, Record<string, unknown>> => ({
    type: 'Feature',
    geometry: polygon,
    properties: { id, kind: 'beat', ring, label: nameIn(names, language) },
  }));
  const places = points.map(({ id, names, kind, lng, lat }): Feature<Geometry, Record<string, unknown>> => {
    const state = stands.get(id) ?? 'idle';
    const isLoud = state === 'missed' || state === 'late';
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: {
        id,
        kind: 'point',
        state,
        isLoud,
        image: pointImage(kind, state),
        first: isLoud ? FIRST[state] : 2,
        label: nameIn(names, language),
      },
    };
  });
  return { type: 'FeatureCollection', features: [...areas, ...places] };
}

const SOURCE = 'patrol-ground';

const groundStyle = (unit: number): MapLayer[] => [
  {
    id: 'beat-areas',
    type: 'fill',
    source: SOURCE,
    filter: ['==', ['get', 'kind'], 'beat'],
    paint: { 'fill-color': '#8fb3d4', 'fill-opacity': 0.05 },
  },
  ...BEAT_RINGS.map((ring): MapLayer => ({
    id: `beat-line-${ring}`,
    type: 'line',
    source: SOURCE,
    filter: ['all', ['==', ['get', 'kind'], 'beat'], ['==', ['get', 'ring'], ring]],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': '#8199ae',
      'line-width': (ring === 'core' ? 1.6 : 1.2) * unit,
      'line-opacity': 0.85,
      ...(RING_DASH[ring] ? { 'line-dasharray': [...RING_DASH[ring]] } : {}),
    },
  })),
  {
    id: 'beat-names',
    type: 'symbol',
    source: SOURCE,
    minzoom: zoomAt(11.5, unit),
    filter: ['==', ['get', 'kind'], 'beat'],
    layout: { 'text-field': ['get', 'label'], 'text-font': [FONT], 'text-size': 13 * unit },
    paint: { 'text-color': '#8ba0b3', 'text-halo-color': '#0f161e', 'text-halo-width': 1.5 * unit },
  },
  {
    id: 'point-names',
    type: 'symbol',
    source: SOURCE,
    filter: [
      'all',
      ['==', ['get', 'kind'], 'point'],
      ['any', ['get', 'isLoud'], ['>=', ['zoom'], zoomAt(13.4, unit)]],
    ],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 13 * unit,
      'text-anchor': 'left',
      'text-offset': [1.1, 0],
      'symbol-sort-key': ['get', 'first'],
    },
    paint: {
      'text-color': ['match', ['get', 'state'], 'missed', '#ff9d92', 'late', '#f5c878', '#9db0c2'],
      'text-halo-color': '#0f161e',
      'text-halo-width': 1.5 * unit,
    },
  },
  {
    id: 'point-marks',
    type: 'symbol',
    source: SOURCE,
    minzoom: zoomAt(10.5, unit),
    filter: ['==', ['get', 'kind'], 'point'],
    layout: {
      'icon-image': ['get', 'image'],
      'icon-allow-overlap': true,
      // Far off only what was missed or came late is as large as near by.
      'icon-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        zoomAt(11.5, unit),
        ['case', ['get', 'isLoud'], 0.9, 0.5],
        zoomAt(13.8, unit),
        1,
      ],
      'symbol-sort-key': ['-', 3, ['get', 'first']],
    },
  },
];

interface GroundLayerProps {
  readonly ground: ShownGround;
  /** How checkpoints stand over the visits of the shifts that are on; one that is not among them owes none. */
  readonly covers: readonly PointCover[];
  readonly onPick?: (hit: MapHit) => void;
}

/** Outlines of beats, and checkpoints: thin and grey but for what was missed or came late. */
export function GroundLayer({ ground, covers, onPick }: GroundLayerProps) {
  const engine = useEngine();
  const unit = useUnit();
  const language = useLanguage((choice) => choice.language);
  const layers = useMemo(() => groundStyle(unit), [unit]);
  const data = useMemo(() => groundFeatures(ground, { covers, language }), [ground, covers, language]);
  useEffect(() => addPointImages(engine, unit), [engine, unit]);
  useGeoJsonLayers({ source: SOURCE, layers, data, slot: 'areas', ...(onPick ? { onClick: onPick } : {}) });
  return null;
}
