import type {
  AccountId,
  CentreId,
  ForceAnswer,
  ForceReleased,
  ForceRequestState,
  ForceTask,
  Id,
  IncidentId,
  LiaisonForce,
  ScopeId,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** What a centre asks of a force under its own command. Instants are ms since 1970. */
export interface ForceRequestRow {
  readonly id: Id;
  readonly force: LiaisonForce;
  readonly centre: CentreId;
  readonly incident: IncidentId | null;
  readonly task: ForceTask;
  readonly asked: number;
  readonly state: ForceRequestState;
  readonly answer: ForceAnswer | null;
  readonly released: ForceReleased | null;
  readonly version: number;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly from: number;
  readonly to: number;
  readonly stateAt: number;
  readonly text: string;
  readonly byAccount: AccountId;
  readonly byName: string;
  readonly seenBy: readonly ScopeId[];
}

export interface ForceRequestLineRow {
  readonly id: Id;
  readonly request: Id;
  readonly version: number;
  readonly fact: string;
  readonly byName: string;
  readonly at: number;
  readonly text: string | null;
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;
const nullable = { nullable: true } as const;

export const forceRequestTable = new EntitySchema<ForceRequestRow>({
  name: 'force_request',
  columns: {
    id: { ...uuid, primary: true },
    force: text,
    centre: uuid,
    incident: { ...uuid, ...nullable },
    task: text,
    asked: { type: 'int' },
    state: text,
    answer: { ...text, ...nullable },
    released: { type: 'jsonb', ...nullable },
    version: { type: 'int' },
    lng: { type: 'float8', ...nullable },
    lat: { type: 'float8', ...nullable },
    from: instant('from_at'),
    to: instant('to_at'),
    stateAt: instant('state_at'),
    text,
    byAccount: { ...uuid, name: 'by_account' },
    byName: { ...text, name: 'by_name' },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});

export const forceRequestLineTable = new EntitySchema<ForceRequestLineRow>({
  name: 'force_request_line',
  columns: {
    id: { ...uuid, primary: true },
    request: uuid,
    version: { type: 'int' },
    fact: text,
    byName: { ...text, name: 'by_name' },
    at: instant('at'),
    text: { ...text, ...nullable },
  },
});

export const FORCE_REQUEST_TABLES = [forceRequestTable, forceRequestLineTable];
