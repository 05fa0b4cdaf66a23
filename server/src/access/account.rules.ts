import type { AccountChange, AccountId, CentreId } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { AccountRow } from './account.table.js';

/** What a change needs that a rule cannot make: hashes and secrets, where a team stands. `at` in ms since 1970. */
export interface Made {
  /** The home of the team that the change names. */
  readonly home: CentreId | null;
  readonly passwordHash: string | null;
  readonly otpSecret: string | null;
  readonly at: number;
}

/** The account after a change by `by`. Nobody takes the own role, place or entry away: the last one would be shut out. */
export function changeAccount(
  account: AccountRow,
  change: AccountChange,
  made: Made,
  by: AccountId,
): Decision<AccountRow> {
  if (change.version !== account.version)
    return refuse('account.stale', { seen: change.version, current: account.version });
  const role = change.role ?? account.role;
  const team = role === 'team' ? (change.team ?? account.team) : null;
  if (role === 'team' ? team === null || change.centre !== undefined : change.team !== undefined)
    return refuse('account.team', { role, team, centre: change.centre ?? null });
  const isMoved =
    change.role !== undefined ||
    change.centre !== undefined ||
    change.team !== undefined ||
    change.disabled === true;
  if (account.id === by && isMoved) return refuse('account.own', { wanted: 'another administrator' });
  if ((account.demo || account.isSimulator) && (change.password !== undefined || change.otp === 'new'))
    return refuse('account.own', { wanted: 'an account that is not of the demo' });
  return accept({
    ...account,
    role,
    team,
    centre: made.home ?? change.centre ?? account.centre,
    passwordHash: made.passwordHash ?? account.passwordHash,
    disabledAt: change.disabled === undefined ? account.disabledAt : change.disabled ? made.at : null,
    otpSecret: change.otp === undefined ? account.otpSecret : change.otp === 'new' ? made.otpSecret : null,
    otpStep: change.otp === undefined ? account.otpStep : null,
    version: account.version + 1,
  });
}
