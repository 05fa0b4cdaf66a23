import type {
  AccountId,
  ALERT_RULES,
  AlertId,
  AlertState,
  Category,
  CentreId,
  ClockStage,
  Deviation,
  Force,
  Id,
  IncidentId,
  QuestionAnswer,
  PositionDoor,
  ScopeId,
  Severity,
  TeamId,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** What the clock rule saw. Times in ms since 1970. */
export interface ClockSeen {
  readonly stage: ClockStage;
  readonly dueAt: number;
  readonly overdue: boolean;
  readonly limitMinutes: number;
  /** Of the incident, which may be closed and out of the picture. */
  readonly number?: string;
}

/** What the surge rule saw. Times in ms since 1970. */
export interface SurgeSeen {
  readonly observed: number;
  readonly expected: number;
  readonly from: number;
  readonly to: number;
  readonly historyDays: number;
  readonly chance: number;
}

/** What a rule about teams on shift saw. Times in ms since 1970. */
export interface DeviationSeen {
  readonly kind: Deviation;
  readonly team: TeamId;
  readonly callSign: string;
  readonly from: number;
  /** Null while it lasts, whatever people have made of the alert. */
  readonly to: number | null;
  readonly limitS: number;
  readonly bound: number | null;
  readonly device?: Id;
  readonly asks?: Force;
  readonly answer?: QuestionAnswer;
  readonly answeredAt?: number;
}

/** What the rule about doors saw. Times in ms since 1970. */
export interface DoorSeen {
  readonly door: PositionDoor;
  readonly from: number;
  /** Null while it is silent, whatever people have made of the alert. */
  readonly to: number | null;
}

export interface AlertRow {
  readonly id: AlertId;
  /** What was found, so that it is found once. */
  readonly key: string;
  readonly rule: (typeof ALERT_RULES)[number];
  readonly category: Category;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly version: number;
  readonly since: number;
  readonly stateAt: number;
  /** When a shelved alert comes back. */
  readonly until: number | null;
  readonly lastCaseAt: number;
  readonly centre: CentreId;
  readonly parties: readonly CentreId[];
  /** Scopes that are no centres and see it too: the desk of the force that is asked. */
  readonly others: readonly ScopeId[];
  readonly grid: string | null;
  readonly lng: number;
  readonly lat: number;
  readonly incidents: readonly IncidentId[];
  readonly clock: ClockSeen | null;
  readonly surge: SurgeSeen | null;
  readonly deviation: DeviationSeen | null;
  readonly door: DoorSeen | null;
  readonly seenBy: readonly ScopeId[];
  readonly demo: boolean;
}

export interface AlertTimelineRow {
  readonly id: Id;
  readonly alert: AlertId;
  readonly version: number;
  readonly fact: string;
  /** Null: the product itself. */
  readonly byAccount: AccountId | null;
  readonly byName: string;
  readonly at: number;
  readonly reason: string | null;
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;

export const alertTable = new EntitySchema<AlertRow>({
  name: 'alert',
  columns: {
    id: { ...uuid, primary: true },
    key: text,
    rule: text,
    category: text,
    severity: { type: 'smallint' },
    state: text,
    version: { type: 'int' },
    since: instant('since'),
    stateAt: instant('state_at'),
    until: { ...instant('until'), nullable: true },
    lastCaseAt: instant('last_case_at'),
    centre: uuid,
    parties: { ...uuid, array: true },
    others: { ...uuid, array: true },
    grid: { ...text, nullable: true },
    lng: { type: 'float8' },
    lat: { type: 'float8' },
    incidents: { ...uuid, array: true },
    clock: { type: 'jsonb', nullable: true },
    surge: { type: 'jsonb', nullable: true },
    deviation: { type: 'jsonb', nullable: true },
    door: { type: 'jsonb', nullable: true },
    seenBy: { ...uuid, name: 'seen_by', array: true },
    demo: { type: 'boolean' },
  },
});

export const alertTimelineTable = new EntitySchema<AlertTimelineRow>({
  name: 'alert_timeline',
  columns: {
    id: { ...uuid, primary: true },
    alert: uuid,
    version: { type: 'int' },
    fact: text,
    byAccount: { ...uuid, name: 'by_account', nullable: true },
    byName: { ...text, name: 'by_name' },
    at: instant('at'),
    reason: { ...text, nullable: true },
  },
});

export const ALERT_TABLES = [alertTable, alertTimelineTable];
