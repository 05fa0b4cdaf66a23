import type { IncidentId } from '@app/shared';
import { OUT_OF_ORDER, type Told } from './assignment.rules.js';
import {
  type Advanced,
  INCIDENT_FACTS,
  type IncidentState,
  isTeamAction,
  type StepGiven,
  type TeamShare,
  type TimelineLine,
} from './incident-step.js';
import type { IncidentRow } from './incident.table.js';

/**
 * The timeline's lines of a step: one for each team and department it names. A step of the incident itself has one of its own, after
 * those of the teams that it clears.
 */
export function linesOf(
  { id, version }: IncidentRow,
  step: StepGiven,
  told: readonly Told[],
  { isLate, about }: { isLate: boolean; about: TimelineLine['about'] },
): TimelineLine[] {
  const { action } = step;
  const isOfTeams = action === 'dispatch' || isTeamAction(action);
  const line = (fields: Partial<TimelineLine>): Omit<TimelineLine, 'position'> => ({
    incident: id,
    version,
    fact: INCIDENT_FACTS[action],
    action,
    team: null,
    callSign: null,
    occurredAt: step.at,
    recordedAt: step.now,
    reason: step.reason,
    note: step.note,
    derived: step.derived,
    flags: isLate ? [OUT_OF_ORDER] : [],
    externalId: null,
    about: null,
    ...fields,
  });
  const ofTeams = told.map(({ next: { team, callSign, department }, flags, reason = step.reason }) => {
    const sent = department && { department: { id: department.id, names: department.names } };
    const who = { team, callSign, flags, reason, about: sent };
    return isOfTeams
      ? line(who)
      : line({
          ...who,
          fact: INCIDENT_FACTS.clear,
          action: 'clear',
          derived: true,
          reason: null,
          note: null,
        });
  });
  const lines = isOfTeams ? ofTeams : [...ofTeams, line({ about })];
  const named = isOfTeams ? 0 : lines.length - 1;
  return lines.map((line, position) => ({
    ...line,
    position,
    externalId: position === named ? step.externalId : null,
  }));
}

/** What an incident is told when teams that it has are sent to another one too: nothing of it moves. */
export function shareTeams(state: IncidentState, shares: readonly TeamShare[], step: ShareStep): Advanced {
  const incident = { ...state.incident, version: state.incident.version + 1 };
  const fact = INCIDENT_FACTS['share-team'];
  const told = { ...reportLine(incident), version: incident.version, externalId: null, fact } as const;
  const lines = shares.map(({ team, callSign, reason }, position): TimelineLine => ({
    ...told,
    action: 'share-team',
    position,
    team,
    callSign,
    reason,
    occurredAt: step.at,
    recordedAt: step.now,
    about: { incident: step.to },
  }));
  return { next: { ...state, incident }, fact, lines, moved: [] };
}

/** Where the teams are sent, and when; ms since 1970. */
interface ShareStep extends Pick<StepGiven, 'at' | 'now'> {
  readonly to: IncidentId;
}

/** The first line of a timeline. */
export const reportLine = (row: IncidentRow): TimelineLine => ({
  incident: row.id,
  version: 1,
  position: 0,
  fact: INCIDENT_FACTS.report,
  action: 'report',
  team: null,
  callSign: null,
  occurredAt: row.occurredAt,
  recordedAt: row.recordedAt,
  reason: null,
  note: null,
  derived: false,
  flags: [],
  externalId: row.externalId,
  about: null,
});
