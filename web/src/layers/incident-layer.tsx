import type { IncidentCard } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import { useCallback, useEffect, useMemo } from 'react';
import type { MapHit, MapLayer } from '../map/engine.js';
import { useEngine, useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { useWall } from '../store/wall.store.js';
import { isOpen } from '../store/tallies.js';
import { incidentName } from '../ui/incident-name.js';
import { type Texts, useText } from '../ui/catalogue.js';
import { FONT } from '../ui/fonts.js';
import { addSeverityImages, severityImage } from './severity-image.js';

/** Open incidents as GeoJSON, or only those of a set. Pure, so its test needs no map. */
export function incidentFeatures(
  incidents: Iterable<IncidentCard>,
  { only, selected, text }: { only?: ReadonlySet<string>; selected?: string; text: Texts },
): FeatureCollection<Point> {
  const shown = [...incidents].filter((incident) => isOpen(incident) && (!only || only.has(incident.id)));
  return {
    type: 'FeatureCollection',
    features: shown.map(({ id, lng, lat, severity, ...card }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: {
        id,
        image: severityImage(severity),
        // The gravest is drawn last, on top of the others; names are placed gravest first.
        top: 5 - severity,
        severity,
        label: incidentName(card, text),
        isSelected: id === selected,
      },
    })),
  };
}

const incidentStyle = (unit: number): MapLayer[] => [
  {
    id: 'incident-selected',
    type: 'circle',
    source: 'incidents',
    filter: ['get', 'isSelected'],
    paint: {
      'circle-radius': 30 * unit,
      'circle-color': 'rgba(0,0,0,0)',
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 2.5 * unit,
    },
  },
  // Below the marks and so placed after them: a name that would lie on a mark is left out.
  {
    id: 'incident-names',
    type: 'symbol',
    source: 'incidents',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 15 * unit,
      'text-anchor': 'left',
      'text-offset': [1.9, 0],
      'symbol-sort-key': ['get', 'severity'],
    },
    paint: { 'text-color': '#ffffff', 'text-halo-color': '#0b1118', 'text-halo-width': 2 * unit },
  },
  {
    id: 'incident-marks',
    type: 'symbol',
    source: 'incidents',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'top'],
    },
  },
];

/** Draws what the store holds and nothing more: no fetch, no socket, no DOM. */
export function IncidentLayer({ only }: { only?: ReadonlySet<string> }) {
  const engine = useEngine();
  const unit = useUnit();
  const text = useText();
  const incidents = useWall((wall) => wall.incidents);
  const selection = useWall((wall) => wall.selection);
  const select = useWall((wall) => wall.select);
  const layers = useMemo(() => incidentStyle(unit), [unit]);
  const selected = selection?.kind === 'incident' ? selection.id : undefined;
  const data = useMemo(
    () =>
      incidentFeatures(incidents.values(), {
        text,
        ...(only ? { only } : {}),
        ...(selected ? { selected } : {}),
      }),
    [incidents, only, selected, text],
  );
  const onClick = useCallback(({ id }: MapHit) => select({ kind: 'incident', id }), [select]);
  useEffect(() => addSeverityImages(engine, unit), [engine, unit]);
  useGeoJsonLayers({ source: 'incidents', layers, data, slot: 'marks', onClick });
  return null;
}
