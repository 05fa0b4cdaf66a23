import type { LngLat, Replay } from '@app/shared';
import type { Feature, FeatureCollection } from 'geojson';
import { useEffect, useMemo } from 'react';
import type { MapHit, MapLayer } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { gapMs, type IncidentThen, linesOf, type TeamThen } from '../store/replay-at.js';
import { FONT } from '../ui/fonts.js';
import { addSeverityImages, severityImage } from './severity-image.js';

/** How much of a track behind a team is drawn; of the team that is chosen, all of it. */
const TRAIL_MS = 600_000;

const trailStyle = (unit: number): MapLayer[] => [
  {
    id: 'replay-trails',
    type: 'line',
    source: 'replay-trails',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': ['case', ['get', 'isChosen'], '#ffffff', '#8fb3d4'],
      'line-opacity': ['case', ['get', 'isChosen'], 0.9, 0.45],
      'line-width': ['case', ['get', 'isChosen'], 3.5 * unit, 2 * unit],
    },
  },
];

const teamStyle = (unit: number): MapLayer[] => [
  {
    id: 'replay-teams',
    type: 'circle',
    source: 'replay-teams',
    paint: {
      'circle-radius': ['case', ['get', 'isChosen'], 9 * unit, 7 * unit],
      // Hollow: nobody knew where it was any longer.
      'circle-color': ['case', ['get', 'isOld'], 'rgba(0,0,0,0)', '#9cc0e0'],
      'circle-stroke-color': ['case', ['get', 'isChosen'], '#ffffff', ['get', 'isOld'], '#8c99a6', '#0b1118'],
      'circle-stroke-width': 2 * unit,
    },
  },
  {
    id: 'replay-names',
    type: 'symbol',
    source: 'replay-teams',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 14 * unit,
      'text-optional': true,
      'text-variable-anchor': ['top', 'bottom', 'right', 'left'],
      'text-radial-offset': 0.9,
    },
    paint: {
      'text-color': ['case', ['get', 'isOld'], '#8c99a6', '#d3dfe9'],
      'text-halo-color': '#0b1118',
      'text-halo-width': 1.6 * unit,
    },
  },
];

const incidentStyle: MapLayer[] = [
  {
    id: 'replay-incidents',
    type: 'symbol',
    source: 'replay-incidents',
    layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'symbol-sort-key': ['get', 'top'] },
  },
];

export interface ReplayLayerProps {
  readonly replay: Replay;
  /** Ms after the window's beginning. */
  readonly at: number;
  readonly teams: readonly TeamThen[];
  readonly incidents: readonly IncidentThen[];
  readonly chosen: string | undefined;
  readonly onChoose: (team: string) => void;
}

/** A moment of the past: teams where they were, the way behind them, incidents that were open. */
export function ReplayLayer({ replay, at, teams, incidents, chosen, onChoose }: ReplayLayerProps) {
  const engine = useEngine();
  const unit = useUnit();
  useEffect(() => addSeverityImages(engine, unit), [engine, unit]);
  const trails = useMemo(() => trailFeatures(replay, { at, chosen }), [replay, at, chosen]);
  const places = useMemo(() => teamFeatures(teams, chosen), [teams, chosen]);
  const marks = useMemo(() => incidentFeatures(incidents), [incidents]);
  const trailLayers = useMemo(() => trailStyle(unit), [unit]);
  const teamLayers = useMemo(() => teamStyle(unit), [unit]);
  const onClick = useMemo(
    () =>
      ({ id }: MapHit) =>
        onChoose(id),
    [onChoose],
  );
  useGeoJsonLayers({ source: 'replay-trails', layers: trailLayers, data: trails, slot: 'names' });
  useGeoJsonLayers({ source: 'replay-teams', layers: teamLayers, data: places, slot: 'teams', onClick });
  useGeoJsonLayers({ source: 'replay-incidents', layers: incidentStyle, data: marks, slot: 'marks' });
  return null;
}

function trailFeatures(
  replay: Replay,
  { at, chosen }: { at: number; chosen: string | undefined },
): FeatureCollection {
  const gap = gapMs(replay);
  return collected(
    replay.teams.flatMap((track) => {
      const isChosen = track.id === chosen;
      const lines = linesOf(track, { from: isChosen ? 0 : at - TRAIL_MS, to: at, gap });
      return lines.map((line) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: line.map(([lng, lat]) => [lng, lat]) },
        properties: { isChosen },
      }));
    }),
  );
}

const teamFeatures = (teams: readonly TeamThen[], chosen: string | undefined): FeatureCollection =>
  collected(
    teams.map(({ track: { id, callSign }, place, isOld }) =>
      pointed(place, { id, label: callSign, isOld, isChosen: id === chosen }),
    ),
  );

const incidentFeatures = (incidents: readonly IncidentThen[]): FeatureCollection =>
  collected(
    incidents.map(({ incident: { id, lng, lat }, severity }) =>
      pointed([lng, lat], { id, image: severityImage(severity), top: 5 - severity }),
    ),
  );

const pointed = ([lng, lat]: LngLat, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lng, lat] },
  properties,
});

const collected = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
