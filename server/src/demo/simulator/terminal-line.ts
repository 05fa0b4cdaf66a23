import { JT808, writeFixes } from '@app/shared';
import { fullJitterMs, pause } from '../client/backoff.js';
import { Terminal } from '../client/terminal.js';
import type { FreshTerminal } from './provide-terminals.js';

/** Locations that a terminal keeps while it has no connection, the newest ones. */
const MOST_KEPT = 120;
/** Locations that wait for their answer, above which the line is as good as gone. */
const MOST_UNANSWERED = 30;
const BATCH = 20;

/** One terminal's way to the server: it registers, comes back by itself, and tells later what it could not tell then. */
export class TerminalLine {
  readonly #terminal: Terminal;
  #code = '';
  #isIn = false;
  #failures = 0;
  #unanswered = 0;
  #kept: Uint8Array[] = [];

  constructor(
    identity: FreshTerminal,
    /** Every third terminal is of 2011, of 2013 and of 2019. */
    place: number,
  ) {
    const dialect = (['y2013', 'y2019', 'y2011'] as const)[place % 3] ?? 'y2013';
    this.#terminal = new Terminal({ number: identity.number, dialect });
  }

  get isIn(): boolean {
    return this.#isIn;
  }

  /** Whether the server has ever known it. */
  get wasLetIn(): boolean {
    return this.#code !== '';
  }

  /** How often it could not come in. */
  get failures(): number {
    return this.#failures;
  }

  /** Lives until the signal says stop; never throws. */
  async run(host: string, port: number, stop: AbortSignal): Promise<void> {
    const end = () => this.#terminal.close();
    stop.addEventListener('abort', end);
    for (let attempt = 0; !stop.aborted; attempt++) {
      try {
        await this.#terminal.open(port, host);
        if (await this.#signIn()) {
          attempt = 0;
          await this.#tellKept();
          await this.#terminal.gone();
        } else this.#fail();
      } catch {
        this.#fail();
      }
      this.#isIn = false;
      await pause(fullJitterMs(attempt, Math.random()), stop);
    }
    stop.removeEventListener('abort', end);
  }

  tell(fix: Uint8Array): void {
    if (!this.#isIn || this.#unanswered >= MOST_UNANSWERED) return this.#keep(fix);
    this.#unanswered++;
    this.#terminal
      .say(JT808.location, fix)
      .then((result) => result !== 1 || this.#keep(fix))
      .catch(() => this.#keep(fix))
      .finally(() => this.#unanswered--);
  }

  #fail(): void {
    this.#failures++;
    this.#terminal.close();
  }

  async #signIn(): Promise<boolean> {
    if (this.#code === '') this.#code = (await this.#terminal.register()).code;
    this.#isIn = this.#code !== '' && (await this.#terminal.authenticate(this.#code)) === 0;
    return this.#isIn;
  }

  async #tellKept(): Promise<void> {
    while (this.#kept.length > 0) {
      const batch = this.#kept.splice(0, BATCH);
      if ((await this.#terminal.say(JT808.locationBatch, writeFixes(batch, true))) === 1) return;
    }
  }

  #keep(fix: Uint8Array): void {
    this.#kept.push(fix);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }
}
