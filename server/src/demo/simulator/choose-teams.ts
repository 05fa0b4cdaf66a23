import {
  type Category,
  distanceM,
  FREE_STATUSES,
  type LngLat,
  type Mode,
  type TeamCard,
  type TeamId,
} from '@app/shared';
import { roughMinutes } from './pace.js';

/** Who can be sent where: teams on foot only near by, cameras never, drones beside a team on the ground. */
const ON_GROUND: readonly Mode[] = ['vehicle', 'motorcycle', 'foot'];
const FOOT_REACH_M = 700;
/** Matters that need a car: goods, patients, tools. */
const WANTS_VEHICLE: readonly Category[] = ['fire', 'medical', 'natural-hazard', 'hazard'];

/**
 * The free teams that would be there first. Joint teams with police come before others: armed police and militia
 * stand under their own command and are not sent alone.
 */
export function chooseTeams(
  teams: Iterable<TeamCard>,
  placeOf: (team: TeamId) => LngLat | undefined,
  wanted: { place: LngLat; category: Category; count: number },
): TeamId[] {
  const found: { id: TeamId; minutes: number }[] = [];
  for (const team of teams) {
    const place = placeOf(team.id);
    if (!place || !FREE_STATUSES.includes(team.status) || team.incidents.length > 0) continue;
    if (!ON_GROUND.includes(team.mode) || (team.forces.police ?? 0) === 0) continue;
    const metres = distanceM(place, wanted.place);
    if (team.mode === 'foot' && (metres > FOOT_REACH_M || WANTS_VEHICLE.includes(wanted.category))) continue;
    found.push({ id: team.id, minutes: roughMinutes(team.mode, metres) });
  }
  found.sort((a, b) => a.minutes - b.minutes || (a.id < b.id ? -1 : 1));
  return found.slice(0, wanted.count).map(({ id }) => id);
}
