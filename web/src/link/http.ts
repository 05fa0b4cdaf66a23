import { ERRORS, type ErrorBody, type ErrorCode } from '@app/shared';
import type { z } from 'zod';
import type { Texts } from '../ui/catalogue.js';
import { ATTENDED_HEADER, isAttended } from './attended.js';

/** Names the account that a request is meant for. */
export const ACCOUNT_HEADER = 'x-account';

/** A refusal of the server, or no answer at all (`offline`). A screen decides by `code` and `retry`, never by text. */
export class HttpFault extends Error {
  readonly code: ErrorCode | 'offline' | 'unknown';
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;

  constructor(code: HttpFault['code'], status: number, body?: ErrorBody['error']) {
    super(code);
    this.code = code;
    this.status = status;
    this.detail = body?.detail ?? {};
    this.requestId = body?.requestId;
  }

  /** Whether the same request may succeed later. */
  get retry(): boolean {
    if (this.code === 'offline') return true;
    return this.code !== 'unknown' && ERRORS[this.code].retry;
  }
}

/** The sentence that says what to do, in the language of the texts. */
export function sentenceOf(fault: unknown, text: Texts): string {
  if (!(fault instanceof HttpFault)) return text.errorUnknown;
  if (fault.code === 'offline') return text.errorOffline;
  return fault.code === 'unknown' ? text.errorUnknown : text.error[fault.code];
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** One per intention of the user: a second try with the same key never does it twice. */
  readonly key?: string;
  /** The account that this is meant for: nobody else who has signed in meanwhile does it. */
  readonly account?: string;
  readonly signal?: AbortSignal;
}

/** Asks the server as the session's account; answers parsed by the schema. @throws HttpFault */
export async function ask<T>(path: string, schema: z.ZodType<T>, options: Ask = {}): Promise<T> {
  return schema.parse(await askRaw(path, options));
}

/** As `ask`, for answers that nobody reads or whose types are checked elsewhere. @throws HttpFault */
export async function askRaw(
  path: string,
  { method = 'GET', body, key, account, signal }: Ask = {},
): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = key ?? newKey();
  if (account !== undefined) headers[ACCOUNT_HEADER] = account;
  if (isAttended()) headers[ATTENDED_HEADER] = '1';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new HttpFault('offline', 0);
  }
  const answer = await readJson(response);
  if (response.ok) return answer;
  throw refusalOf(response.status, answer);
}

/** What the server refused, from its status and body. */
export function refusalOf(status: number, answer: unknown): HttpFault {
  const error = (answer as Partial<ErrorBody> | undefined)?.error;
  return new HttpFault(error && error.code in ERRORS ? error.code : 'unknown', status, error);
}

/** `randomUUID` is missing on plain http away from localhost, `getRandomValues` is not. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
