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

/** Whether a team stands at the incident; undefined for a team whose place nobody simulates. */
export type Presence = (team: TeamId) => boolean | undefined;

type Crew = IncidentCard['teams'][number];

/** The step that comes next, from the card alone: the same card gives the same plan, also after a restart. */
export function nextMove(card: IncidentCard, presence: Presence, haste: Haste = 'usual'): Move | undefined {
  const since = toMs(card.statusAt);
  switch (card.status) {
    case 'reported':
      return { action: 'accept', at: since + acceptSeconds(card, haste) * 1000 };
    case 'accepted':
      return { action: 'dispatch', at: since + dispatchSeconds(card, haste) * 1000 };
    case 'dispatched':
    case 'handling':
      return nextOfTeams(card, presence);
    case 'handled':
      return { action: 'close', at: since + closeSeconds(card.id) * 1000 };
    default:
      return undefined;
  }
}

/** The earliest of what the teams do next; when all have ended, the incident is completed or other teams are sent. */
function nextOfTeams(card: IncidentCard, presence: Presence): Move | undefined {
  if (card.teams.length > 0)
    return card.teams
      .map((crew) => nextOfCrew(card, crew, presence))
      .filter((move) => move !== undefined)
      .sort((a, b) => a.at - b.at)[0];
  const last = toMs(card.statusAt);
  // A card shows only teams that are still bound. The simulator recalls none, so in `handling` all have cleared.
  if (card.status === 'handling') return { action: 'complete', at: last + completeSeconds(card.id) * 1000 };
  return { action: 'dispatch', at: last + dispatchSeconds(card, 'usual') * 1000 };
}

function nextOfCrew(card: IncidentCard, { id: team, step, at: told }: Crew, presence: Presence) {
  const at = toMs(told);
  const after = (action: IncidentAction, seconds: number): Move => ({
    action,
    team,
    at: at + seconds * 1000,
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
