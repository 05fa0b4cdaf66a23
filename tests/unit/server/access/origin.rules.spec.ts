import { describe, expect, it } from '@jest/globals';
import { requireOwnOrigin } from '../../../../server/src/access/origin.rules.js';

const asked = { isCookie: true, publicUrl: null, host: 'ops.example:3000' };

describe('an origin', () => {
  it.each([
    ['the host asked for', { ...asked, origin: 'http://ops.example:3000' }],
    ['the host asked for, over TLS that a proxy ends', { ...asked, origin: 'https://ops.example:3000' }],
    ['the scheme’s own port left out', { ...asked, host: 'ops.example:443', origin: 'https://ops.example' }],
    ['capitals in the host', { ...asked, host: 'Ops.Example:3000', origin: 'http://ops.example:3000' }],
    ['PUBLIC_URL', { ...asked, publicUrl: 'https://city.example/', origin: 'https://city.example' }],
    ['none, without a cookie', { ...asked, isCookie: false, origin: undefined }],
  ])('passes: %s', (_, shown) => {
    expect(() => requireOwnOrigin(shown)).not.toThrow();
  });

  it.each([
    ['none, with a cookie', { ...asked, origin: undefined }],
    ['another host', { ...asked, origin: 'http://evil.example' }],
    ['another port', { ...asked, origin: 'http://ops.example:3001' }],
    ['a host that only begins like ours', { ...asked, origin: 'http://ops.example:3000.evil.example' }],
    ['null', { ...asked, origin: 'null' }],
    ['no address', { ...asked, origin: 'ops.example:3000' }],
    [
      'another scheme than PUBLIC_URL',
      { ...asked, publicUrl: 'https://city.example', origin: 'http://city.example' },
    ],
    [
      'the host asked for instead of PUBLIC_URL',
      { ...asked, publicUrl: 'https://city.example', origin: 'http://ops.example:3000' },
    ],
    ['a foreign one, without a cookie', { ...asked, isCookie: false, origin: 'http://evil.example' }],
    ['no host', { ...asked, host: undefined, origin: 'http://ops.example' }],
  ])('is refused: %s', (_, shown) => {
    expect(() => requireOwnOrigin(shown)).toThrow(/^request\.foreign-origin/);
  });
});
