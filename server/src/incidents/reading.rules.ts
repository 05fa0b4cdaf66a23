import { type CentreId, type Reader, type ReadingTie, readingOf, type ReadingView } from '@app/shared';
import type { Caller } from '../access/caller.js';
import type { IncidentRow } from './incident.table.js';
import type { Standing } from './party.rules.js';

export type Place = Pick<Standing, 'isAt' | 'mayAct'>;
type Read = Pick<IncidentRow, 'label' | 'centre' | 'guests' | 'reporter'>;

/** As what somebody reads: a program that acts in an account's name is not that person. */
export function readerOf({ role, via }: Pick<Caller, 'role' | 'via'>): Reader {
  if (via === 'token') return 'token';
  // Told of no incident; if one ever were, then no more than a wall.
  return role === 'armed-police-liaison' || role === 'militia-liaison' ? 'display' : role;
}

/** What ties a caller, who sees it, to an incident. */
function tiesOf(
  { account }: Pick<Caller, 'account'>,
  { centre, guests, reporter }: Read,
  { isAt, mayAct }: Place,
): ReadingTie[] {
  const isHolder = isAt(centre);
  return [
    'sees',
    ...(isHolder ? (['holder'] as const) : mayAct(centre) ? (['above'] as const) : []),
    ...(guests.some((guest: CentreId) => isAt(guest)) ? (['asked'] as const) : []),
    ...(reporter === account ? (['reporter'] as const) : []),
  ];
}

/** How much of an incident a caller who sees it may read. */
export const viewFor = (caller: Caller, incident: Read, place: Place): ReadingView =>
  readingOf(incident.label, readerOf(caller), tiesOf(caller, incident, place));
