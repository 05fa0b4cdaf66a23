export const SESSION_COOKIE = 'xg_session';

/** The session's secret in a Cookie header, or undefined. */
export function secretOf(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === SESSION_COOKIE) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** A Set-Cookie that lasts `ttlMs`; 0 takes the cookie away. `isTls` as the browser's connection was. */
export function sessionCookie(secret: string, ttlMs: number, isTls: boolean): string {
  const seconds = Math.max(0, Math.floor(ttlMs / 1000));
  const parts = [
    `${SESSION_COOKIE}=${secret}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return [...parts, ...(isTls ? ['Secure'] : [])].join('; ');
}
