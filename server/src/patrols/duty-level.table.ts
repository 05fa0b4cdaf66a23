import type {
  AccountId,
  CentreId,
  DutyLevelNumber,
  DutyLevelState,
  Id,
  LevelTerms,
  ScopeId,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A duty level set for a centre and all below it. Instants are ms since 1970. */
export interface DutyLevelRow {
  readonly id: Id;
  readonly centre: CentreId;
  readonly level: DutyLevelNumber;
  readonly terms: LevelTerms;
  readonly state: DutyLevelState;
  readonly version: number;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  /** Why it was lifted before its time; null while it was not, and once erased. */
  readonly liftReason: string | null;
  readonly byAccount: AccountId;
  readonly byName: string;
  readonly endedAt: number | null;
  readonly seenBy: readonly ScopeId[];
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;

export const dutyLevelTable = new EntitySchema<DutyLevelRow>({
  name: 'duty_level',
  columns: {
    id: { ...uuid, primary: true },
    centre: uuid,
    level: { type: 'smallint' },
    terms: { type: 'jsonb' },
    state: text,
    version: { type: 'int' },
    from: instant('from_at'),
    to: instant('to_at'),
    reason: text,
    liftReason: { ...text, name: 'lift_reason', nullable: true },
    byAccount: { ...uuid, name: 'by_account' },
    byName: { ...text, name: 'by_name' },
    endedAt: { ...instant('ended_at'), nullable: true },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});
