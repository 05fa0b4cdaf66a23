import {
  ASKER_ACTIONS,
  type CentreId,
  ENDED_REQUEST_STATES,
  FORCE_REQUEST_FLOW,
  type ForceAnswer,
  type ForceReleased,
  type ForceRequestAction,
  type ForceRequestCard,
  type ForceRequestDraft,
  type ForceRequestState,
  type Id,
  LIAISON_ACTIONS,
  LONGEST_REQUEST_DAYS,
  toInstant,
  toMs,
} from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { ForceRequestRow } from './force-request.table.js';

const DAY_MS = 86_400_000;

const FACTS = {
  ask: 'force-request.asked',
  answer: 'force-request.answered',
  start: 'force-request.started',
  end: 'force-request.ended',
  withdraw: 'force-request.withdrawn',
} as const satisfies Record<ForceRequestAction | 'ask', string>;

/** The next state of a request without its audience. */
export interface ForceRequestMoved {
  readonly next: ForceRequestRow;
  readonly fact: (typeof FACTS)[keyof typeof FACTS];
}

/** On which side of a request somebody stands; `clock` is the product itself, which only ends what is over. */
export type RequestSide = 'asker' | 'liaison' | 'clock' | null;

export const isOpenRequest = ({ state }: Pick<ForceRequestRow, 'state'>): boolean =>
  !ENDED_REQUEST_STATES.includes(state);

export interface AskedBy {
  readonly id: Id;
  readonly centre: CentreId;
  readonly account: Id;
  readonly name: string;
  readonly now: number;
}

export function askForce(draft: ForceRequestDraft, by: AskedBy): Decision<ForceRequestMoved> {
  const { id, centre, account, name, now } = by;
  const from = draft.from === undefined ? now : Math.max(now, toMs(draft.from));
  const to = toMs(draft.to);
  const latest = from + LONGEST_REQUEST_DAYS * DAY_MS;
  if (to <= from) return refuse('time.past', { field: 'to', seen: draft.to });
  if (to > latest) return refuse('time.future', { field: 'to', seen: draft.to, wanted: toInstant(latest) });
  const next: ForceRequestRow = {
    id,
    centre,
    force: draft.force,
    incident: draft.incident ?? null,
    task: draft.task,
    asked: draft.asked,
    state: 'requested',
    answer: null,
    released: null,
    version: 1,
    lng: draft.place?.lng ?? null,
    lat: draft.place?.lat ?? null,
    from,
    to,
    stateAt: now,
    text: draft.text,
    byAccount: account,
    byName: name,
    seenBy: [],
  };
  return accept({ next, fact: FACTS.ask });
}

/** Actions that the state allows to a side, in the flow's order. */
export function requestActionsFor(
  { state, answer }: ForceRequestRow,
  side: RequestSide,
): ForceRequestAction[] {
  const mine = side === 'asker' ? ASKER_ACTIONS : side === 'liaison' ? LIAISON_ACTIONS : (['end'] as const);
  if (side === null) return [];
  return (Object.keys(FORCE_REQUEST_FLOW[state]) as ForceRequestAction[]).filter(
    (action) => mine.some((known) => known === action) && (action !== 'start' || answer !== 'declined'),
  );
}

export interface RequestStepGiven {
  readonly action: ForceRequestAction;
  readonly side: RequestSide;
  readonly answer: ForceAnswer | null;
  readonly released: ForceReleased | null;
  readonly text: string | null;
  readonly now: number;
}

/** Moves a request one step along FORCE_REQUEST_FLOW, or says why it may not move. */
export function stepRequest(row: ForceRequestRow, given: RequestStepGiven): Decision<ForceRequestMoved> {
  const { action, side, now } = given;
  const to = (FORCE_REQUEST_FLOW[row.state] as Partial<Record<ForceRequestAction, ForceRequestState>>)[
    action
  ];
  const legal = requestActionsFor(row, side);
  if (to === undefined) return refuse('force-request.illegal-step', { from: row.state, action, legal });
  if (!legal.includes(action))
    return refuse(side === null ? 'scope.denied' : 'force-request.illegal-step', {
      seen: side,
      action,
      legal,
    });
  const next: ForceRequestRow = { ...row, state: to, stateAt: now, version: row.version + 1 };
  if (action !== 'answer') return accept({ next, fact: FACTS[action] });
  return answered(next, given);
}

/** What is released must be told, and why nothing is. */
function answered(
  next: ForceRequestRow,
  { answer, released, text }: RequestStepGiven,
): Decision<ForceRequestMoved> {
  if (answer === null) return refuse('force-request.answer-wanted', { field: 'answer' });
  const isDeclined = answer === 'declined';
  if (isDeclined && text === null) return refuse('force-request.answer-wanted', { field: 'text' });
  if (isDeclined === (released !== null))
    return refuse('force-request.answer-wanted', { field: 'released', answer });
  return accept({ next: { ...next, answer, released }, fact: FACTS.answer });
}

export const forceRequestCard = (row: ForceRequestRow): ForceRequestCard => ({
  id: row.id,
  force: row.force,
  centre: row.centre,
  incident: row.incident,
  task: row.task,
  state: row.state,
  answer: row.answer,
  version: row.version,
  asked: row.asked,
  released: row.released,
  lng: row.lng,
  lat: row.lat,
  from: toInstant(row.from),
  to: toInstant(row.to),
  stateAt: toInstant(row.stateAt),
});
