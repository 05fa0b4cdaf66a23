import type { ExpressionSpecification } from 'maplibre-gl';
import { FONT } from '../ui/fonts.js';
import type { MapFilter, MapLayer } from './engine.js';

/** Calm greys and blues; nothing of the ground has a colour that an incident has. */
export const GROUND = '#121a23';
const LANDUSE: Readonly<Record<string, string>> = {
  gobi: '#12181f',
  farmland: '#172a25',
  village: '#1e2a36',
  residential: '#1c2835',
  commercial: '#243347',
  public: '#22303f',
  industry: '#232a31',
  park: '#18332a',
  airport: '#222d38',
};
const WATER = '#1b3f63';
const INK = '#93a5b6';
const INK_STRONG = '#c3d0dc';
const HALO = '#0f161e';

/** Style in which the ground is drawn. `unit`: how many times larger than on 1920 × 1080 everything is. */
export function groundStyle(unit: number): MapLayer[] {
  return [...surfaceLayers(unit), ...roadLayers(unit), ...boundaryLayers(unit)];
}

function surfaceLayers(unit: number): MapLayer[] {
  const kinds = Object.entries(LANDUSE).flat();
  return [
    {
      id: 'landuse',
      type: 'fill',
      source: 'landuse',
      paint: {
        'fill-color': [
          'match',
          ['get', 'kind'],
          ...kinds,
          LANDUSE['gobi'],
        ] as unknown as ExpressionSpecification,
      },
    },
    { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': WATER } },
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      minzoom: zoomAt(13.2, unit),
      paint: { 'fill-color': '#24303c', 'fill-outline-color': '#2c3a48' },
    },
    {
      id: 'railway-bed',
      type: 'line',
      source: 'railway',
      paint: { 'line-color': '#566472', 'line-width': widths(unit, [10, 1], [14, 3]) },
    },
    {
      id: 'railway-ties',
      type: 'line',
      source: 'railway',
      minzoom: zoomAt(11.5, unit),
      paint: {
        'line-color': '#1a222b',
        'line-width': widths(unit, [11, 0.6], [14, 1.6]),
        'line-dasharray': [4, 4],
      },
    },
  ];
}

function roadLayers(unit: number): MapLayer[] {
  return ROADS.flatMap(({ name, color, from, steps }) => {
    const filter: MapFilter = ['==', ['get', 'class'], name];
    const shared = { source: 'roads', filter, minzoom: zoomAt(from, unit) } as const;
    const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
    const casing = steps.map(([zoom, width]) => [zoom, width + 1.4] as const);
    return [
      {
        ...shared,
        id: `road-${name}-casing`,
        type: 'line',
        layout: round,
        paint: { 'line-color': '#0f161d', 'line-width': widths(unit, ...casing) },
      },
      {
        ...shared,
        id: `road-${name}`,
        type: 'line',
        layout: round,
        paint: { 'line-color': color, 'line-width': widths(unit, ...steps) },
      },
    ] satisfies MapLayer[];
  });
}

const ROADS = [
  {
    name: 'country',
    color: '#303e4c',
    from: 10,
    steps: [
      [10, 0.5],
      [13, 1.4],
      [16, 5],
    ],
  },
  {
    name: 'street',
    color: '#334252',
    from: 11.4,
    steps: [
      [11.4, 0.5],
      [13, 1.4],
      [16, 7],
    ],
  },
  {
    name: 'arterial',
    color: '#46586b',
    from: 9,
    steps: [
      [9, 0.8],
      [12, 2],
      [16, 11],
    ],
  },
  {
    name: 'trunk',
    color: '#566a7f',
    from: 6,
    steps: [
      [8, 1],
      [12, 3],
      [16, 14],
    ],
  },
] as const;

function boundaryLayers(unit: number): MapLayer[] {
  const line = (id: string, level: string, color: string, width: number, from: number): MapLayer => ({
    id,
    type: 'line',
    source: 'centres',
    minzoom: from === 0 ? 0 : zoomAt(from, unit),
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': color,
      'line-width': width * unit,
      'line-opacity': 0.75,
      'line-dasharray': [4, 2.5],
    },
  });
  return [
    {
      id: 'boundary-grids',
      type: 'line',
      source: 'grids',
      minzoom: zoomAt(14, unit),
      paint: { 'line-color': '#3d4f61', 'line-width': 0.7 * unit, 'line-opacity': 0.7 },
    },
    line('boundary-community', 'community', '#3d5064', 0.7, 13.6),
    line('boundary-town', 'town', '#4d647c', 1, 11.6),
    line('boundary-county', 'county', '#64809d', 1.5, 8),
    line('boundary-city', 'city', '#7c9bbb', 2, 0),
  ];
}

/** Names of roads and places; `label` holds them in the language chosen. */
export function nameStyle(unit: number): MapLayer[] {
  const roads: MapLayer = {
    id: 'label-roads',
    type: 'symbol',
    source: 'roads',
    minzoom: zoomAt(12.8, unit),
    filter: ['!=', ['get', 'label'], ''],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420 * unit,
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 14 * unit,
      'text-max-angle': 30,
      'text-padding': 6 * unit,
    },
    paint: { 'text-color': '#76899b', 'text-halo-color': HALO, 'text-halo-width': 1.4 * unit },
  };
  return [districtNames(unit), roads, placeNames(unit)];
}

const RANK = ['get', 'rank'] as unknown as ExpressionSpecification;

/** Names of the largest parts lie on the ground like a watermark: they give way to nothing and keep nothing away. */
function districtNames(unit: number): MapLayer {
  return {
    id: 'label-districts',
    type: 'symbol',
    source: 'labels',
    maxzoom: zoomAt(14.5, unit),
    filter: ['==', RANK, 2],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 28 * unit,
      'text-letter-spacing': 0.2,
      'text-max-width': 9,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: {
      'text-color': '#7389a0',
      'text-opacity': 0.5,
      'text-halo-color': HALO,
      'text-halo-width': 1 * unit,
    },
  };
}

/** Towns, communities, villages, waters; key sites have names of their own. */
function placeNames(unit: number): MapLayer {
  return {
    id: 'label-places',
    type: 'symbol',
    source: 'labels',
    filter: [
      'all',
      ['!=', ['get', 'kind'], 'site'],
      ['!=', RANK, 2],
      ['<=', RANK, ['step', ['zoom'], 1, zoomAt(9.5, unit), 3, zoomAt(11.8, unit), 4, zoomAt(14.4, unit), 5]],
    ],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': ['interpolate', ['linear'], RANK, 1, 22 * unit, 3, 17 * unit, 4, 14 * unit],
      'text-max-width': 9,
      'text-padding': 6 * unit,
      'symbol-sort-key': RANK,
    },
    paint: {
      'text-color': [
        'match',
        ['get', 'kind'],
        'water',
        '#7fa3c4',
        'town',
        INK_STRONG,
        'city',
        INK_STRONG,
        INK,
      ],
      'text-halo-color': HALO,
      'text-halo-width': 1.6 * unit,
    },
  };
}

/** A wall of twice the pixels shows the same ground one zoom level further in: thresholds move with it. */
export function zoomAt(zoom: number, unit: number): number {
  return Math.max(0, zoom + Math.log2(unit));
}

function widths(unit: number, ...steps: readonly (readonly [number, number])[]): ExpressionSpecification {
  const stops = steps.flatMap(([zoom, width]) => [zoomAt(zoom, unit), width * unit]);
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}
