import {
  type IncidentAction,
  type IncidentReport,
  type IncidentStatus,
  needsOf,
  type TeamStatus,
} from '@app/shared';
import type { TeamSeen } from '../../../../server/src/incidents/assignment.rules.js';
import {
  type IncidentState,
  SAID_NOTHING,
  type StepGiven,
  type Teller,
} from '../../../../server/src/incidents/incident-step.js';
import { advance } from '../../../../server/src/incidents/incident.rules.js';
import { report } from '../../../../server/src/incidents/report.rules.js';
import { BOOK, idOf } from './tree.js';

export { BOOK, idOf };

export const T0 = Date.UTC(2026, 10, 24, 8, 0, 0);
export const MINUTE = 60_000;

const teller = (name: string, centre: string): Teller => ({
  account: idOf(name),
  name,
  centre: idOf(centre),
  isSimulator: false,
  isImport: false,
});
export const PERSON: Teller = teller('duty', 'e1');
export const OTHER: Teller = teller('other', 'east');
export const CHIEF: Teller = teller('chief', 'city');
export const SIMULATOR: Teller = { ...teller('sim', 'city'), isSimulator: true };
export const IMPORT: Teller = { ...teller('partner', 'city'), isImport: true };

export const team = (name: string, status: TeamStatus = 'available'): TeamSeen => ({
  id: idOf(name),
  callSign: name,
  status,
  forces: { police: 2 },
  assignment: idOf(`a-${name}`),
});

const REPORT: IncidentReport = { category: 'traffic', severity: 3, lng: 98.29, lat: 39.77 };

/** The middle of the grid in which they happen. */
const COARSE = [98.3, 39.8] as const;

export const reported = (by: Teller = PERSON, extra: Partial<IncidentReport> = {}): IncidentState => ({
  incident: report({
    id: idOf('i'),
    report: { ...REPORT, ...extra },
    centre: idOf('e1'),
    origin: idOf('e1'),
    grid: null,
    coarse: COARSE,
    occurredAt: T0,
    now: T0,
    by,
    book: BOOK,
  }),
  assignments: [],
});

export type Told = Partial<StepGiven> & { readonly action: IncidentAction };

/** A step at a minute after the report. */
export const step = (told: Told, minute = 1): StepGiven => ({
  ...SAID_NOTHING,
  teams: [],
  coarse: told.action === 'seal' ? COARSE : null,
  mint: idOf(`m${told.action}`.slice(0, 6)),
  book: BOOK,
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

/** What a step needs besides its name, as the flow's table has it. */
export function needs(action: IncidentAction): Told {
  const wants = needsOf(action);
  return {
    action,
    ...(wants.includes('teams') ? { teams: [team('t2')] } : {}),
    ...(wants.includes('reason') ? { reason: 'because' } : {}),
    ...(wants.includes('centre') ? { centre: idOf(action === 'hand-down' ? 'e1' : 'w1') } : {}),
    ...(wants.includes('until') ? { until: T0 + 86_400_000 } : {}),
    ...(wants.includes('satisfaction') ? { satisfaction: 'satisfied' } : {}),
    ...(wants.includes('correction') ? { correction: { place: 'the east gate' } } : {}),
    ...(wants.includes('change') ? { severity: 1 } : {}),
    ...WHO[action],
  };
}

const WHO: Readonly<Partial<Record<IncidentAction, Partial<StepGiven>>>> = {
  'review-extension': { by: OTHER },
  'approve-extension': { by: CHIEF },
  supervise: { by: CHIEF },
};

/** An incident that stands in a status, with one team where the status has teams. */
export function standingIn(status: IncidentStatus, by: Teller = PERSON): IncidentState {
  const sent: Told[] = [
    { action: 'accept', by },
    { action: 'dispatch', teams: [team('t1')], by },
  ];
  const done: Told[] = [...sent, { action: 'arrive', by }, { action: 'complete', by }];
  const ways: Partial<Record<IncidentStatus, Told[]>> = {
    reported: [],
    accepted: sent.slice(0, 1),
    dispatched: sent,
    handling: [...sent, { action: 'acknowledge', by }],
    handled: done,
    closed: [...done, { action: 'close', by }],
    suspended: [sent[0] ?? { action: 'accept' }, { ...needs('suspend'), by }],
    rejected: [{ action: 'reject', reason: 'a joke', by }],
  };
  const way = ways[status];
  const state = after(reported(by), ...(way ?? []));
  return way ? state : { ...state, incident: { ...state.incident, status } };
}
