import type { TeamCard } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import { useMemo } from 'react';
import type { MapLayer } from '../map/engine.js';
import { useUnit } from '../map/map-view.js';
import { useGeoJsonLayers } from '../map/use-geojson-layers.js';
import { lostTeams } from '../store/deviations.js';
import type { Fleet } from '../store/fleet.js';
import { useWall } from '../store/wall.store.js';
import { type Texts, useText } from '../ui/catalogue.js';
import { FONT } from '../ui/fonts.js';
import { spanText } from '../ui/time-format.js';
import { useNow } from '../ui/use-now.js';

const MINUTE_MS = 60_000;

const lostStyle = (unit: number): MapLayer[] => [
  {
    id: 'lost-rings',
    type: 'circle',
    source: 'lost',
    paint: {
      'circle-radius': 19 * unit,
      'circle-color': 'rgba(0, 0, 0, 0)',
      'circle-stroke-color': '#e3ad63',
      'circle-stroke-width': 2 * unit,
    },
  },
  {
    id: 'lost-names',
    type: 'symbol',
    source: 'lost',
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [FONT],
      'text-size': 14 * unit,
      'text-line-height': 1.15,
      'text-anchor': 'top',
      'text-offset': [0, 1.6],
      'text-padding': 2 * unit,
    },
    paint: { 'text-color': '#e3ad63', 'text-halo-color': '#0b1118', 'text-halo-width': 1.8 * unit },
  },
];

interface Seen {
  readonly alerts: Parameters<typeof lostTeams>[0];
  readonly teams: ReadonlyMap<string, TeamCard>;
  readonly now: number;
  readonly text: Texts;
}

/** Where teams that are not heard any more were last, and for how long they have been silent. Pure. */
export function lostFeatures(
  place: (team: string) => { readonly lng: number; readonly lat: number } | undefined,
  { alerts, teams, now, text }: Seen,
): FeatureCollection<Point> {
  const features = [...lostTeams(alerts)].flatMap(([id, from]): FeatureCollection<Point>['features'] => {
    const [at, card] = [place(id), teams.get(id)];
    if (!at || !card) return [];
    const label = `${card.callSign}\n${text.deviation.lost(spanText(now - from, text))}`;
    return [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [at.lng, at.lat] },
        properties: { id, label },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
}

/** A ring around the last place of each team whose contact is lost, with its age: the mark below it is old. */
export function LostLayer({ fleet }: { fleet: Fleet }) {
  const unit = useUnit();
  const text = useText();
  const alerts = useWall((wall) => wall.alerts);
  const teams = useWall((wall) => wall.teams);
  // Ages are told in minutes: nothing is drawn again in between.
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const layers = useMemo(() => lostStyle(unit), [unit]);
  const data = useMemo(
    () => lostFeatures((id) => fleet.place(id), { alerts: alerts.values(), teams, now, text }),
    [fleet, alerts, teams, now, text],
  );
  useGeoJsonLayers({ source: 'lost', layers, data, slot: 'marks' });
  return null;
}
