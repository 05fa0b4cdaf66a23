import type { Datum, Id, TeamId } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** A device that tells where its team is. Its secret is a token of access, limited to it. */
export interface DeviceRow {
  readonly id: Id;
  /** What binary batches name it by: 1 to 2³² − 1, random. */
  readonly number: number;
  readonly team: TeamId;
  readonly name: string | null;
  /** The name that its own system has for it; unique among devices in use. */
  readonly externalId: string | null;
  readonly datum: Datum;
  /** The number that it speaks JT/T 808 by, and the id that it must register with; null: it does not, or any. */
  readonly terminal: string | null;
  readonly terminalId: string | null;
  /** When it first showed its code. */
  readonly enrolledAt: number | null;
  /** Of a crew's own handheld the name that its page made for the machine; null: a device like any other. */
  readonly handheld: Id | null;
  readonly demo: boolean;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  /** Rises with every change, so that each process can ask for what changed. */
  readonly changedAt: number;
}

export const deviceTable = new EntitySchema<DeviceRow>({
  name: 'device',
  columns: {
    id: { type: 'uuid', primary: true },
    number: { type: 'bigint' },
    team: { type: 'uuid' },
    name: { type: 'text', nullable: true },
    externalId: { type: 'text', name: 'external_id', nullable: true },
    datum: { type: 'text' },
    terminal: { type: 'text', nullable: true },
    terminalId: { type: 'text', name: 'terminal_id', nullable: true },
    enrolledAt: { type: 'timestamptz', name: 'enrolled_at', nullable: true, transformer: msColumn },
    handheld: { type: 'uuid', nullable: true },
    demo: { type: 'boolean' },
    createdAt: { type: 'timestamptz', name: 'created_at', transformer: msColumn },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true, transformer: msColumn },
    changedAt: { type: 'timestamptz', name: 'changed_at', transformer: msColumn },
  },
});
