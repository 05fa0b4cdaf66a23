import { describe, expect, it } from '@jest/globals';
import { secretOf, sessionCookie } from '../../../../server/src/access/cookie.js';

describe('the session cookie', () => {
  it.each([
    ['xg_session=abc', 'abc'],
    ['a=1; xg_session=abc; b=2', 'abc'],
    ['not_xg_session=abc', undefined],
    ['xg_session', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('in %p is %p', (header, wanted) => {
    expect(secretOf(header)).toBe(wanted);
  });

  it('is for the server alone, and for TLS where there is TLS', () => {
    expect(sessionCookie('s', 1_999, false)).toBe(
      'xg_session=s; Path=/; Max-Age=1; HttpOnly; SameSite=Strict',
    );
    expect(sessionCookie('', 0, true)).toBe(
      'xg_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
    );
  });
});
