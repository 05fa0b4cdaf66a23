import {
  DUTY_SHIFT_FLOW,
  type DutyShiftAction,
  type DutyShiftState,
  ENDED_SHIFT_STATES,
  type EquipmentCheck,
  type HandoverSheet,
  type Id,
  LONGEST_SHIFT_HOURS,
  OFFICER_ACTIONS,
  SHIFT_GRACE_MINUTES,
  SHIFT_TURN_HOURS,
  type SheetChange,
  toInstant,
  toMs,
} from '@app/shared';
import type { Signer } from '../access/countersign.js';
import { startOfDay } from '../clocks/wall-clock.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { DutyShiftRow } from './duty-shift.table.js';

const HOUR_MS = 3_600_000;
/** A shift that begins shortly before a turn lasts to the one after it. */
const SHORTEST_MS = 2 * HOUR_MS;

export const DUTY_SHIFT_FACTS = {
  begin: 'duty-shift.begun',
  sign: 'duty-shift.signed',
  resume: 'duty-shift.resumed',
  take: 'duty-shift.handed',
  relieve: 'duty-shift.lapsed',
  overrun: 'duty-shift.overran',
} as const satisfies Record<DutyShiftAction | 'begin' | 'overrun', string>;
type DutyShiftFact = (typeof DUTY_SHIFT_FACTS)[keyof typeof DUTY_SHIFT_FACTS];

export interface ShiftMoved {
  readonly next: DutyShiftRow;
  readonly fact: DutyShiftFact;
}

/** A step with who signs it, and the sheet as it is drawn up at this moment. */
export interface ShiftStepGiven {
  readonly action: DutyShiftAction;
  readonly by: Signer;
  readonly method: 'session' | 'password';
  readonly notes: string | null;
  readonly equipment: readonly EquipmentCheck[];
  readonly reason: string | null;
  readonly sheet: HandoverSheet;
  /** What has changed since the officer signed; null before that. */
  readonly after: SheetChange | null;
  /** The shift that follows, when one does; null: none, since the centre is closed. */
  readonly following: Id | null;
  readonly now: number;
}

export const isRunning = ({ state }: Pick<DutyShiftRow, 'state'>): boolean =>
  !ENDED_SHIFT_STATES.includes(state);

/** The moment at which a shift without a handover becomes abnormal. */
export const overdueAt = ({ dueAt }: Pick<DutyShiftRow, 'dueAt'>): number =>
  dueAt + SHIFT_GRACE_MINUTES * 60_000;

/** When a shift that begins at `now` is planned to end: as told, or at the next turn of the city's clock. */
export function plannedEnd(told: string | undefined, now: number, timeZone: string): Decision<number> {
  if (told === undefined) return accept(nextTurn(now + SHORTEST_MS, timeZone));
  const at = toMs(told);
  const latest = now + LONGEST_SHIFT_HOURS * HOUR_MS;
  if (at <= now) return refuse('time.past', { seen: told, now: toInstant(now) });
  if (at > latest) return refuse('time.future', { seen: told, wanted: toInstant(latest) });
  return accept(at);
}

/** The first turn at or after an instant. Days of 23 or 25 hours move it by that hour. */
function nextTurn(from: number, timeZone: string): number {
  const day = startOfDay(from, timeZone);
  const turns = [0, 24].flatMap((days) => SHIFT_TURN_HOURS.map((hour) => day + (days + hour) * HOUR_MS));
  return turns.sort((a, b) => a - b).find((turn) => turn >= from) ?? from;
}

/** Actions that the state allows to this account, in the flow's order. */
export function shiftActionsFor(shift: DutyShiftRow, account: string): DutyShiftAction[] {
  const legal = Object.keys(DUTY_SHIFT_FLOW[shift.state]) as DutyShiftAction[];
  return legal.filter((action) => OFFICER_ACTIONS.includes(action) === (account === shift.officer));
}

/** Moves a shift one step along DUTY_SHIFT_FLOW, or says why it may not move. */
export function step(shift: DutyShiftRow, given: ShiftStepGiven): Decision<ShiftMoved> {
  const { action, by, now } = given;
  const to = (DUTY_SHIFT_FLOW[shift.state] as Partial<Record<DutyShiftAction, DutyShiftState>>)[action];
  if (to === undefined)
    return refuse('duty-shift.illegal-step', {
      from: shift.state,
      action,
      legal: Object.keys(DUTY_SHIFT_FLOW[shift.state]),
    });
  const isOfficer = by.account === shift.officer;
  if (OFFICER_ACTIONS.includes(action) && !isOfficer)
    return refuse('duty-shift.other-officer', { onDuty: shift.officerName });
  if (!OFFICER_ACTIONS.includes(action) && isOfficer)
    return refuse('duty-shift.same-person', { onDuty: shift.officerName });
  const moved = { ...shift, state: to, version: shift.version + 1 };
  const made = STEPS[action](moved, given, now);
  return made.ok ? accept({ next: made.value, fact: DUTY_SHIFT_FACTS[action] }) : made;
}

type Make = (moved: DutyShiftRow, given: ShiftStepGiven, now: number) => Decision<DutyShiftRow>;

const taken = ({ by, method, following }: ShiftStepGiven, now: number) => ({
  takenBy: by.account,
  takenName: by.name,
  takenAt: now,
  takenMethod: method,
  next: following,
  endedAt: now,
});

const STEPS: Readonly<Record<DutyShiftAction, Make>> = {
  sign: (moved, { equipment, sheet, notes }, now) => {
    const listed = sheet.equipment.map(({ key }) => key);
    const missing = listed.filter((key) => equipment.filter((check) => check.key === key).length !== 1);
    const unknown = equipment.map(({ key }) => key).filter((key) => !listed.includes(key));
    if (missing.length > 0 || unknown.length > 0)
      return refuse('duty-shift.equipment-wanted', { missing, unknown });
    return accept({ ...moved, signedAt: now, notes, sheet: checked(sheet, equipment) });
  },
  resume: (moved) => accept({ ...moved, signedAt: null, sheet: null, after: null }),
  take: (moved, given, now) => accept({ ...moved, ...taken(given, now), after: given.after }),
  relieve: (moved, given, now) => {
    if (given.reason === null) return refuse('duty-shift.reason-wanted', { action: 'relieve' });
    const { sheet, reason } = given;
    return accept({ ...moved, ...taken(given, now), reason, sheet, after: null });
  },
};

/** The sheet with what the officer found; a fault that stood before keeps its count. */
function checked(sheet: HandoverSheet, equipment: readonly EquipmentCheck[]): HandoverSheet {
  return {
    ...sheet,
    equipment: sheet.equipment.map(({ key, names, carried }) => {
      const check = equipment.find((one) => one.key === key);
      const ok = check?.ok ?? null;
      const note = check?.note?.trim() || null;
      return { key, ...(names && { names }), ok, note, carried: ok === false ? carried : 0 };
    }),
  };
}

/** A shift that begins, alone or after another. */
export function begin(
  by: Signer,
  centre: string,
  { id, dueAt, previous, now }: { id: Id; dueAt: number; previous: Id | null; now: number },
): ShiftMoved {
  const next: DutyShiftRow = {
    id,
    centre,
    officer: by.account,
    officerName: by.name,
    state: 'on',
    version: 1,
    since: now,
    dueAt,
    overran: false,
    endedAt: null,
    previous,
    next: null,
    signedAt: null,
    takenBy: null,
    takenName: null,
    takenAt: null,
    takenMethod: null,
    reason: null,
    notes: null,
    sheet: null,
    after: null,
    seenBy: [],
  };
  return { next, fact: DUTY_SHIFT_FACTS.begin };
}

/** Its planned end and the grace have passed; undefined when it has ended or was called abnormal before. */
export function overrun(shift: DutyShiftRow, now: number): ShiftMoved | undefined {
  if (!isRunning(shift) || shift.overran || now < overdueAt(shift)) return undefined;
  return { next: { ...shift, overran: true, version: shift.version + 1 }, fact: DUTY_SHIFT_FACTS.overrun };
}
