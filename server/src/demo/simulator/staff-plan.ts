import { type IncidentAction, type IncidentCard, type TeamId, toMs } from '@app/shared';
import {
  acceptSeconds,
  acknowledgeSeconds,
  closeSeconds,
  completeSeconds,
  departSeconds,
  dispatchSeconds,
  type Haste,
  sceneSeconds,
  unseenSeconds,
} from './staff-pace.js';

/** One step that the simulated staff mean to take, and from when (ms since 1970). */
export interface Move {
  readonly action: IncidentAction;
  readonly team?: TeamId;
  readonly at: number;
}

/** How the staff work: in haste or not, and `pace` times as fast as people do. */
interface Manner {
  readonly haste: Haste;
  readonly pace: number;
}

/** Whether a team stands at the incident; undefined for a team whose place nobody simulates. */
export type Presence = (team: TeamId) => boolean | undefined;

type Crew = IncidentCard['teams'][number];

const AS_PEOPLE_DO: Manner = { haste: 'usual', pace: 1 };

/** The step that comes next, from the card alone: the same card gives the same plan, also after a restart. */
export function nextMove(card: IncidentCard, presence: Presence, manner = AS_PEOPLE_DO): Move | undefined {
  const { haste, pace } = manner;
  const after = (action: IncidentAction, seconds: number): Move => ({
    action,
    at: toMs(card.statusAt) + (seconds * 1000) / pace,
  });
  switch (card.status) {
    case 'reported':
      return after('accept', acceptSeconds(card, haste));
    case 'accepted':
      return after('dispatch', dispatchSeconds(card, haste));
    case 'dispatched':
    case 'handling':
      if (card.teams.length > 0) return nextOfTeams(card, presence, pace);
      // A card shows only teams that are still bound. The simulator recalls none, so in `handling` all have cleared.
      return card.status === 'handling'
        ? after('complete', completeSeconds(card.id))
        : after('dispatch', dispatchSeconds(card, 'usual'));
    case 'handled':
      return after('close', closeSeconds(card.id));
    default:
      return undefined;
  }
}

/** The earliest of what its teams do next. */
function nextOfTeams(card: IncidentCard, presence: Presence, pace: number): Move | undefined {
  return card.teams
    .map((crew) => nextOfCrew(card, crew, presence, pace))
    .filter((move) => move !== undefined)
    .sort((a, b) => a.at - b.at)[0];
}

function nextOfCrew(
  card: IncidentCard,
  { id: team, step, at: told }: Crew,
  presence: Presence,
  pace: number,
): Move | undefined {
  const at = toMs(told);
  const after = (action: IncidentAction, seconds: number): Move => ({
    action,
    team,
    at: at + (seconds * 1000) / pace,
  });
  switch (step) {
    case 'dispatched':
      return after('acknowledge', acknowledgeSeconds(card.id, team));
    case 'acknowledged':
      return after('depart', departSeconds(card.id, team));
    case 'departed': {
      const isThere = presence(team);
      if (isThere === undefined) return after('arrive', unseenSeconds(card.id, team));
      return isThere ? after('arrive', 0) : undefined;
    }
    case 'arrived':
    case 'transporting':
    case 'delivered':
      return after('clear', sceneSeconds(card, team));
    default:
      return undefined;
  }
}
