import type { IncidentAction, IncidentReport, IncidentStatus, TeamStatus } from '@app/shared';
import type { TeamSeen } from '../../../../server/src/incidents/assignment.rules.js';
import type { IncidentState, StepGiven, Teller } from '../../../../server/src/incidents/incident-step.js';
import { advance, report } from '../../../../server/src/incidents/incident.rules.js';

export const T0 = Date.UTC(2026, 10, 24, 8, 0, 0);
export const MINUTE = 60_000;

/** A stable id for tests: the same name gives the same one. */
export const idOf = (name: string): string => {
  const hex = Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12);
  return `01900000-0000-7000-8000-${hex}`;
};

export const PERSON: Teller = { account: idOf('duty'), isSimulator: false, isImport: false };
export const SIMULATOR: Teller = { account: idOf('sim'), isSimulator: true, isImport: false };
export const IMPORT: Teller = { account: idOf('partner'), isSimulator: false, isImport: true };

export const team = (name: string, status: TeamStatus = 'available'): TeamSeen => ({
  id: idOf(name),
  callSign: name,
  status,
  forces: { police: 2 },
  assignment: idOf(`a-${name}`),
});

const REPORT: IncidentReport = { category: 'traffic', severity: 3, lng: 98.29, lat: 39.77 };

export const reported = (by: Teller = PERSON, extra: Partial<IncidentReport> = {}): IncidentState => ({
  incident: report({
    id: idOf('i'),
    report: { ...REPORT, ...extra },
    centre: idOf('c'),
    origin: idOf('c'),
    grid: null,
    occurredAt: T0,
    now: T0,
    by,
  }),
  assignments: [],
});

export type Told = Partial<StepGiven> & { readonly action: IncidentAction };

/** A step at a minute after the report. */
export const step = (told: Told, minute = 1): StepGiven => ({
  teams: [],
  reason: null,
  note: null,
  derived: false,
  externalId: null,
  at: T0 + minute * MINUTE,
  now: T0 + minute * MINUTE,
  by: PERSON,
  ...told,
});

/** The state after steps that must all be taken, one a minute: the first at minute 1. */
export function after(state: IncidentState, ...told: Told[]): IncidentState {
  return told.reduce((at, one) => {
    const decision = advance(at, step(one, at.incident.version));
    if (!decision.ok) throw new Error(`${one.action}: ${decision.code} ${JSON.stringify(decision.detail)}`);
    return decision.value.next;
  }, state);
}

/** An incident that stands in a status, with one team where the status has teams. */
export function standingIn(status: IncidentStatus, by: Teller = PERSON): IncidentState {
  const sent: Told[] = [
    { action: 'accept', by },
    { action: 'dispatch', teams: [team('t1')], by },
  ];
  const ways: Partial<Record<IncidentStatus, Told[]>> = {
    reported: [],
    accepted: sent.slice(0, 1),
    dispatched: sent,
    handling: [...sent, { action: 'acknowledge', by }],
    handled: [...sent, { action: 'arrive', by }, { action: 'complete', by }],
    closed: [...sent, { action: 'arrive', by }, { action: 'complete', by }, { action: 'close', by }],
    rejected: [{ action: 'reject', reason: 'a joke', by }],
  };
  const way = ways[status];
  const state = after(reported(by), ...(way ?? []));
  return way ? state : { ...state, incident: { ...state.incident, status } };
}
