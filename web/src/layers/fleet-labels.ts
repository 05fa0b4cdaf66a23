import type { TeamCard } from '@app/shared';
import type { FeatureCollection, Point } from 'geojson';
import type { Fleet } from '../store/fleet.js';
import { STALE_POSITION_MS } from '../store/fleet-columns.js';
import type { Texts } from '../ui/catalogue.js';
import { ageText } from '../ui/time-format.js';

/**
 * Call signs of the teams that a tick names, those that matter most first; an old position carries its age. Every
 * feature also reserves the room of its team's marker, so that no name lies upon another team. Teams that are lost have
 * a name elsewhere.
 */
export function fleetLabels(
  fleet: Fleet,
  teams: ReadonlyMap<string, TeamCard>,
  { now, text, lost }: { readonly now: number; readonly text: Texts; readonly lost?: ReadonlySet<string> },
): FeatureCollection<Point> {
  const { tick } = fleet;
  const features: FeatureCollection<Point>['features'] = [];
  for (let weight = 0; weight < (tick?.head.names ?? 0); weight++) {
    const slot = tick?.named[weight] ?? -1;
    const card = teams.get(fleet.teamOf(slot) ?? '');
    if (!tick || !card) continue;
    const age = now - (tick.observedAt[slot] ?? NaN);
    const isOld = age > STALE_POSITION_MS;
    const aged = isOld ? `${card.callSign}\n${ageText(age, text)}` : card.callSign;
    const label = lost?.has(card.id) ? '' : aged;
    features.push({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [tick.lng[slot] ?? NaN, tick.lat[slot] ?? NaN] },
      properties: { id: card.id, label, weight, isOld },
    });
  }
  return { type: 'FeatureCollection', features };
}
