import type { TerminalFrame } from './jt808-frame.js';

/** Messages of one terminal that may be incomplete at a time, and their sub-packages. */
const MAX_MESSAGES = 4;
const MAX_PARTS = 64;
/** So long nothing may come before what is missing is asked for. */
const ASK_MS = 5_000;
/** After so many questions without a part in between, a message is given up. */
const MAX_ASKS = 3;

interface Incomplete {
  readonly id: number;
  readonly firstSerial: number;
  readonly parts: (Uint8Array | undefined)[];
  missing: number;
  heardAt: number;
  asks: number;
}

/** What is to be asked for again: sub-packages, by index from 1, of the message whose first part has this serial. */
export interface MissingParts {
  readonly firstSerial: number;
  readonly indices: readonly number[];
}

/**
 * Puts the sub-packages of one terminal together, in whatever order they come; a part that comes twice counts once.
 * Parts of a message have serials one after the other, so that the first one's is its name. At most 4 messages of 64
 * parts (256 KiB) are kept: a new message takes the place of the one that was silent for longest.
 */
export class PartsBox {
  readonly #open: Incomplete[] = [];

  /** Takes a part at `now` (ms, any clock). Answers the whole body, `waiting`, or `refused` for a part that cannot be one. */
  take(frame: TerminalFrame, now: number): Uint8Array | 'waiting' | 'refused' {
    const { id, serial, total, index } = frame;
    if (total < 1 || total > MAX_PARTS || index < 1 || index > total) return 'refused';
    const message = this.#find(id, (serial - index + 1) & 0xffff, total) ?? this.#begin(frame);
    if (message.parts[index - 1] === undefined) {
      message.parts[index - 1] = frame.bytes.slice(frame.bodyAt, frame.bodyEnd);
      message.missing--;
    }
    message.heardAt = now;
    message.asks = 0;
    if (message.missing > 0) return 'waiting';
    this.#open.splice(this.#open.indexOf(message), 1);
    return joined(message.parts);
  }

  /** What to ask for at `now`: each silent message once every 5 s, three times in all; then it is forgotten. */
  missing(now: number): MissingParts[] {
    const silent = this.#open.filter(({ heardAt }) => now - heardAt >= ASK_MS);
    return silent.flatMap((message) => {
      if (message.asks === MAX_ASKS) {
        this.#open.splice(this.#open.indexOf(message), 1);
        return [];
      }
      message.asks++;
      message.heardAt = now;
      const indices = Array.from(message.parts, (part, i) => (part === undefined ? i + 1 : 0));
      return [{ firstSerial: message.firstSerial, indices: indices.filter((index) => index > 0) }];
    });
  }

  #find(id: number, firstSerial: number, total: number): Incomplete | undefined {
    return this.#open.find(
      (one) => one.id === id && one.firstSerial === firstSerial && one.parts.length === total,
    );
  }

  #begin({ id, serial, total, index }: TerminalFrame): Incomplete {
    if (this.#open.length === MAX_MESSAGES) {
      const [quietest] = [...this.#open].sort((a, b) => a.heardAt - b.heardAt);
      if (quietest) this.#open.splice(this.#open.indexOf(quietest), 1);
    }
    const parts = Array.from({ length: total }, () => undefined);
    const message = {
      id,
      firstSerial: (serial - index + 1) & 0xffff,
      parts,
      missing: total,
      heardAt: 0,
      asks: 0,
    };
    this.#open.push(message);
    return message;
  }
}

function joined(parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (!part) continue;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
