import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config.js';
import { causeOf, Log } from '../../../platform/log.js';
import { FixGatherer } from './fix-gatherer.js';
import { TerminalDesk } from './terminal-desk.js';
import { TerminalLink } from './terminal-link.js';
import { TerminalPost } from './terminal-post.js';
import { TerminalRoll } from './terminal-roll.js';
import { type TalkHouse, TerminalTalk } from './terminal-talk.js';

const TICK_MS = 1_000;
const MOST_CONNECTIONS = 50_000;
/** Connections that may be without a code at a time. */
const MOST_STRANGERS = 4_000;
const DRAIN_MS = 3_000;

/**
 * JT/T 808 over TCP. In: connections of terminals that were provided for. Out: what they say, through the intake that all
 * doors share. Never: a word from a stranger in the tracks, an answer before the commit, a terminal that makes another wait.
 */
@Injectable()
export class Jt808Door implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #house: TalkHouse;
  #server: Server | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly roll: TerminalRoll,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
    private readonly post: TerminalPost,
    desk: TerminalDesk,
    fixes: FixGatherer,
  ) {
    this.#house = {
      fixes,
      now: () => roll.now(),
      seen: (device) => desk.noteSeen(device),
      answered: (talk, serial, result) => post.answered(talk, serial, result),
      deviceNow: (device) => desk.now(device),
      register: (terminal, terminalId) => desk.enrol(terminal, terminalId),
      admit: async (talk, terminal, code) => {
        const admitted = await desk.admit(terminal, code);
        if (!admitted || talk.link.isEnded) return undefined;
        roll.admit(talk, admitted);
        return admitted;
      },
      ended: (talk, reason) => roll.ended(talk, reason),
    };
  }

  /** Where it listens; null while it does not. */
  get port(): number | null {
    const address = this.#server?.address();
    return typeof address === 'object' ? (address?.port ?? null) : null;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.jt808Port === null) return;
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#meet(socket));
    this.#server.maxConnections = MOST_CONNECTIONS;
    if (!(await this.#listen(this.#server, this.config.jt808Port))) return;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.log.info('jt808.ready', { port: this.port });
  }

  /** False when the preset port is taken, as by a second server of this machine; one that was chosen must be free. */
  async #listen(server: Server, port: number): Promise<boolean> {
    server.listen({ port, host: this.config.host, backlog: 4_096 });
    try {
      await once(server, 'listening');
    } catch (cause) {
      const { error } = causeOf(cause);
      const advice = 'choose another one, or JT808_PORT=off for no terminals';
      if (this.config.isJt808PortChosen)
        throw new Error(`JT808_PORT ${port}: ${error}; ${advice}`, { cause });
      this.log.warn('jt808.port-taken', { port, error, advice });
      return false;
    }
    server.on('error', (error) => this.log.error('jt808.door', causeOf(error)));
    return true;
  }

  #meet(socket: Socket): void {
    if (this.roll.strangers >= MOST_STRANGERS) return void socket.destroy();
    const talk = new TerminalTalk(this.#house);
    talk.link = new TerminalLink(socket, talk, this.#house.now);
    this.roll.meet(talk);
  }

  #tick(): void {
    this.roll.tick(this.config.jt808IdleS * 1_000);
    void this.post.deliver(this.roll);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#server?.close();
    await this.roll.drain(DRAIN_MS);
  }
}
