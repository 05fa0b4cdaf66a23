import { FORCES, type Headcounts, type IncidentAction, type TimelineEntry } from '@app/shared';
import type { Texts } from '../../ui/catalogue.js';

/** Headcounts by force: `公安 2 · 民兵 3`. */
export function forcesText(forces: Headcounts, text: Texts): string {
  const parts = FORCES.flatMap((force) => {
    const count = forces[force] ?? 0;
    return count > 0 ? [`${text.force[force]} ${count}`] : [];
  });
  return parts.length === 0 ? text.desk.noForces : parts.join(' · ');
}

/** Metres up to a kilometre, kilometres beyond. */
export function distanceText(metres: number, { unit }: Texts): string {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} ${unit.metres}`;
  return `${(metres / 1000).toFixed(1)} ${unit.kilometres}`;
}

/** What a line of the timeline says was done. */
export function actionText({ action }: Pick<TimelineEntry, 'action'>, text: Texts): string {
  if (action === 'report') return text.desk.reported;
  return text.action[action as IncidentAction] ?? action;
}

/** The place told with a report after the centre that answers for it. */
export function placeText(place: string | null, centre: string): string {
  if (!place || place === centre) return centre;
  return place.startsWith(centre) ? place : `${centre} ${place}`;
}
