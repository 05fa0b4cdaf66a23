import type {
  Answer,
  Joined,
  JournalBatch,
  Pulse,
  ScopeEntry,
  ScreenToServer,
  ServerToScreen,
} from '@app/shared';
import { PROTOCOL } from '@app/shared';
import { io, type Socket } from 'socket.io-client';
import { fullJitterMs, pause } from '../client/backoff.js';
import { say } from '../client/say.js';
import type { CityPicture } from './city-picture.js';

type LiveSocket = Socket<ServerToScreen, ScreenToServer>;

/** What the link needs to get in: headers are asked for anew at each try, so that a new session counts. */
export interface Entrance {
  readonly url: string;
  readonly scope: string;
  readonly headers: () => Readonly<Record<string, string>>;
  /** Called when the door says that the session is gone. */
  readonly signIn: () => Promise<void>;
}

const JOIN_TIMEOUT_MS = 10_000;
/** Longer without a word of any kind, and the link is taken for dead. */
const SILENCE_MS = 45_000;

/** Follows the journal of one scope into a picture, through losses, restarts and gaps, until told to stop. */
export class LiveLink {
  #cursor: string | undefined;
  #isJoined = false;
  #heardAt = 0;

  constructor(
    private readonly entrance: Entrance,
    private readonly picture: CityPicture,
    private readonly stop: AbortSignal,
    private readonly changed: () => void,
  ) {}

  /** Whether the picture is being followed right now. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  async run(): Promise<void> {
    for (let attempt = 0; !this.stop.aborted; attempt++) {
      const lost = await this.#follow().catch((error: unknown) => String(error));
      if (this.stop.aborted) return;
      if (this.#isJoined) attempt = 0;
      if (this.#isJoined || attempt === 0) say('link.lost', { reason: lost });
      this.#isJoined = false;
      await pause(fullJitterMs(attempt, Math.random(), { baseMs: 500, capMs: 10_000 }), this.stop);
      if (/session\.(required|refused)/.test(lost)) await this.entrance.signIn().catch(() => undefined);
    }
  }

  /** One connection, to its end; says why it ended. */
  async #follow(): Promise<string> {
    const { url, headers } = this.entrance;
    const socket: LiveSocket = io(`${url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: headers(),
    });
    const release = new AbortController();
    const ended = new Promise<string>((resolve) => {
      const end = () => resolve('stopped');
      this.stop.addEventListener('abort', end, { once: true, signal: release.signal });
      socket.on('connect_error', (error) => resolve(error.message));
      socket.on('disconnect', resolve);
      socket.on('notice', ({ code }) => code !== 'scope-changed' && resolve(code));
      socket.on('connect', () => void this.#join(socket).then((refused) => refused && resolve(refused)));
      socket.on('journal', (batch) => this.#take(batch) || resolve('gap'));
      socket.on('pulse', (pulse) => this.#check(pulse) || resolve('gap'));
    });
    this.#heardAt = Date.now();
    const watch = setInterval(() => Date.now() - this.#heardAt > SILENCE_MS && socket.disconnect(), 5_000);
    try {
      return await ended;
    } finally {
      clearInterval(watch);
      release.abort();
      socket.disconnect();
    }
  }

  /** Joins with the cursor there is; the reason when that fails. */
  async #join(socket: LiveSocket): Promise<string | undefined> {
    const { scope } = this.entrance;
    const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
    const answer = (await socket
      .timeout(JOIN_TIMEOUT_MS)
      .emitWithAck('join', { protocol: PROTOCOL, scope, lanes: ['journal'], ...cursor })
      .catch((error: unknown) => String(error))) as Answer<Joined> | string;
    if (typeof answer === 'string') return answer;
    if (!answer.ok) return answer.error.code;
    if (answer.mode === 'snapshot') this.picture.reset(answer.snapshot ?? []);
    else this.#apply(answer.backlog ?? []);
    this.#cursor = answer.cursor;
    this.#isJoined = true;
    say('link.joined', {
      mode: answer.mode,
      incidents: this.picture.incidents.size,
      teams: this.picture.teams.size,
    });
    this.changed();
    return undefined;
  }

  #take({ after, cursor, entries }: JournalBatch): boolean {
    this.#heardAt = Date.now();
    if (!this.#isJoined) return true;
    if (after !== this.#cursor) return false;
    this.#apply(entries);
    this.#cursor = cursor;
    if (entries.length > 0) this.changed();
    return true;
  }

  #check({ cursor, digest }: Pulse): boolean {
    this.#heardAt = Date.now();
    if (!this.#isJoined) return true;
    if (cursor === this.#cursor && this.picture.isProven(digest)) return true;
    if (cursor === this.#cursor) this.#cursor = undefined;
    return false;
  }

  #apply(entries: readonly ScopeEntry[]): void {
    for (const entry of entries) this.picture.apply(entry);
  }
}
