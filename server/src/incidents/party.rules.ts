import { type CentreId, ENDED_STATUSES, type FlowParty, type Id, type TeamId } from '@app/shared';
import type { IncidentRow } from './incident.table.js';

/** Holder, origin, former holders, and those whom the course makes parties. */
export const partiesOf = ({ centre, origin, former, guests }: PartySet): CentreId[] => [
  ...new Set([centre, origin, ...former, ...guests]),
];

/** The team whose handheld told an incident, until it is out of the picture. */
export const tellingTeam = ({
  reporterTeam,
  status,
}: Pick<IncidentRow, 'reporterTeam' | 'status'>): TeamId[] =>
  reporterTeam === null || ENDED_STATUSES.includes(status) ? [] : [reporterTeam];

export type PartySet = Pick<IncidentRow, 'centre' | 'origin' | 'former' | 'guests'>;

/** Whom somebody may act for, and above whom they stand. */
export interface Standing {
  mayAct(centre: CentreId): boolean;
  /** That centre is the own one, or was closed in its favour. */
  isAt(centre: CentreId): boolean;
  /** The level of the own centre, and whether it is the top of the tree. */
  readonly level: string;
  readonly isTop: boolean;
  /** That a centre has another above it, or an open one below it. */
  hasAbove(centre: CentreId): boolean;
  hasBelow(centre: CentreId): boolean;
  /** That the first is the second or below it. */
  isWithin(centre: CentreId, ancestor: CentreId): boolean;
  /** Strictly above a centre; the root stands above itself, since nobody else does. */
  isAbove(centre: CentreId): boolean;
}

/** As what somebody stands to an incident; with an offer named, to that one. */
export function partiesHeld(
  { centre, course }: Pick<IncidentRow, 'centre' | 'course'>,
  { mayAct, isAbove }: Pick<Standing, 'mayAct' | 'isAbove'>,
  offer?: Id,
): ReadonlySet<FlowParty> {
  const held = new Set<FlowParty>();
  if (mayAct(centre)) held.add('holder');
  if (isAbove(centre)) held.add('above');
  if (course.supervision?.from && mayAct(course.supervision.from)) held.add('supervising');
  for (const { id, to, state } of course.offers)
    if ((offer === undefined || id === offer) && mayAct(to))
      held.add(state === 'offered' ? 'addressee' : 'assisting');
  return held;
}
