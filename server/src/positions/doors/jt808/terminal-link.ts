import type { Socket } from 'node:net';
import {
  FrameReader,
  FrameWriter,
  JT808,
  type TerminalAddress,
  type TerminalFrame,
  writeGeneralAnswer,
  writeMessage,
} from '@app/shared';

/** Messages of one terminal that may wait for their commit; above it nothing more is read from it. */
const MOST_PENDING = 256;
/** Messages that a terminal may send at once, and those that it gets back each second. */
const BURST = 1_000;
const PER_SECOND = 200;
/** Bytes without a frame in them after which it is no terminal. */
const MOST_NOISE_BYTES = 64 * 1024;
const MOST_FAULTS = 20;
/** Bytes that a terminal may leave unread. */
const MOST_UNREAD_BYTES = 256 * 1024;
const PARTING_MS = 2_000;

/** Why a connection was ended by us. */
export type LinkEnd =
  | 'logout'
  | 'idle'
  | 'unknown'
  | 'refused'
  | 'revoked'
  | 'taken-over'
  | 'noise'
  | 'unread'
  | 'draining';

/** What a link tells whoever speaks on it. */
export interface LinkListener {
  /** A frame whose buffer is used again after the call. */
  onFrame(frame: TerminalFrame): void;
  onEnd(reason: LinkEnd | 'gone'): void;
}

/**
 * The bytes of one terminal's connection. In: what a socket reads, bounded: so many messages at once, so many that wait
 * for their commit, so many bytes that are no frame; beyond that it is not read, or ended, and nobody else notices.
 * Out: frames one at a time; answers gathered into one write a turn.
 */
export class TerminalLink {
  /** Ms of the door's clock when the last frame came. */
  heardAt: number;
  readonly #reader = new FrameReader(
    (frame) => this.#take(frame),
    (fault) => this.#onFault(fault === 'too-long'),
  );
  #writer: FrameWriter | undefined;
  #is2019 = false;
  #rest: Buffer | undefined;
  #at = 0;
  #noise = 0;
  #faults = 0;
  #credit = BURST;
  #pending = 0;
  #holds = 0;
  #serial = 0;
  #isFlushing = false;
  #ended: LinkEnd | 'gone' | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly listener: LinkListener,
    private readonly now: () => number,
  ) {
    this.heardAt = now();
    socket.on('data', (chunk: Buffer) => this.#push(chunk));
    // What went wrong on the way is followed by `close`, and that is all there is to know.
    socket.on('error', () => undefined);
    socket.on('drain', () => this.#read());
    socket.on('close', () => this.#end('gone'));
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Something about it is being looked up. */
  get isOnHold(): boolean {
    return this.#holds > 0;
  }

  get hasPending(): boolean {
    return this.#pending > 0;
  }

  /** From now on this is whom it writes to. */
  address(address: TerminalAddress): void {
    this.#is2019 = address.is2019;
    this.#writer = new FrameWriter(address);
  }

  get is2019(): boolean {
    return this.#is2019;
  }

  /** Nothing more is read until as many calls of `release`: what follows must wait for what is being looked up. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    this.#read();
  }

  /** A message that will be answered after its commit. */
  begin(): void {
    this.#pending++;
  }

  /** Answers a message that has `begun`. */
  finish(serial: number, id: number, result: number): void {
    this.#pending--;
    this.answer(serial, id, result);
    if (this.socket.isPaused()) this.#read();
  }

  /** The general answer to a message. */
  answer(serial: number, id: number, result: number): void {
    this.send(JT808.platformAnswer, writeGeneralAnswer({ serial, id, result }));
  }

  /** Sends a message; answers its (first) serial. */
  send(id: number, body: Uint8Array): number {
    const serial = this.#serial;
    if (!this.#writer || this.isEnded) return serial;
    this.#serial = (serial + writeMessage(this.#writer, id, serial, body)) & 0xffff;
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      queueMicrotask(() => this.#flush());
    }
    return serial;
  }

  /** Once a second: what a terminal may send grows again. */
  tick(): void {
    this.#credit = Math.min(BURST, this.#credit + PER_SECOND);
    this.#read();
  }

  /** Sends what was said and ends; what the terminal still says is not heard. */
  end(reason: LinkEnd): void {
    if (this.isEnded) return;
    this.#flush();
    this.#end(reason);
    this.socket.pause();
    this.socket.end();
    setTimeout(() => this.socket.destroy(), PARTING_MS).unref();
  }

  #cut(reason: LinkEnd): void {
    this.#end(reason);
    this.socket.destroy();
  }

  #end(reason: LinkEnd | 'gone'): void {
    if (this.isEnded) return;
    this.#ended = reason;
    this.#rest = undefined;
    this.listener.onEnd(reason);
  }

  #isHeld(): boolean {
    return (
      this.#holds > 0 ||
      this.#pending >= MOST_PENDING ||
      this.#credit <= 0 ||
      this.socket.writableNeedDrain ||
      this.isEnded
    );
  }

  #push(chunk: Buffer): void {
    if (this.isEnded) return;
    this.#noise += chunk.length;
    if (this.#rest) {
      this.#rest = Buffer.concat([this.#rest.subarray(this.#at), chunk]);
      this.#at = 0;
    } else {
      this.#rest = chunk;
      this.#at = 0;
    }
    this.#read();
    if (this.#noise > MOST_NOISE_BYTES) this.#cut('noise');
  }

  #read(): void {
    while (this.#rest && !this.#isHeld()) {
      const stop = this.#reader.push(this.#rest, this.#at);
      if (!this.#rest) break;
      if (stop >= this.#rest.length) this.#rest = undefined;
      else this.#at = stop;
    }
    if (this.isEnded) return;
    if (this.#isHeld()) this.socket.pause();
    else if (this.socket.isPaused()) this.socket.resume();
  }

  #take(frame: TerminalFrame): boolean {
    this.#noise = 0;
    this.#credit--;
    this.heardAt = this.now();
    this.listener.onFrame(frame);
    return !this.#isHeld();
  }

  #onFault(isEndless: boolean): void {
    if (isEndless || ++this.#faults > MOST_FAULTS) this.#cut('noise');
  }

  #flush(): void {
    this.#isFlushing = false;
    if (!this.#writer || this.#writer.isEmpty || this.isEnded) return;
    this.socket.write(this.#writer.take());
    if (this.socket.writableLength > MOST_UNREAD_BYTES) this.#cut('unread');
  }
}
