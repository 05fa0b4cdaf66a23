import { describe, expect, it } from '@jest/globals';
import { changeAccount } from '../../../../server/src/access/account.rules.js';
import type { AccountRow } from '../../../../server/src/access/account.table.js';

const account: AccountRow = {
  id: 'a',
  name: 'duty.one',
  passwordHash: 'old',
  role: 'duty',
  centre: 'c',
  team: null,
  otpSecret: 'OLD',
  otpStep: 7,
  disabledAt: null,
  isSimulator: false,
  demo: false,
  createdAt: 0,
  version: 3,
};
const made = { home: null, passwordHash: null, otpSecret: null, at: 1_000 };

describe('a change of an account', () => {
  it.each([
    ['a new role', { role: 'staff' as const }, made, { role: 'staff', version: 4 }],
    [
      'a handheld of it',
      { role: 'team' as const, team: 't' },
      { ...made, home: 'h' },
      { role: 'team', team: 't', centre: 'h' },
    ],
    ['another centre', { centre: 'd' }, made, { centre: 'd' }],
    ['a new password', { password: 'x' }, { ...made, passwordHash: 'new' }, { passwordHash: 'new' }],
    ['an end', { disabled: true }, made, { disabledAt: 1_000 }],
    [
      'a new second factor',
      { otp: 'new' as const },
      { ...made, otpSecret: 'NEW' },
      { otpSecret: 'NEW', otpStep: null },
    ],
    ['no second factor', { otp: 'none' as const }, made, { otpSecret: null, otpStep: null }],
    ['nothing', {}, made, { otpSecret: 'OLD', otpStep: 7, passwordHash: 'old' }],
  ])('to %s', (_, change, with_, wanted) => {
    const decision = changeAccount(account, { version: 3, ...change }, with_, 'b');
    expect(decision).toMatchObject({ ok: true, value: wanted });
  });

  it('is refused when it was made for an older version', () => {
    expect(changeAccount(account, { version: 2 }, made, 'b')).toMatchObject({ code: 'account.stale' });
  });

  it.each([{ role: 'staff' as const }, { centre: 'd' }, { disabled: true }])(
    'never shuts oneself out: %p',
    (change) => {
      expect(changeAccount(account, { version: 3, ...change }, made, 'a')).toMatchObject({
        code: 'account.own',
      });
    },
  );

  it('gives no password to an account of the demo, which stays open only there', () => {
    const change = { version: 3, password: 'x' };
    expect(changeAccount({ ...account, demo: true }, change, made, 'b')).toMatchObject({
      code: 'account.own',
    });
  });
});
