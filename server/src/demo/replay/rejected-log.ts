import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Refused } from '../client/refused.js';
import type { Task } from './plan.js';

/** What the server did not take, one JSON object a line: the row, the code and its detail. */
export class RejectedLog {
  #stream: WriteStream | null = null;

  constructor(private readonly file: string) {}

  add({ call, step, unit, at, row }: Task, { code, detail }: Refused): void {
    this.#stream ??= createWriteStream(this.file, { flags: 'a' });
    const line = { line: row?.line ?? null, call, unit, step, at: new Date(at).toISOString(), code, detail };
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    if (!this.#stream) return;
    this.#stream.end();
    await finished(this.#stream);
  }
}
