import { Fault } from '../platform/fault.js';

interface Asked {
  readonly origin: string | undefined;
  /** Whether the request carries our cookie: then a browser sent it, and a browser tells the origin. */
  readonly isCookie: boolean;
  readonly publicUrl: string | null;
  /** The host asked for, with its port. */
  readonly host: string | undefined;
}

/**
 * A page of somebody else may not use a person's cookie.
 * @throws Fault `request.foreign-origin`
 */
export function requireOwnOrigin({ origin, isCookie, publicUrl, host }: Asked): void {
  if (origin === undefined && !isCookie) return;
  const wanted = publicUrl === null ? host : new URL(publicUrl).origin;
  if (origin !== undefined && isOwn(origin, publicUrl, host)) return;
  throw new Fault('request.foreign-origin', { seen: origin ?? null, wanted: wanted ?? null });
}

// Behind a proxy that ends TLS the scheme that we see is not the browser's, so without PUBLIC_URL the host decides.
function isOwn(origin: string, publicUrl: string | null, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const seen = new URL(origin);
  if (publicUrl !== null) return seen.origin === new URL(publicUrl).origin;
  return host !== undefined && /^https?:$/.test(seen.protocol) && seen.host === hostOf(seen.protocol, host);
}

/** The host as an origin writes it: lower case, without the scheme's own port. */
function hostOf(protocol: string, host: string): string | undefined {
  const url = `${protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
