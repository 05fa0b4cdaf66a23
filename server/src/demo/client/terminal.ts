import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  FrameReader,
  FrameWriter,
  JT808,
  readGeneralAnswer,
  readRegisterAnswer,
  type TerminalFrame,
  writeAuthentication,
  writeMessage,
  writeRegistration,
  writeTerminalNumber,
} from '@app/shared';

export interface TerminalIdentity {
  /** Digits of the terminal number. */
  readonly number: string;
  readonly dialect: 'y2011' | 'y2013' | 'y2019';
}

/** What the platform says that answers nothing we said: an order. */
export interface Order {
  readonly id: number;
  readonly serial: number;
  readonly body: Uint8Array;
}

interface Asked {
  readonly resolve: (answer: { result: number; code: string }) => void;
  readonly reject: (error: Error) => void;
}

/** A JT/T 808 terminal, as far as a simulated team needs one: each message is sent once and waits for its answer. */
export class Terminal {
  readonly #is2019: boolean;
  readonly #writer: FrameWriter;
  readonly #reader = new FrameReader(
    (frame) => this.#take(frame),
    () => undefined,
  );
  readonly #asked = new Map<number, Asked>();
  #socket: Socket | undefined;
  #serial = 0;
  /** What is done about an order; without it orders are passed over. */
  onOrder: (order: Order) => void = () => undefined;

  constructor(private readonly identity: TerminalIdentity) {
    this.#is2019 = identity.dialect === 'y2019';
    const number = writeTerminalNumber(identity.number, this.#is2019);
    this.#writer = new FrameWriter({ is2019: this.#is2019, number });
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 'open';
  }

  /** The socket itself, for bytes that no terminal would send. */
  get socket(): Socket {
    if (!this.#socket) throw new Error('open the terminal first');
    return this.#socket;
  }

  async open(port: number, host = '127.0.0.1'): Promise<void> {
    const socket = connect({ port, host, noDelay: true });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#reader.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
    await once(socket, 'connect');
  }

  /** Resolves when the connection has ended. */
  async gone(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  /** Asks for a code; `code` is empty when there is none. */
  register(terminalId = ''): Promise<{ result: number; code: string }> {
    return this.#ask(JT808.register, writeRegistration(this.identity.dialect, terminalId));
  }

  /** Shows the code; answers the result, 0 for success. */
  authenticate(code: string): Promise<number> {
    return this.say(JT808.authenticate, writeAuthentication(code, this.#is2019));
  }

  /** Says a message and waits for the general answer to it; one in sub-packages for that to its last. */
  async say(id: number, body: Uint8Array = new Uint8Array(0)): Promise<number> {
    return (await this.#ask(id, body)).result;
  }

  /** Answers an order, or says anything that is not answered. */
  tell(id: number, body: Uint8Array): void {
    this.#serial = (this.#serial + writeMessage(this.#writer, id, this.#serial, body)) & 0xffff;
    this.socket.write(this.#writer.take());
  }

  close(): void {
    this.#socket?.destroy();
  }

  #ask(id: number, body: Uint8Array): Promise<{ result: number; code: string }> {
    if (!this.isOpen) return Promise.reject(new Error('the connection is gone'));
    const before = this.#serial;
    this.tell(id, body);
    const last = (this.#serial - 1) & 0xffff;
    // Answers to the parts before the last say only that they came.
    for (let serial = before; serial !== last; serial = (serial + 1) & 0xffff) this.#asked.delete(serial);
    return new Promise((resolve, reject) => this.#asked.set(last, { resolve, reject }));
  }

  #take(frame: TerminalFrame): true {
    const { id, bytes, bodyAt, bodyEnd } = frame;
    if (id === JT808.platformAnswer) {
      const answer = readGeneralAnswer(bytes, bodyAt, bodyEnd);
      if (answer) this.#settle(answer.serial, { result: answer.result, code: '' });
    } else if (id === JT808.registerAnswer) {
      const answer = readRegisterAnswer(bytes, bodyAt, bodyEnd);
      if (answer) this.#settle(answer.serial, answer);
    } else this.onOrder({ id, serial: frame.serial, body: bytes.slice(bodyAt, bodyEnd) });
    return true;
  }

  #settle(serial: number, answer: { result: number; code: string }): void {
    this.#asked.get(serial)?.resolve(answer);
    this.#asked.delete(serial);
  }

  #onClose(): void {
    for (const { reject } of this.#asked.values()) reject(new Error('the connection is gone'));
    this.#asked.clear();
  }
}
