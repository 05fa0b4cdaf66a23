import {
  type CentreId,
  flowRow,
  type FlowRules,
  type Id,
  type Incident,
  type IncidentAction,
  type IncidentCard,
  type IncidentItem,
  type OfferCard,
  type ReadingView,
  type SupervisionCard,
  type TeamId,
  toInstant,
} from '@app/shared';
import type { Caller } from '../access/caller.js';
import { assignmentsOf, boundOf, departmentsOn, type Moves } from './assignment-view.js';
import type { Offer, Supervision } from './course.js';
import { courseOf, dueOf } from './course-view.js';
import { legalActions } from './incident.rules.js';
import { maskOf } from './label.rules.js';
import { type IncidentState } from './incident-step.js';
import type { IncidentRow, TimelineRow } from './incident.table.js';
import { hasWay, holdsLevel } from './level.rules.js';
import { partiesHeld, type Standing } from './party.rules.js';
import { viewFor } from './reading.rules.js';

/** What a caller may read and do of an incident now, as far as role and party go; with an offer named, about that one. */
export interface Permit extends Moves {
  may(action: IncidentAction, offer?: Id): boolean;
  /** Whether the step would be the caller's, did they stand at a higher level; only of those that take the work forward. */
  isLeftAbove(action: IncidentAction): boolean;
  readonly view: ReadingView;
  readonly now: number;
}

/** What a team may say of its own assignment. */
export const CREW_ACTIONS: readonly IncidentAction[] = [
  'acknowledge',
  'depart',
  'arrive',
  'transport',
  'deliver',
  'clear',
  'decline',
];

/** Role, level, parties and credential of a caller against the row of the flow; what else a step needs is the rules' to say. */
export function permitOf(
  caller: Caller,
  incident: IncidentRow,
  {
    now,
    homeOf,
    flow,
    ...standing
  }: Standing & {
    readonly now: number;
    readonly homeOf: (team: TeamId) => CentreId | undefined;
    readonly flow: FlowRules;
  },
): Permit {
  const view = viewFor(caller, incident, standing);
  const no = () => false;
  const nothing = { may: no, isLeftAbove: no, moves: no, movesDepartment: no, view, now };
  if (caller.isSimulator && !incident.simulated) return nothing;
  if (caller.via === 'token' && !caller.tokenScopes.includes('import')) return nothing;
  // Nobody acts on what they may not read.
  if (view === 'masked') return nothing;
  if (caller.handheld) {
    const { team: own } = caller.handheld;
    const may = (action: IncidentAction) =>
      CREW_ACTIONS.includes(action) && flowRow(incident.status, action) !== undefined;
    return { ...nothing, may, moves: (team) => team === own };
  }
  /** The row of a step for this role and party. */
  const ownRow = (action: IncidentAction, offer?: Id) => {
    const row = flowRow(incident.status, action);
    if (!row?.roles.includes(caller.role)) return undefined;
    const held = partiesHeld(incident, standing, offer);
    return row.parties.some((party) => held.has(party)) ? row : undefined;
  };
  const may = (action: IncidentAction, offer?: Id) => {
    const row = ownRow(action, offer);
    return row !== undefined && holdsLevel(row, incident, standing, flow);
  };
  const isLeftAbove = (action: IncidentAction) => {
    const row = ownRow(action);
    return row?.isMain === true && hasWay(row.level, incident, standing) && !may(action);
  };
  const isHolder = standing.mayAct(incident.centre);
  const moves = (team: TeamId) => {
    const home = isHolder ? undefined : homeOf(team);
    return isHolder || (home !== undefined && standing.mayAct(home));
  };
  const movesDepartment = (centre: CentreId) => isHolder || standing.mayAct(centre);
  return { may, isLeftAbove, moves, movesDepartment, view, now };
}

/** What every wall of its scopes shows of an open incident: no free text but the place label, no caller; masked where sensitive. */
export const cardOf = (state: IncidentState): IncidentCard => ({
  ...plainCardOf(state),
  ...maskOf(state.incident),
});

function plainCardOf({ incident, assignments }: IncidentState): IncidentCard {
  const { dueStage, dueAt, soonAt, course } = incident;
  const { offers } = course;
  const open = assignments.filter(({ endedAt }) => endedAt === null);
  return {
    id: incident.id,
    number: incident.number,
    category: incident.category,
    severity: incident.severity,
    status: incident.status,
    version: incident.version,
    centre: incident.centre,
    lng: incident.lng,
    lat: incident.lat,
    grid: incident.grid,
    place: incident.place,
    source: incident.source,
    since: toInstant(incident.occurredAt),
    statusAt: toInstant(incident.statusAt),
    due:
      dueStage !== null && dueAt !== null && soonAt !== null
        ? { stage: dueStage, at: toInstant(dueAt), soonAt: toInstant(soonAt) }
        : null,
    teams: open.flatMap((one) => (one.team === null ? [] : [boundOf(one, one.team)])),
    simulated: incident.simulated,
    ...departmentsOn(open),
    ...(offers.length > 0 ? { offers: offers.map(offerCardOf) } : {}),
    ...(course.supervision ? { supervision: supervisionCardOf(course.supervision) } : {}),
  };
}

const offerCardOf = ({ kind, to, state, ...term }: Offer): OfferCard => ({
  kind,
  to,
  state,
  due: dueOf(term),
});

const supervisionCardOf = ({ state, trigger, ...term }: Supervision): SupervisionCard => ({
  state,
  trigger,
  due: dueOf(term),
});

/** An incident as HTTP answers it to one caller: as much of it as that one may read. */
export function incidentOf(state: IncidentState, timeline: readonly TimelineRow[], permit: Permit): Incident {
  const { view } = permit;
  const card = view === 'masked' ? cardOf(state) : plainCardOf(state);
  const told = timeline.map(timelineEntryOf);
  return {
    ...card,
    ...partsOf(state, permit, view),
    timeline: view === 'whole' ? told : told.map((entry) => wordless(entry, view)),
  };
}

/** A line without what was told in words; for whoever sees the mask alone also without what it was found to be. */
function wordless(entry: Incident['timeline'][number], view: ReadingView): Incident['timeline'][number] {
  const { about, ...line } = { ...entry, reason: null, note: null };
  if (!about) return line;
  const { corrected: _corrected, ...facts } = about;
  const { category: _category, was: _was, ...rest } = facts;
  return { ...line, about: view === 'masked' ? rest : facts };
}

/** An incident in a list, without its timeline; a sensitive one as its card stands on every wall. */
export function itemOf(state: IncidentState, permit: Permit): IncidentItem {
  const isSensitive = state.incident.label === 'sensitive';
  return { ...cardOf(state), ...partsOf(state, permit, isSensitive ? 'masked' : permit.view) };
}

type Parts = Omit<IncidentItem, keyof IncidentCard>;

function partsOf(state: IncidentState, permit: Permit, view: ReadingView): Parts {
  const { incident } = state;
  const isWhole = view === 'whole';
  const legal = legalActions(state, permit.now);
  const leftAbove = legal.filter((action) => permit.isLeftAbove(action));
  return {
    label: incident.label,
    view,
    origin: incident.origin,
    description: isWhole ? incident.description : null,
    externalId: isWhole ? incident.externalId : null,
    occurredAt: toInstant(incident.occurredAt),
    recordedAt: toInstant(incident.recordedAt),
    closedAt: incident.closedAt === null ? null : toInstant(incident.closedAt),
    demo: incident.demo,
    actions: legal.filter((action) => permit.may(action)),
    ...(leftAbove.length > 0 ? { leftAbove } : {}),
    ...assignmentsOf(state, permit),
    course: { ...courseOf(state, permit), ...(view === 'masked' ? { change: null } : {}) },
  };
}

function timelineEntryOf(row: TimelineRow): Incident['timeline'][number] {
  return {
    id: row.id,
    fact: row.fact,
    action: row.action,
    team: row.team,
    callSign: row.callSign,
    by: row.byName,
    occurredAt: toInstant(row.occurredAt),
    recordedAt: toInstant(row.recordedAt),
    reason: row.reason,
    note: row.note,
    derived: row.derived,
    flags: [...row.flags],
    ...(row.about === null ? {} : { about: row.about }),
  };
}
