import type { AccountId, CentreId, Role, TeamId } from '@app/shared';
import { EntitySchema } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';

/** Who may sign in. Instants are ms since 1970. The name is a login in lower case, never a person's name. */
export interface AccountRow {
  readonly id: AccountId;
  readonly name: string;
  /** argon2id in PHC form; null for accounts of the demo. */
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly centre: CentreId;
  /** Of a handheld; its centre is the team's home. */
  readonly team: TeamId | null;
  /** Base32 secret of RFC 6238. */
  readonly otpSecret: string | null;
  /** The last time step whose code was used: no code counts twice. */
  readonly otpStep: number | null;
  readonly disabledAt: number | null;
  readonly isSimulator: boolean;
  readonly demo: boolean;
  readonly createdAt: number;
  readonly version: number;
}

export const accountTable = new EntitySchema<AccountRow>({
  name: 'account',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    passwordHash: { type: 'text', name: 'password_hash', nullable: true },
    role: { type: 'text' },
    centre: { type: 'uuid' },
    team: { type: 'uuid', nullable: true },
    otpSecret: { type: 'text', name: 'otp_secret', nullable: true },
    otpStep: { type: 'int8', name: 'otp_step', nullable: true },
    disabledAt: { type: 'timestamptz', name: 'disabled_at', nullable: true, transformer: msColumn },
    isSimulator: { type: 'boolean', name: 'is_simulator' },
    demo: { type: 'boolean' },
    createdAt: { type: 'timestamptz', name: 'created_at', transformer: msColumn },
    version: { type: 'int' },
  },
});
