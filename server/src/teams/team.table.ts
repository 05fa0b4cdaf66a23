import type {
  Capability,
  CentreId,
  Force,
  Headcounts,
  IncidentId,
  Mode,
  PositionRelease,
  Post,
  ScopeId,
  TeamEquipment,
  TeamId,
  TeamStatus,
  Tier,
} from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A joint team as it is kept. Instants are ms since 1970. Never names: forces are headcounts. */
export interface TeamRow {
  readonly id: TeamId;
  readonly callSign: string;
  readonly centre: CentreId;
  readonly mode: Mode;
  readonly tier: Tier;
  readonly forces: Headcounts;
  /** Null: as `leadOf` says. */
  readonly lead: Force | null;
  readonly capabilities: readonly Capability[];
  readonly equipment: readonly TeamEquipment[];
  readonly post: Post | null;
  /** Forces in it whose headcount is not kept. */
  readonly withheld: readonly Force[];
  /** How fine its positions may be: as `lent`, else as its force releases. */
  readonly grain: PositionRelease;
  /** What an active request to its force says of them. */
  readonly lent: PositionRelease | null;
  readonly status: TeamStatus;
  readonly statusAt: number;
  readonly sharedWith: readonly CentreId[];
  readonly version: number;
  /** Incidents with an open assignment of this team; written by `TeamDesk.move` alone. */
  readonly incidents: readonly IncidentId[];
  /** Parties of those incidents, who see the team as long as an assignment is open. */
  readonly parties: readonly CentreId[];
  readonly seenBy: readonly ScopeId[];
  readonly closedAt: number | null;
  readonly successor: TeamId | null;
  readonly demo: boolean;
}

export const teamTable = new EntitySchema<TeamRow>({
  name: 'team',
  columns: {
    id: { type: 'uuid', primary: true },
    callSign: { type: 'text', name: 'call_sign' },
    centre: { type: 'uuid' },
    mode: { type: 'text' },
    tier: { type: 'smallint' },
    forces: { type: 'jsonb' },
    lead: { type: 'text', nullable: true },
    capabilities: { type: 'text', array: true },
    equipment: { type: 'text', array: true },
    post: { type: 'jsonb', nullable: true },
    withheld: { type: 'text', array: true },
    grain: { type: 'text' },
    lent: { type: 'text', nullable: true },
    status: { type: 'text' },
    statusAt: { type: 'timestamptz', name: 'status_at', transformer: msColumn },
    sharedWith: { type: 'uuid', name: 'shared_with', array: true },
    version: { type: 'int' },
    incidents: { type: 'uuid', array: true },
    parties: { type: 'uuid', array: true },
    seenBy: { type: 'uuid', name: 'seen_by', array: true },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true, transformer: msColumn },
    successor: { type: 'uuid', nullable: true },
    demo: { type: 'boolean' },
  },
});
