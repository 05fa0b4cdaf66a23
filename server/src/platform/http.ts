import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Config } from './config.js';

const MAPBOX = 'https://api.mapbox.com https://events.mapbox.com https://*.tiles.mapbox.com';

/** The content security policy; Mapbox's hosts stand in it only when a token is set. */
function contentPolicy({ mapboxToken }: Pick<Config, 'mapboxToken'>): string {
  const hosts = mapboxToken === null ? '' : ` ${MAPBOX}`;
  return [
    "default-src 'self'",
    `script-src 'self'${mapboxToken === null ? '' : " 'wasm-unsafe-eval'"}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${hosts}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    `connect-src 'self'${hosts}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * How long a connection may make us wait. An idle one is kept longer than a proxy keeps it (60 s), so that the proxy
 * never sends a request into one that we are just closing.
 */
const WAITING = { keepAliveTimeout: 75_000, headersTimeout: 15_000, requestTimeout: 60_000 } as const;

export function limitWaiting(app: NestExpressApplication): void {
  Object.assign(app.getHttpServer(), WAITING);
}

/** Whether an address is that of a proxy named by TRUST_PROXY, as Express reads it. */
export function proxiesOf(app: NestExpressApplication): (address: string | undefined) => boolean {
  const trusts = app.getHttpAdapter().getInstance().get('trust proxy fn') as (
    address: string,
    hop: number,
  ) => boolean;
  return (address) => address !== undefined && trusts(address, 0);
}

/** Gives every request its id and every answer its security headers. */
export function bear(config: Config) {
  const policy = contentPolicy(config);
  return (request: Request & { requestId?: string }, response: Response, next: NextFunction): void => {
    request.requestId = randomUUID();
    response.setHeader('X-Request-Id', request.requestId);
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'same-origin');
    if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** Serves the built screens: hashed assets for a year, and the page for every route that is not the server's. */
export function serveScreens(app: NestExpressApplication, directory: string): void {
  app.use(
    '/assets',
    express.static(join(directory, 'assets'), { immutable: true, maxAge: '365d', fallthrough: false }),
  );
  app.use(express.static(directory, { index: false, maxAge: '1h' }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      request.method === 'GET' && !/^\/(api|socket\.io|healthz|readyz|metrics)(\/|$)/.test(request.path);
    if (!isPage || !request.accepts('html')) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: directory });
  });
}
