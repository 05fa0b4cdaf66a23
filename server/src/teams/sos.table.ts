import type { AccountId, CentreId, Id, ScopeId, SosOutcome, SosState, TeamId } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A call for help as it is kept. Instants are ms since 1970; places WGS 84. */
export interface SosRow {
  readonly id: Id;
  readonly team: TeamId;
  readonly callSign: string;
  readonly centre: CentreId;
  readonly state: SosState;
  readonly version: number;
  readonly presses: number;
  readonly observedAt: number;
  readonly recordedAt: number;
  readonly lng: number | null;
  readonly lat: number | null;
  readonly placedAt: number | null;
  readonly answeredAt: number | null;
  readonly answeredBy: AccountId | null;
  readonly endedAt: number | null;
  readonly endedBy: AccountId | null;
  readonly outcome: SosOutcome | null;
  readonly seenBy: readonly ScopeId[];
}

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const int = { type: 'int' } as const;
const float = { type: 'float8' } as const;
const nullable = { nullable: true } as const;
const instant = (name: string) => ({ type: 'timestamptz', name, transformer: msColumn }) as const;

export const sosTable = new EntitySchema<SosRow>({
  name: 'sos',
  columns: {
    id: { ...uuid, primary: true },
    team: uuid,
    callSign: { ...text, name: 'call_sign' },
    centre: uuid,
    state: text,
    version: int,
    presses: int,
    observedAt: instant('observed_at'),
    recordedAt: instant('recorded_at'),
    lng: { ...float, ...nullable },
    lat: { ...float, ...nullable },
    placedAt: { ...instant('placed_at'), ...nullable },
    answeredAt: { ...instant('answered_at'), ...nullable },
    answeredBy: { ...uuid, name: 'answered_by', ...nullable },
    endedAt: { ...instant('ended_at'), ...nullable },
    endedBy: { ...uuid, name: 'ended_by', ...nullable },
    outcome: { ...text, ...nullable },
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});
