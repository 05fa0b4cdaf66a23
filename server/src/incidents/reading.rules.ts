import {
  type CentreId,
  HANDLING_TIES,
  type Reader,
  type ReadingTie,
  readingOf,
  type ReadingView,
} from '@app/shared';
import type { Caller } from '../access/caller.js';
import type { IncidentRow } from './incident.table.js';
import type { Standing } from './party.rules.js';

export type Place = Pick<Standing, 'isAt' | 'mayAct'>;
type Read = Pick<IncidentRow, 'label' | 'centre' | 'guests' | 'reporter' | 'course'>;

/** As what somebody reads: a program that acts in an account's name is not that person. */
export function readerOf({ role, via }: Pick<Caller, 'role' | 'via'>): Reader {
  if (via === 'token') return 'token';
  // Told of no incident; if one ever were, then no more than a wall.
  return role === 'armed-police-liaison' || role === 'militia-liaison' ? 'display' : role;
}

/** What ties a caller, who sees it, to an incident. */
function tiesOf(
  { account }: Pick<Caller, 'account'>,
  { centre, guests, reporter, course }: Read,
  { isAt, mayAct }: Place,
): ReadingTie[] {
  const isHolder = isAt(centre);
  // Only proposed, it is from nobody yet.
  const supervisor = course.supervision?.from ?? null;
  return [
    'sees',
    ...(isHolder ? (['holder'] as const) : mayAct(centre) ? (['above'] as const) : []),
    ...(supervisor !== null && isAt(supervisor) ? (['supervising'] as const) : []),
    ...(guests.some((guest: CentreId) => isAt(guest)) ? (['asked'] as const) : []),
    ...(reporter === account ? (['reporter'] as const) : []),
  ];
}

/** Whether a caller handles it, and is not told of it for another reason. */
export const handles = (caller: Caller, incident: Read, place: Place): boolean =>
  incident.label === 'internal' || tiesOf(caller, incident, place).some((tie) => HANDLING_TIES.includes(tie));

/** How much of an incident a caller who sees it may read. */
export const viewFor = (caller: Caller, incident: Read, place: Place): ReadingView =>
  readingOf(incident.label, readerOf(caller), tiesOf(caller, incident, place));
