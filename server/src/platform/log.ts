import { Injectable, type LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { Config } from './config.js';
import { isConnectionLoss } from './connection-loss.js';

/** Structured JSON logs, one object a line. No personal data, no secrets, no bodies. */
@Injectable()
export class Log implements LoggerService {
  readonly #pino: Logger;

  constructor(config: Pick<Config, 'logLevel' | 'site'>) {
    this.#pino = pino({ level: config.logLevel, base: { site: config.site, pid: process.pid } });
  }

  /** `event` is a constant, searchable name (`database.lost`); what varies stands in `fields`. */
  info(event: string, fields: object = {}): void {
    this.#pino.info(fields, event);
  }

  warn(event: string, fields: object | string = {}): void {
    this.#pino.warn(asFields(fields), event);
  }

  error(event: string, fields: object | string = {}): void {
    this.#pino.error(asFields(fields), event);
  }

  /** Work behind the scenes failed and will be tried again: an error, or a warning when PostgreSQL is away. */
  failed(event: string, error: unknown, fields: object = {}): void {
    this.#pino[isConnectionLoss(error) ? 'warn' : 'error']({ ...fields, ...causeOf(error) }, event);
  }

  debug(event: string, fields: object | string = {}): void {
    this.#pino.debug(asFields(fields), event);
  }

  /** The face that the framework logs through. */
  log(message: string, context?: string): void {
    this.#pino.debug({ context }, message);
  }
}

/** What a log line keeps of an error. */
export function causeOf(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  return error.stack === undefined ? { error: error.message } : { error: error.message, stack: error.stack };
}

const asFields = (fields: object | string): object =>
  typeof fields === 'string' ? { context: fields } : fields;
