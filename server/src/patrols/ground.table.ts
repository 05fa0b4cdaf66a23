import type { Beat, Checkpoint, Id, TeamId, VisitPlan } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

export type BeatRow = Omit<Beat, 'name' | 'isClosed' | 'mayChange'> & { readonly closedAt: number | null };
export type CheckpointRow = Omit<Checkpoint, 'name' | 'isClosed' | 'mayChange'> & {
  readonly closedAt: number | null;
};
/** What a team's shift visits under a duty level. */
export interface VisitPlanRow extends Omit<VisitPlan, 'callSign'> {
  readonly id: Id;
  readonly team: TeamId;
}

const uuid = { type: 'uuid' } as const;
const int = { type: 'int' } as const;
const float = { type: 'float8' } as const;
const jsonb = { type: 'jsonb' } as const;
const closedAt = {
  type: 'timestamptz',
  name: 'closed_at',
  nullable: true,
  transformer: msColumn,
} as const;

export const beatTable = new EntitySchema<BeatRow>({
  name: 'beat',
  columns: {
    id: { ...uuid, primary: true },
    centre: uuid,
    names: jsonb,
    ring: { type: 'text' },
    polygon: jsonb,
    version: int,
    closedAt,
  },
});

export const checkpointTable = new EntitySchema<CheckpointRow>({
  name: 'patrol_checkpoint',
  columns: {
    id: { ...uuid, primary: true },
    centre: uuid,
    kind: { type: 'text' },
    beat: { ...uuid, nullable: true },
    names: jsonb,
    lng: float,
    lat: float,
    radiusM: { ...int, name: 'radius_m' },
    dwellS: { ...int, name: 'dwell_s' },
    visits: jsonb,
    windows: jsonb,
    forces: { type: 'text', array: true },
    isGpsBlind: { type: 'boolean', name: 'is_gps_blind' },
    version: int,
    closedAt,
  },
});

export const visitPlanTable = new EntitySchema<VisitPlanRow>({
  name: 'patrol_plan',
  columns: {
    id: { ...uuid, primary: true },
    team: uuid,
    level: { type: 'smallint' },
    order: { type: 'text', name: 'visit_order' },
    beats: { ...uuid, array: true },
    checkpoints: { ...uuid, array: true },
    version: int,
  },
});

export const GROUND_TABLES = [beatTable, checkpointTable, visitPlanTable];
