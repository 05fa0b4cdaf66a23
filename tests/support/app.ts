import { randomBytes } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Answer as WireAnswer, DemoAccount } from '@app/shared';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { createApp } from '../../server/src/app.js';
import { type Config, readConfig } from '../../server/src/platform/config.js';

const clusterUrl = (): string => {
  const url = process.env['TEST_CLUSTER_URL'];
  if (!url) throw new Error('flow tests need the cluster that tests/support/cluster.mjs starts');
  return url;
};

async function onCluster(sql: string): Promise<void> {
  const client = new pg.Client(clusterUrl());
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of one's own, cloned from a template: `empty` is migrated, `city` holds the demo city without a past. */
export async function cloneDatabase(
  template: 'empty' | 'city',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `t${randomBytes(6).toString('hex')}`;
  for (let attempt = 1; ; attempt++) {
    try {
      await onCluster(`create database ${name} template ${template}`);
      break;
    } catch (error) {
      // Two files that clone the same template at once exclude each other for some milliseconds.
      if (attempt > 50 || !/being accessed by other users/.test(String(error))) throw error;
    }
  }
  return {
    url: clusterUrl().replace(/\/app$/, `/${name}`),
    drop: () => onCluster(`drop database if exists ${name} with (force)`),
  };
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Somebody signed in, or holding a token: asks the API as a browser or a partner would. */
export class Person {
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  async ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...this.headers,
        origin: this.url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...extra,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: (isJson && text !== '' ? JSON.parse(text) : {}) as T,
      headers: response.headers,
    };
  }

  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.ask<T>('GET', path);
  }

  post<T = Record<string, unknown>>(
    path: string,
    body: unknown,
    extra: Record<string, string> = {},
  ): Promise<Answer<T>> {
    return this.ask<T>('POST', path, body, extra);
  }

  /** A socket of a namespace, not yet connected to any scope. */
  socket(namespace: '/live' | '/devices' = '/live'): Socket {
    const { authorization, ...headers } = this.headers;
    return io(this.url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { ...headers, origin: this.url },
      auth: authorization === undefined ? {} : { token: authorization.replace('Bearer ', '') },
    });
  }
}

export interface RunningApp {
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly databaseUrl: string;
  /** Signs in one of the demo accounts; those below the city stand at `centre`. */
  signIn(demo: DemoAccount, centre?: string): Promise<Person>;
  withToken(secret: string): Person;
  withCookie(cookie: string): Person;
  nobody(): Person;
  close(): Promise<void>;
}

/** The whole server on a database of its own, listening on a free port. */
export async function openApp(
  settings: { template?: 'empty' | 'city'; env?: Record<string, string>; databaseUrl?: string } = {},
): Promise<RunningApp> {
  const template = settings.template ?? 'city';
  const database = settings.databaseUrl
    ? { url: settings.databaseUrl, drop: async () => undefined }
    : await cloneDatabase(template);
  const config: Config = readConfig({
    DATABASE_URL: database.url,
    PORT: '0',
    JT808_PORT: '0',
    DEMO: template === 'city' ? 'on' : 'off',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    DATABASE_POOL: '8',
    ...settings.env,
  });
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    app,
    databaseUrl: database.url,
    nobody: () => new Person(url, {}),
    withCookie: (cookie) => new Person(url, { cookie }),
    withToken: (secret) => new Person(url, { authorization: `Bearer ${secret}` }),
    signIn: async (demo, centre) => {
      const answer = await new Person(url, {}).post(
        '/api/session',
        centre === undefined ? { demo } : { demo, centre },
      );
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
      if (!cookie) throw new Error(`sign-in as ${demo}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return new Person(url, { cookie });
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** The next time `event` is told on a socket and `matches`; rejects after `withinMs`. */
export function once<T>(
  socket: Socket,
  event: string,
  matches: (payload: T) => boolean = () => true,
  withinMs = 15_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.off(event, listener);
      reject(new Error(`no ${event} within ${withinMs} ms`));
    }, withinMs);
    const listener = (payload: T) => {
      if (!matches(payload)) return;
      clearTimeout(timer);
      socket.off(event, listener);
      resolve(payload);
    };
    socket.on(event, listener);
  });
}

/** Connects a socket and waits until it stands; rejects with the refusal's data. */
export function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (socket.connected) return resolve(socket);
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error: Error & { data?: unknown }) =>
      reject(Object.assign(new Error(error.message), { data: error.data })),
    );
  });
}

/**
 * Sends one request on a socket and resolves with its acknowledgement. `told` is called in the very turn in which it
 * arrives, before the next packet.
 */
export function ask<T = object>(
  socket: Socket,
  event: string,
  payload: unknown,
  told: (answer: WireAnswer<T>) => void = () => undefined,
): Promise<WireAnswer<T>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${event} was not answered`)), 15_000);
    socket.emit(event, payload, (answer: WireAnswer<T>) => {
      clearTimeout(timer);
      told(answer);
      resolve(answer);
    });
  });
}
