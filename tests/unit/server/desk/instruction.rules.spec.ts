import { describe, expect, it } from '@jest/globals';
import {
  INSTRUCTION_ACTIONS,
  INSTRUCTION_FLOW,
  INSTRUCTION_STATES,
  type InstructionAction,
  type InstructionState,
  RECIPIENT_ACTIONS,
  WAITING_INSTRUCTION_STATES,
  WORDED_INSTRUCTION_ACTIONS,
} from '@app/shared';
import {
  dueTold,
  INSTRUCTION_FACTS,
  instructionActionsFor,
  type InstructionStepGiven,
  send,
  type Side,
  step,
  turnOverdue,
} from '../../../../server/src/desk/instruction.rules.js';
import type { InstructionRow } from '../../../../server/src/desk/instruction.table.js';
import { idOf, MINUTE, T0 } from '../incidents/story.js';

const DUE = T0 + 60 * MINUTE;
const NOW = T0 + 10 * MINUTE;
const SENT = {
  parent: idOf('p'),
  sender: idOf('city'),
  urgent: false,
  incident: null,
  sentAt: T0,
  dueAt: DUE,
};
const standing = (state: InstructionState, part: Partial<InstructionRow> = {}): InstructionRow => ({
  ...send(SENT, idOf('i'), idOf('county')).next,
  state,
  ...part,
});
const sideOf = (action: InstructionAction): Side =>
  RECIPIENT_ACTIONS.includes(action) ? 'recipient' : 'sender';
const given = (
  action: InstructionAction,
  part: Partial<InstructionStepGiven> = {},
): InstructionStepGiven => ({
  action,
  side: sideOf(action),
  text: 'words',
  dueAt: null,
  now: NOW,
  ...part,
});
const CELLS = INSTRUCTION_STATES.flatMap((state) =>
  INSTRUCTION_ACTIONS.map((action) => ({
    state,
    action,
    to: (INSTRUCTION_FLOW[state] as Partial<Record<InstructionAction, InstructionState>>)[action],
  })),
);
const legal = CELLS.filter(({ to }) => to !== undefined);

describe('every state and action of an instruction', () => {
  it.each(legal)('$state takes $action to $to', ({ state, action, to }) => {
    expect(step(standing(state), given(action))).toMatchObject({
      ok: true,
      value: { next: { state: to, version: 2, stateAt: NOW }, fact: INSTRUCTION_FACTS[action] },
    });
  });

  it.each(CELLS.filter(({ to }) => to === undefined))('$state refuses $action', ({ state, action }) => {
    expect(step(standing(state), given(action))).toMatchObject({ code: 'instruction.illegal-step' });
  });

  it.each(legal)('$action of $state is for one side alone', ({ state, action }) => {
    for (const side of ['sender', 'recipient', null] as const) {
      const isTheirs = side === sideOf(action);
      expect(step(standing(state), given(action, { side })).ok).toBe(isTheirs);
      expect(instructionActionsFor(state, side).includes(action)).toBe(isTheirs);
    }
  });

  it.each(legal)('$action of $state wants words where others must know why', ({ state, action }) => {
    const isRefused = WORDED_INSTRUCTION_ACTIONS.includes(action);
    const mute = step(standing(state), given(action, { text: null }));
    expect(mute).toMatchObject(isRefused ? { code: 'instruction.text-wanted' } : { ok: true });
  });
});

describe('the due time', () => {
  it.each([
    [0, 'time.past'],
    [-5, 'time.past'],
    [30 * 24 * 60 + 1, 'time.future'],
  ])('may not lie %s minutes from now', (minutes, code) => {
    expect(dueTold(new Date(NOW + minutes * MINUTE).toISOString(), NOW)).toMatchObject({ ok: false, code });
  });

  it.each(INSTRUCTION_STATES)('of one that is %s makes it overdue while it waits, and once', (state) => {
    const isWaiting = WAITING_INSTRUCTION_STATES.includes(state);
    expect(turnOverdue(standing(state), DUE - 1)).toBeUndefined();
    expect(turnOverdue(standing(state), DUE) !== undefined).toBe(isWaiting);
    expect(turnOverdue(standing(state, { overdue: true }), DUE)).toBeUndefined();
  });

  it('is renewed when an answer is returned; without a new one the old stands', () => {
    const late = standing('answered', { overdue: true, dueAt: NOW - MINUTE });
    const renewed = step(late, given('return', { dueAt: NOW + MINUTE }));
    expect(renewed).toMatchObject({ value: { next: { overdue: false, dueAt: NOW + MINUTE } } });
    expect(step(late, given('return'))).toMatchObject({ value: { next: { overdue: true } } });
    expect(step(standing('answered'), given('return'))).toMatchObject({
      value: { next: { overdue: false } },
    });
    expect(step(standing('sent'), given('sign', { dueAt: DUE }))).toMatchObject({
      code: 'request.malformed',
    });
  });

  it('that was missed stays to be seen when the answer comes', () => {
    const late = step(standing('signed', { overdue: true }), given('answer'));
    expect(late).toMatchObject({ value: { next: { state: 'answered', overdue: true } } });
  });
});
