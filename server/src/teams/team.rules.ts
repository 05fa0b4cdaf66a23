import {
  type CentreId,
  type Force,
  type ForceRelease,
  FREE_STATUSES,
  type IncidentId,
  leadOf,
  mayBecome,
  OWN_STATUSES,
  type PositionRelease,
  releasedOf,
  type TeamCard,
  type TeamChange,
  type TeamDraft,
  type TeamId,
  type TeamStatus,
  teamSteps,
  toInstant,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { TeamRow } from './team.table.js';

type Releases = Readonly<Record<Force, ForceRelease>>;

type TeamFact =
  | 'team.created'
  | 'team.assigned'
  | 'team.moved'
  | 'team.status'
  | 'team.changed'
  | 'team.closed';

/** The next state of a team without its audience, which only the tree knows. */
export interface TeamStep {
  readonly next: TeamRow;
  readonly fact: TeamFact;
}

/** What an incident's step does to one of its teams. `incidents` and `parties` are complete, not added. */
export interface TeamMove {
  readonly status: TeamStatus;
  /** All incidents with an open assignment of this team, after the step. */
  readonly incidents: readonly IncidentId[];
  /** The parties of all those incidents. */
  readonly parties: readonly CentreId[];
  /** When it happened, ms since 1970. */
  readonly at: number;
}

/** A new team at version 1; its audience is still empty. */
export function newTeam(id: TeamId, draft: TeamDraft, at: number): TeamStep {
  const { callSign, centre, mode, tier, forces, sharedWith = [], status = 'available' } = draft;
  const next: TeamRow = {
    id,
    callSign,
    centre,
    mode,
    tier,
    forces,
    lead: draft.lead ?? null,
    capabilities: distinct(draft.capabilities ?? []),
    equipment: distinct(draft.equipment ?? []),
    post: draft.post ?? null,
    withheld: [],
    grain: 'precise',
    lent: null,
    status,
    statusAt: at,
    sharedWith: distinct(sharedWith),
    version: 1,
    incidents: [],
    parties: [],
    seenBy: [],
    closedAt: null,
    successor: null,
    demo: false,
  };
  return { next, fact: 'team.created' };
}

/** What an assignment does to its team. Whether the assignment may do it is the incident's to decide. */
export function moveTeam(team: TeamRow, { status, incidents, parties, at }: TeamMove): TeamStep {
  const isNew = incidents.some((id) => !team.incidents.includes(id));
  const isSame = status === team.status && incidents.length === team.incidents.length;
  const next = {
    ...team,
    status,
    statusAt: status === team.status ? team.statusAt : at,
    incidents: distinct(incidents),
    parties: distinct(parties),
    version: team.version + 1,
  };
  return { next, fact: isNew ? 'team.assigned' : isSame ? 'team.changed' : 'team.moved' };
}

/** Whether any shift of a team is on, ms since 1970. */
export interface TeamRelief {
  readonly isOn: boolean;
  readonly at: number;
}

/**
 * A team whose first shift began goes on patrol; one whose last shift ended rests, unless an incident holds it. What is
 * broken stays so.
 */
export function relieveTeam(team: TeamRow, { isOn, at }: TeamRelief): TeamStep | undefined {
  const status = isOn ? 'patrolling' : 'rest';
  const isMoved = isOn ? team.status === 'rest' : FREE_STATUSES.includes(team.status);
  if (!isMoved || team.incidents.length > 0) return undefined;
  return { next: { ...team, status, statusAt: at, version: team.version + 1 }, fact: 'team.status' };
}

/** What people change of a team by hand, or why they may not. `at` in ms since 1970. */
export function changeTeam(team: TeamRow, change: TeamChange, at: number): Decision<TeamStep> {
  const { version, status, close, ...rest } = change;
  if (team.closedAt !== null)
    return refuse('team.unknown', { id: team.id, closedAt: toInstant(team.closedAt) });
  if (version !== team.version) return refuse('team.stale', { seen: version, current: cardOf(team) });
  const isBound = team.incidents.length > 0;
  const isOwn = status !== undefined && OWN_STATUSES.includes(status);
  if (isBound && (close !== undefined || (isOwn && status !== team.status)))
    return refuse('team.busy', { incidents: team.incidents, status: team.status });
  if (status !== undefined && !mayBecome(team.status, status))
    return refuse('team.illegal-status', {
      seen: status,
      from: team.status,
      wanted: Object.values(teamSteps(team.status)),
    });
  if (close?.successor === team.id) return refuse('team.unknown', { id: team.id, seen: 'its own successor' });

  const isMoved = status !== undefined && status !== team.status;
  const next: TeamRow = {
    ...team,
    callSign: rest.callSign ?? team.callSign,
    mode: rest.mode ?? team.mode,
    tier: rest.tier ?? team.tier,
    forces: rest.forces ?? team.forces,
    lead: rest.lead ?? team.lead,
    capabilities: rest.capabilities ? distinct(rest.capabilities) : team.capabilities,
    equipment: rest.equipment ? distinct(rest.equipment) : team.equipment,
    post: rest.post === undefined ? team.post : rest.post,
    sharedWith: rest.sharedWith ? distinct(rest.sharedWith) : team.sharedWith,
    status: status ?? team.status,
    statusAt: isMoved ? at : team.statusAt,
    closedAt: close ? at : null,
    successor: close?.successor ?? null,
    version: team.version + 1,
  };
  return accept({ next, fact: close ? 'team.closed' : isMoved ? 'team.status' : 'team.changed' });
}

/** Who leads a team as it is kept. */
export const leaderOf = ({ lead, forces, withheld }: Pick<TeamRow, 'lead' | 'forces' | 'withheld'>): Force =>
  leadOf({ lead: lead ?? undefined, forces, withheld });

/** A team with nothing but what its forces release of it. */
export function underReleases(team: TeamRow, releases: Releases): TeamRow {
  const { lead, forces, withheld, post } = team;
  const kept = releasedOf({ lead: lead ?? undefined, forces, withheld, post }, releases);
  return { ...team, ...kept, grain: team.lent ?? kept.grain };
}

/**
 * What a change of a release, or of what a request has lent, makes of a team; undefined where that is nothing.
 * @param lent undefined: as it is; null: nothing any more
 */
export function rereleaseTeam(
  team: TeamRow,
  releases: Releases,
  lent: PositionRelease | null = team.lent,
): TeamStep | undefined {
  const next = underReleases({ ...team, lent }, releases);
  const isSame =
    next.grain === team.grain &&
    next.lent === team.lent &&
    next.withheld.join() === team.withheld.join() &&
    next.post?.lng === team.post?.lng;
  return isSame ? undefined : { next: { ...next, version: team.version + 1 }, fact: 'team.changed' };
}

/** A team's whole public state. */
export function cardOf(team: TeamRow): TeamCard {
  return {
    id: team.id,
    callSign: team.callSign,
    mode: team.mode,
    tier: team.tier,
    status: team.status,
    version: team.version,
    statusAt: toInstant(team.statusAt),
    centre: team.centre,
    forces: team.forces,
    incidents: [...team.incidents],
    ...(team.lead !== null && team.lead !== leadOf({ ...team, lead: undefined }) ? { lead: team.lead } : {}),
    ...(team.withheld.length > 0 ? { withheld: [...team.withheld] } : {}),
    ...(team.grain === 'precise' ? {} : { grain: team.grain }),
  };
}

const distinct = <T extends string>(ids: readonly T[]): T[] => [...new Set(ids)].sort();
