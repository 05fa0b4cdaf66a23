import {
  type Category,
  type Centre,
  type Force,
  FORCES,
  type Headcounts,
  type IncidentAction,
  type Language,
  nameIn,
  type Severity,
  type TimelineEntry,
} from '@app/shared';
import type { Texts } from '../../ui/catalogue.js';

/** Headcounts by force, each by itself: `公安 2`, `民兵 3`; of one that withholds its strength only that it is there. */
export function forceParts(forces: Headcounts, text: Texts, withheld: readonly Force[] = []): string[] {
  const parts = FORCES.flatMap((force) => {
    if (withheld.includes(force)) return [text.patrol.withheldForce(text.force[force])];
    const count = forces[force] ?? 0;
    return count > 0 ? [`${text.force[force]} ${count}`] : [];
  });
  return parts.length === 0 ? [text.desk.noForces] : parts;
}

/** Headcounts by force in one line: `公安 2 · 民兵 3`. */
export const forcesText = (forces: Headcounts, text: Texts, withheld: readonly Force[] = []): string =>
  forceParts(forces, text, withheld).join(' · ');

/** Metres up to a kilometre, kilometres beyond. */
export function distanceText(metres: number, { unit }: Texts): string {
  if (metres < 1000) return `${Math.round(metres / 10) * 10} ${unit.metres}`;
  return `${(metres / 1000).toFixed(1)} ${unit.kilometres}`;
}

/** A severity with its level: `III 级 较大`. */
export const gradeText = (severity: Severity, text: Texts): string =>
  `${text.severityLevel[severity]} ${text.severity[severity]}`;

/** What an incident is: category and severity. */
export const kindText = (
  { category, severity }: { category: Category; severity: Severity },
  text: Texts,
): string => `${text.category[category]} · ${gradeText(severity, text)}`;

/** What a line of the timeline says was done. */
export function actionText({ action }: Pick<TimelineEntry, 'action'>, text: Texts): string {
  if (action === 'report') return text.desk.reported;
  if (action === 'tick') return text.duty.ticked;
  if (action === 'untick') return text.duty.unticked;
  if (action === 'absorb') return text.flow.absorb;
  if (action === 'share-team') return text.flow.shareTeam;
  if (action === 'release') return text.flow.release;
  if (action === 'erase-text') return text.privacy.erased;
  return text.action[action as IncidentAction] ?? action;
}

/**
 * The place told with a report, after the centre that answers for it. Who reports writes in one language: where that
 * text begins with the centre's name in any of them, it is said in the language of the screen.
 */
export function placeText(place: string | null, centre: Centre | undefined, language: Language): string {
  const name = centre ? nameIn(centre.names, language) : '';
  if (!place) return name;
  const told = Object.values(centre?.names ?? {}).find((word) => word !== '' && place.startsWith(word));
  const rest = told === undefined ? ` ${place}` : place.slice(told.length);
  // A Latin name, and a number or word right after it, would be read as one.
  const gap = /[A-Za-z\d]$/.test(name) && /^[\p{L}\p{N}]/u.test(rest) ? ' ' : '';
  return `${name}${gap}${rest}`.trim();
}
