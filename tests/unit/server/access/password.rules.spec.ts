import { describe, expect, it } from '@jest/globals';
import { checkPassword } from '../../../../server/src/access/password.rules.js';

describe('a password', () => {
  it.each([
    ['Gobi-Wind-42', true],
    ['gobi-wind-42', true],
    ['嘉峪关城楼之上有风 Aa', true],
    ['Gobi-W-42', false],
    ['gobiwindgobi', false],
    ['GOBIWIND1234', false],
    ['xDuty.One-42', false],
    ['', false],
  ])('%s: %s', (password, wanted) => {
    expect(checkPassword(password, 'duty.one').ok).toBe(wanted);
  });

  it('says what was seen without repeating it', () => {
    const decision = checkPassword('secretword', 'duty');
    expect(JSON.stringify(decision)).not.toContain('secretword');
    expect(decision).toMatchObject({ ok: false, detail: { seen: { length: 10, classes: 1 } } });
  });
});
