import { describe, expect, it } from '@jest/globals';
import {
  DUTY_SHIFT_ACTIONS,
  DUTY_SHIFT_FLOW,
  DUTY_SHIFT_STATES,
  type DutyShiftAction,
  type DutyShiftState,
  EQUIPMENT,
  USUAL_EQUIPMENT,
  OFFICER_ACTIONS,
} from '@app/shared';
import {
  begin,
  DUTY_SHIFT_FACTS,
  overdueAt,
  overrun,
  plannedEnd,
  shiftActionsFor,
  type ShiftStepGiven,
  step,
} from '../../../../server/src/desk/duty-shift.rules.js';
import type { DutyShiftRow } from '../../../../server/src/desk/duty-shift.table.js';
import { drawSheet } from '../../../../server/src/desk/sheet.rules.js';
import { idOf, MINUTE, T0 } from '../incidents/story.js';

const OFFICER = { account: idOf('out'), name: 'out', role: 'duty', centre: idOf('c') } as const;
const OTHER = { account: idOf('in'), name: 'in', role: 'commander', centre: idOf('c') } as const;
const NOW = T0 + 30 * MINUTE;
const NOTHING = { incidents: [], alerts: [], instructions: [], matters: [] };
const SHEET = drawSheet({ seq: 7, ...NOTHING, equipment: USUAL_EQUIPMENT }, null, NOW);
const CHECKED = EQUIPMENT.map((key) => ({
  key,
  ok: key !== 'radio',
  ...(key === 'radio' ? { note: 'dead' } : {}),
}));

const shift = (state: DutyShiftState): DutyShiftRow => ({
  ...begin(OFFICER, idOf('c'), { id: idOf('s'), dueAt: T0 + 480 * MINUTE, previous: null, now: T0 }).next,
  state,
  sheet: state === 'on' ? null : SHEET,
});
const given = (action: DutyShiftAction, part: Partial<ShiftStepGiven> = {}): ShiftStepGiven => ({
  action,
  by: OFFICER_ACTIONS.includes(action) ? OFFICER : OTHER,
  method: 'session',
  notes: 'words',
  equipment: CHECKED,
  reason: 'gone home',
  sheet: SHEET,
  after: null,
  following: idOf('n'),
  now: NOW,
  ...part,
});
const CELLS = DUTY_SHIFT_STATES.flatMap((state) =>
  DUTY_SHIFT_ACTIONS.map((action) => ({
    state,
    action,
    to: (DUTY_SHIFT_FLOW[state] as Partial<Record<DutyShiftAction, DutyShiftState>>)[action],
  })),
);
const legal = CELLS.filter(({ to }) => to !== undefined);

describe('every state and action of a shift', () => {
  it.each(legal)('$state takes $action to $to', ({ state, action, to }) => {
    expect(step(shift(state), given(action))).toMatchObject({
      ok: true,
      value: { next: { state: to, version: 2 }, fact: DUTY_SHIFT_FACTS[action] },
    });
  });

  it.each(CELLS.filter(({ to }) => to === undefined))('$state refuses $action', ({ state, action }) => {
    expect(step(shift(state), given(action))).toMatchObject({ ok: false, code: 'duty-shift.illegal-step' });
  });

  it.each(legal)('$action of $state is for one of the two people alone', ({ state, action }) => {
    const isOfficers = OFFICER_ACTIONS.includes(action);
    const wrong = given(action, { by: isOfficers ? OTHER : OFFICER });
    const code = isOfficers ? 'duty-shift.other-officer' : 'duty-shift.same-person';
    expect(step(shift(state), wrong)).toMatchObject({ ok: false, code });
    expect(shiftActionsFor(shift(state), OFFICER.account).includes(action)).toBe(isOfficers);
    expect(shiftActionsFor(shift(state), OTHER.account).includes(action)).toBe(!isOfficers);
  });
});

describe('signing', () => {
  it.each([
    ['nothing', []],
    ['all but one', CHECKED.slice(1)],
    ['something else too', [...CHECKED, { key: 'drone', ok: true }]],
    ['one of them twice', [...CHECKED.slice(0, -1), { key: 'phone' as const, ok: true }]],
  ])('is refused with %s looked at', (_what, equipment) => {
    expect(step(shift('on'), given('sign', { equipment }))).toMatchObject({
      ok: false,
      code: 'duty-shift.equipment-wanted',
    });
  });

  it('keeps the sheet with what was found and when', () => {
    const signed = step(shift('on'), given('sign'));
    expect(signed).toMatchObject({ ok: true, value: { next: { signedAt: NOW, notes: 'words' } } });
    const { equipment } = (signed.ok && signed.value.next.sheet) || SHEET;
    expect(equipment.filter(({ ok }) => !ok)).toEqual([
      { key: 'radio', ok: false, note: 'dead', carried: 0 },
    ]);
  });

  it('can be taken back, and then nothing is signed', () => {
    const back = step(shift('handing'), given('resume'));
    expect(back).toMatchObject({ ok: true, value: { next: { signedAt: null, sheet: null } } });
  });
});

describe('taking over', () => {
  it('ends the shift, names the person and the shift that follows', () => {
    expect(step(shift('handing'), given('take', { method: 'password' }))).toMatchObject({
      ok: true,
      value: {
        next: {
          takenBy: OTHER.account,
          takenMethod: 'password',
          endedAt: NOW,
          next: idOf('n'),
          reason: null,
        },
      },
    });
  });

  it('without a handover wants a reason and keeps the sheet that nobody signed', () => {
    expect(step(shift('on'), given('relieve', { reason: null }))).toMatchObject({
      ok: false,
      code: 'duty-shift.reason-wanted',
    });
    expect(step(shift('on'), given('relieve'))).toMatchObject({
      ok: true,
      value: { next: { state: 'lapsed', signedAt: null, sheet: SHEET, reason: 'gone home' } },
    });
  });
});

describe('the planned end', () => {
  const ZONE = 'Asia/Shanghai';
  const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00+08:00`);
  it.each([
    ['08:00', '16:00'],
    ['13:59', '16:00'],
    ['14:01', '24:00'],
    ['15:50', '24:00'],
    ['21:00', '24:00'],
    ['22:30', '32:00'],
  ])('of a shift that begins at %s is %s', (from, to) => {
    const [hours = 0] = to.split(':').map(Number);
    const midnight = at('00:00');
    expect(plannedEnd(undefined, at(from), ZONE)).toEqual({
      ok: true,
      value: midnight + hours * 60 * MINUTE,
    });
  });

  it.each([
    [-1, 'time.past'],
    [0, 'time.past'],
    [26 * 60 + 1, 'time.future'],
  ])('may not lie %s minutes from now', (minutes, code) => {
    const told = new Date(NOW + minutes * MINUTE).toISOString();
    expect(plannedEnd(told, NOW, ZONE)).toMatchObject({ ok: false, code });
  });

  it('makes a shift abnormal once, fifteen minutes after it', () => {
    const on = shift('on');
    expect(overrun(on, overdueAt(on) - 1)).toBeUndefined();
    const over = overrun(on, overdueAt(on));
    expect(over).toMatchObject({ next: { overran: true, version: 2 }, fact: 'duty-shift.overran' });
    expect(over && overrun(over.next, overdueAt(on) + MINUTE)).toBeUndefined();
    expect(overrun(shift('handed'), overdueAt(on))).toBeUndefined();
  });
});
