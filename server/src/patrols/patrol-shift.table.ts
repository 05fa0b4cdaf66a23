import type {
  AccountId,
  CentreId,
  Crew,
  Id,
  PatrolShiftState,
  ScopeId,
  ShiftSlot,
  TeamId,
  TradeState,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A crew's time in a joint team. Instants are ms since 1970. Crews are letters: who they are stays with their force. */
export interface PatrolShiftRow {
  readonly id: Id;
  readonly team: TeamId;
  readonly centre: CentreId;
  readonly slot: ShiftSlot;
  readonly crew: Crew;
  readonly crewOf: TeamId;
  readonly state: PatrolShiftState;
  readonly version: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly byClock: boolean;
  readonly note: string | null;
  readonly seenBy: readonly ScopeId[];
}

export interface TradeRow {
  readonly id: Id;
  readonly give: Id;
  readonly take: Id;
  readonly state: TradeState;
  readonly version: number;
  readonly reason: string;
  readonly askedBy: AccountId;
  readonly askedAt: number;
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;
const nullable = { nullable: true } as const;

export const patrolShiftTable = new EntitySchema<PatrolShiftRow>({
  name: 'patrol_shift',
  columns: {
    id: { ...uuid, primary: true },
    team: uuid,
    centre: uuid,
    slot: text,
    crew: text,
    crewOf: { ...uuid, name: 'crew_of' },
    state: text,
    version: { type: 'int' },
    startsAt: instant('starts_at'),
    endsAt: instant('ends_at'),
    startedAt: { ...instant('started_at'), ...nullable },
    endedAt: { ...instant('ended_at'), ...nullable },
    byClock: { type: 'boolean', name: 'by_clock' },
    note: { ...text, ...nullable },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});

export const tradeTable = new EntitySchema<TradeRow>({
  name: 'shift_trade',
  columns: {
    id: { ...uuid, primary: true },
    give: uuid,
    take: uuid,
    state: text,
    version: { type: 'int' },
    reason: text,
    askedBy: { ...uuid, name: 'asked_by' },
    askedAt: instant('asked_at'),
  },
});

export const PATROL_SHIFT_TABLES = [patrolShiftTable, tradeTable];
