import type { LngLat, SosCard, TeamCard } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import { useMemo } from 'react';
import type { MapLayer } from '../map/engine.js';
import { useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import type { Fleet } from '../store/fleet.js';
import { useWall } from '../store/wall.store.js';
import { FONT } from '../ui/fonts.js';
import { type Texts, useText } from '../ui/catalogue.js';
import { useAfterPaint } from '../ui/painted.js';
import { useNow } from '../ui/use-now.js';

const sosStyle = (unit: number): MapLayer[] => [
  {
    id: 'sos-rings',
    type: 'circle',
    source: 'sos',
    paint: {
      'circle-radius': 30 * unit,
      'circle-color': 'rgba(255, 77, 61, 0.18)',
      'circle-stroke-color': '#ff4d3d',
      'circle-stroke-width': ['case', ['get', 'isCalling'], 5 * unit, 2.5 * unit],
    },
  },
  {
    id: 'sos-names',
    type: 'symbol',
    source: 'sos',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 20 * unit,
      'text-anchor': 'bottom',
      'text-offset': [0, -1.7],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#ffffff', 'text-halo-color': '#a3160a', 'text-halo-width': 3 * unit },
  },
];

/**
 * Where a team that calls for help is now, or was when it called. Frames of a team that is not released precisely say
 * less than its call does, however new they are.
 */
export function sosPlace(
  card: SosCard,
  fleet: Fleet,
  team: Pick<TeamCard, 'grain'> | undefined,
): { place: LngLat; observedAt: number } | undefined {
  const now = card.place && team?.grain !== undefined ? undefined : fleet.place(card.team);
  const told = card.place && { ...card.place, observedAt: Date.parse(card.place.observedAt) };
  const newest = now && told ? (now.observedAt >= told.observedAt ? now : told) : (now ?? told);
  return newest ? { place: [newest.lng, newest.lat], observedAt: newest.observedAt } : undefined;
}

interface Calling {
  readonly fleet: Fleet;
  readonly teams: ReadonlyMap<string, TeamCard>;
  readonly text: Texts;
}

const NOBODY: FeatureCollection<Point> = { type: 'FeatureCollection', features: [] };

/** Calls for help as GeoJSON; always the same nothing while nobody calls, so that a map need not look at it again. */
export function sosFeatures(
  calls: ReadonlyMap<string, SosCard>,
  { fleet, teams, text }: Calling,
): FeatureCollection<Point> {
  if (calls.size === 0) return NOBODY;
  const features = [...calls.values()].flatMap((card): FeatureCollection<Point>['features'] => {
    const at = sosPlace(card, fleet, teams.get(card.team));
    if (!at) return [];
    const properties = {
      id: card.id,
      label: text.sos.calls(card.callSign),
      isCalling: card.state === 'calling',
    };
    return [{ type: 'Feature', geometry: { type: 'Point', coordinates: [...at.place] }, properties }];
  });
  return { type: 'FeatureCollection', features };
}

/** Calls for help, above everything else on the map, until a person has ended them. */
export function SosLayer({ fleet }: { fleet: Fleet }) {
  const unit = useUnit();
  const text = useText();
  // The words above the map are seen first: the first ring of a page may cost a slow GPU a second.
  const calls = useAfterPaint(useWall((wall) => wall.calls));
  const teams = useWall((wall) => wall.teams);
  // The team moves on: the ring goes with it, once per second.
  const now = useNow();
  const layers = useMemo(() => sosStyle(unit), [unit]);
  const data = useMemo(
    () => sosFeatures(calls, { fleet, teams, text }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `now` is why it is looked at again
    [calls, teams, fleet, text, now],
  );
  useGeoJsonLayers({ source: 'sos', layers, data, slot: 'marks' });
  return null;
}
