import { Agent, request } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { io, type Socket } from 'socket.io-client';
import { type Answer, Person } from './app.js';

/** Somebody who speaks to a proxy over TLS and trusts its certificate and no other. */
export class TlsPerson extends Person {
  readonly #agent: Agent;

  constructor(
    url: string,
    headers: Readonly<Record<string, string>>,
    readonly ca: string,
  ) {
    super(url, headers);
    this.#agent = new Agent({ ca, keepAlive: false });
  }

  override ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const type = sent === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...this.headers, origin: this.url, ...type, ...extra };
    return new Promise((resolve, reject) => {
      const asked = request(this.url + path, { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const isPacked = response.headers['content-encoding'] === 'gzip';
          const text = (isPacked ? gunzipSync(bytes) : bytes).toString();
          const isJson = response.headers['content-type']?.includes('json') ?? false;
          const told = new Headers();
          for (const [name, values] of Object.entries(response.headersDistinct))
            for (const value of values ?? []) told.append(name, value);
          resolve({
            status: response.statusCode ?? 0,
            body: (isJson && text !== '' ? JSON.parse(text) : {}) as T,
            headers: told,
          });
        });
      });
      asked.on('error', reject);
      asked.end(sent);
    });
  }

  async enter(demo: 'duty' | 'commander' | 'admin'): Promise<TlsPerson> {
    const answer = await this.post('/api/session', { demo });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`sign-in as ${demo}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return new TlsPerson(this.url, { cookie }, this.ca);
  }

  withToken(secret: string): TlsPerson {
    return new TlsPerson(this.url, { authorization: `Bearer ${secret}` }, this.ca);
  }

  override socket(namespace: '/live' | '/devices' = '/live', { autoConnect = true } = {}): Socket {
    const { authorization, ...headers } = this.headers;
    return io(this.url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect,
      timeout: 8_000,
      ca: this.ca,
      extraHeaders: { ...headers, origin: this.url },
      auth: authorization === undefined ? {} : { token: authorization.replace('Bearer ', '') },
    });
  }
}
