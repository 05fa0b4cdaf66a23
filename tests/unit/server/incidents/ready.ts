import type { IncidentAction, IncidentStatus } from '@app/shared';
import type { IncidentState } from '../../../../server/src/incidents/incident-step.js';
import { after, idOf, needs, OTHER, PERSON, reported, standingIn, team, type Told } from './story.js';

const UP: Told = needs('hand-up');
/** From the lowest centre across the city: waits for whoever stands between. */
const ACROSS: Told = { ...needs('hand-across'), by: PERSON };
const HELP: Told = { ...needs('assist'), centre: idOf('east') };

/** What must have happened, in the status, before a step can be taken at all. */
const BEFORE: Readonly<Partial<Record<IncidentAction, readonly Told[]>>> = {
  'pass-offer': [ACROSS],
  'accept-offer': [UP],
  'return-offer': [UP],
  'withdraw-offer': [UP],
  keep: [UP, { ...needs('return-offer'), by: OTHER }],
  'end-assist': [HELP, { ...needs('accept-offer'), by: OTHER }],
  'review-extension': [needs('extend')],
  'approve-extension': [needs('extend'), { ...needs('review-extension'), by: OTHER }],
  'refuse-extension': [needs('extend')],
  'approve-change': [needs('propose-change')],
  'refuse-change': [needs('propose-change')],
  'confirm-supervision': [needs('propose-supervision')],
  'dismiss-supervision': [needs('propose-supervision')],
  'answer-supervision': [needs('supervise')],
  'lift-supervision': [needs('supervise')],
  unseal: [needs('seal')],
};

/** An incident that stands in a status and whose course has come to where the action is possible. */
export function readyFor(status: IncidentStatus, action: IncidentAction): IncidentState {
  const isHandDown = action === 'hand-down';
  const state = withClock(cleared(standingIn(status), status, action), status, action);
  const held = isHandDown ? { ...state, incident: { ...state.incident, centre: idOf('east') } } : state;
  const helping = action === 'end-assist' ? helped(status) : undefined;
  return after(helping ?? held, ...(helping ? [] : (BEFORE[action] ?? [])));
}

/** Help is asked for while there is work, and stays until the close. */
function helped(status: IncidentStatus): IncidentState {
  const help = BEFORE['end-assist'] ?? [];
  const open = after(reported(), { action: 'accept' }, ...help);
  if (status === 'reported') return { ...open, incident: { ...open.incident, status } };
  if (status === 'accepted') return open;
  const sent = after(open, { action: 'dispatch', teams: [team('t1')] });
  if (status === 'dispatched') return sent;
  const there = after(sent, { action: 'arrive' });
  return status === 'handling' ? there : after(there, { action: 'complete' });
}

/** Nobody suspends while a team is out; in the story of handling the team has acknowledged already. */
function cleared(state: IncidentState, status: IncidentStatus, action: IncidentAction): IncidentState {
  if (status !== 'handling') return state;
  if (action === 'suspend') return after(state, { action: 'clear' });
  if (action !== 'acknowledge' && action !== 'decline') return state;
  return after(state, { action: 'dispatch', teams: [team('t3')] }, { action: 'clear', teams: [team('t1')] });
}

const CLOCKED: readonly IncidentAction[] = [
  'extend',
  'review-extension',
  'approve-extension',
  'refuse-extension',
];

/** Not every stage has a limit in a city that has set none: here it gets one. */
function withClock(state: IncidentState, status: IncidentStatus, action: IncidentAction): IncidentState {
  if (!CLOCKED.includes(action) || status !== 'handled') return state;
  const dueAt = state.incident.statusAt + 3_600_000;
  return {
    ...state,
    incident: { ...state.incident, dueStage: 'accept', dueAt, soonAt: dueAt - 600_000 },
  };
}
