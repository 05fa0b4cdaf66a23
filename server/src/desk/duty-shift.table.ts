import type {
  AccountId,
  CentreId,
  DutyShiftState,
  HandoverSheet,
  Id,
  ScopeId,
  SheetChange,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A shift at a centre's desk. Instants are ms since 1970. */
export interface DutyShiftRow {
  readonly id: Id;
  readonly centre: CentreId;
  readonly officer: AccountId;
  readonly officerName: string;
  readonly state: DutyShiftState;
  readonly version: number;
  readonly since: number;
  /** When it is planned to end. */
  readonly dueAt: number;
  readonly overran: boolean;
  readonly endedAt: number | null;
  readonly previous: Id | null;
  readonly next: Id | null;
  /** The officer's own signature. */
  readonly signedAt: number | null;
  /** Who took over, whether the officer had signed or not. */
  readonly takenBy: AccountId | null;
  readonly takenName: string | null;
  readonly takenAt: number | null;
  readonly takenMethod: 'session' | 'password' | null;
  readonly reason: string | null;
  readonly notes: string | null;
  readonly sheet: HandoverSheet | null;
  readonly after: SheetChange | null;
  readonly seenBy: readonly ScopeId[];
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;
const nullable = { nullable: true } as const;

export const dutyShiftTable = new EntitySchema<DutyShiftRow>({
  name: 'duty_shift',
  columns: {
    id: { ...uuid, primary: true },
    centre: uuid,
    officer: uuid,
    officerName: { ...text, name: 'officer_name' },
    state: text,
    version: { type: 'int' },
    since: instant('since'),
    dueAt: instant('due_at'),
    overran: { type: 'boolean' },
    endedAt: { ...instant('ended_at'), ...nullable },
    previous: { ...uuid, ...nullable },
    next: { ...uuid, ...nullable },
    signedAt: { ...instant('signed_at'), ...nullable },
    takenBy: { ...uuid, name: 'taken_by', ...nullable },
    takenName: { ...text, name: 'taken_name', ...nullable },
    takenAt: { ...instant('taken_at'), ...nullable },
    takenMethod: { ...text, name: 'taken_method', ...nullable },
    reason: { ...text, ...nullable },
    notes: { ...text, ...nullable },
    sheet: { type: 'jsonb', ...nullable },
    after: { type: 'jsonb', ...nullable },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});
