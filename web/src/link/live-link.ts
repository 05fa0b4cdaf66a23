import {
  type Answer,
  changedRoster,
  type ErrorCode,
  type Joined,
  type Lane,
  LANES,
  type Notice,
  PROTOCOL,
  type Roster,
  type RosterChange,
  type RosterForm,
  toMs,
} from '@app/shared';
import { serverClock } from '../ui/server-clock.js';
import { backoffMs } from './backoff.js';
import { type LiveSocket, openLiveSocket } from './live-socket.js';
import type { LinkListener } from './link-listener.js';
import { Lookout } from './lookout.js';
import { linkReturned } from './returns.js';
import { type ChainResult, ScopeChain } from './scope-chain.js';
import { TickWatch } from './tick-watch.js';

const ANSWER_MS = 8000;
const KEYFRAME_MS = 1000;

export interface LinkOptions {
  readonly scope: string;
  readonly lanes?: readonly Lane[];
  readonly listener: LinkListener;
  readonly open?: () => LiveSocket;
  /** The PC's clock: only its leaps are heeded. */
  readonly wall?: () => number;
}

/** The one live connection of a screen to one scope: joins, proves, resumes, never gives up. */
export class LiveLink {
  readonly #scope: string;
  readonly #lanes: readonly Lane[];
  readonly #listener: LinkListener;
  readonly #open: () => LiveSocket;
  readonly #chain: ScopeChain;
  readonly #lookout: Lookout;
  readonly #ticks = new TickWatch();
  #socket: LiveSocket | undefined;
  #roster: Roster | undefined;
  /** Runs are short, but a server of another version may not know them. */
  #rosterForm: RosterForm = 'runs';
  #retrying: ReturnType<typeof setTimeout> | undefined;
  #failedTries = 0;
  #repairs = 0;
  /** Without a proof between them. */
  #repairsInRow = 0;
  #isJoining = false;
  #askedKeyframeAt = -Infinity;

  constructor({ scope, lanes = LANES, listener, open = openLiveSocket, wall }: LinkOptions) {
    this.#scope = scope;
    this.#lanes = lanes;
    this.#listener = listener;
    this.#open = open;
    this.#lookout = new Lookout({
      sight: (sight, provenAt) => listener.sight(sight, provenAt),
      probe: () => this.#probe(),
      wall,
    });
    this.#chain = new ScopeChain((change) => {
      this.#lookout.received(change.differing ?? change.changed, change.whole);
      listener.picture(this.#chain.picture, change);
    });
  }

  start(): void {
    this.#lookout.start();
    this.#connect();
  }

  /** Ends the connection; what is known stays, so that a later start resumes. */
  stop(): void {
    this.#lookout.stop();
    clearTimeout(this.#retrying);
    this.#drop();
  }

  /** Whoever slept looks at once, and does not wait for its turn to try again. */
  woke(): void {
    if (!this.#lookout.isOn) return;
    this.#lookout.look();
    if (this.#socket) this.#lookout.ask();
    else this.#connect();
  }

  /** Asks for a keyframe after frames were lost, at most once per second. */
  askKeyframe(): void {
    const now = performance.now();
    if (now - this.#askedKeyframeAt < KEYFRAME_MS || !this.#socket?.connected) return;
    this.#askedKeyframeAt = now;
    this.#socket.emit('keyframe', { scope: this.#scope }, () => undefined);
  }

  /** Says an ephemeral word to the colleagues of the scope; lost while there is no link. */
  say(topic: string, data: unknown): void {
    if (!this.#socket?.connected || this.#isJoining) return;
    this.#socket.emit('aside', { scope: this.#scope, topic, data }, () => undefined);
  }

  #connect(): void {
    this.#drop();
    const socket = this.#open();
    this.#socket = socket;
    const isMine = ({ scope }: { readonly scope: string }) => scope === this.#scope && !this.#isJoining;
    socket.on('connect', () => this.#join());
    socket.on('connect_error', (error) =>
      this.#failed((error as { data?: { code?: ErrorCode } }).data?.code),
    );
    socket.on('disconnect', () => this.#failed());
    socket.on('journal', (batch) => {
      if (isMine(batch)) this.#heed(this.#chain.journal(batch));
    });
    socket.on('pulse', (pulse) => {
      serverClock.hear(toMs(pulse.at));
      if (isMine(pulse)) this.#listener.still(this.#ticks.heard(pulse.tick, toMs(pulse.at)));
      if (isMine(pulse)) this.#pulsed(this.#chain.pulse(pulse), toMs(pulse.at));
    });
    socket.on('roster', (roster) => {
      if (isMine(roster)) this.#rosterCame(roster);
    });
    socket.on('positions', (frame) => this.#listener.frame(new Uint8Array(frame)));
    socket.on('aside', (word) => {
      if (word.scope === this.#scope) this.#listener.aside?.(word);
    });
    socket.on('notice', (notice) => this.#noticed(notice));
    socket.connect();
  }

  #join(): void {
    const socket = this.#socket;
    if (!socket?.connected || this.#isJoining) return;
    this.#isJoining = true;
    const timer = setTimeout(() => socket === this.#socket && this.#failed(), ANSWER_MS);
    const { cursor } = this.#chain;
    const ask = {
      protocol: PROTOCOL,
      scope: this.#scope,
      lanes: [...this.#lanes],
      ...(this.#rosterForm === 'runs' ? { roster: 'runs' as const } : {}),
      ...(cursor ? { cursor } : {}),
    };
    socket.emit('join', ask, (answer) => {
      clearTimeout(timer);
      if (socket === this.#socket) this.#joined(answer);
    });
  }

  #joined(answer: Answer<Joined>): void {
    this.#isJoining = false;
    if (!answer.ok) {
      if (answer.error.code === 'wire.malformed') this.#rosterForm = 'ids';
      this.#failed(answer.error.code);
      return;
    }
    serverClock.hear(toMs(answer.at));
    // Not yet a proof: a server without its database still answers, but no longer pulses.
    const result = this.#chain.join(answer);
    const difference = this.#chain.takeDifference(this.#scope);
    if (difference) this.#socket?.emit('difference', difference, () => undefined);
    // Runs mean nothing to a picture that is not the server's; it is asked for anew.
    if (result === 'ok') this.#rosterKnown(this.#chain.rosterOf(answer.roster));
    this.#heed(result);
  }

  #rosterCame(told: Roster | RosterChange): void {
    if ('slots' in told) this.#rosterKnown(told);
    else this.#rosterKnown(this.#roster && changedRoster(this.#roster, told));
  }

  /** A roster that could not be made out is asked for in full. */
  #rosterKnown(roster: Roster | undefined): void {
    this.#roster = roster;
    if (roster) {
      this.#listener.roster(roster);
      return;
    }
    this.#rosterForm = 'ids';
    this.#join();
  }

  #pulsed(result: ChainResult, at: number): void {
    if (result !== 'ok') {
      this.#heed(result);
      return;
    }
    this.#failedTries = 0;
    this.#repairsInRow = 0;
    const caughtUp = this.#lookout.proven(at);
    if (!caughtUp) return;
    this.#listener.caughtUp(caughtUp);
    linkReturned();
  }

  #heed(result: ChainResult): void {
    if (result === 'ok') return;
    if (result === 'digest') {
      this.#repairsInRow += 1;
      this.#listener.repaired(++this.#repairs);
    }
    // A server that cannot agree with itself must not be asked without end: the second try waits like a lost link.
    if (result === 'digest' && this.#repairsInRow > 1) this.#failed();
    else this.#join();
  }

  #noticed({ code, scope }: Notice): void {
    if (code === 'signed-out') this.#listener.refused('session.required');
    else if (code === 'scope-changed' && (scope === undefined || scope === this.#scope)) this.#join();
  }

  /** The connection is lost or useless: tries again after a while, however often it takes. */
  #failed(code?: ErrorCode): void {
    this.#drop();
    if (code === 'session.required' || code === 'wire.protocol' || code === 'scope.denied')
      this.#listener.refused(code);
    if (!this.#lookout.isOn) return;
    clearTimeout(this.#retrying);
    this.#retrying = setTimeout(() => this.#connect(), backoffMs(this.#failedTries++, Math.random()));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isJoining = false;
    socket?.removeAllListeners();
    socket?.disconnect();
  }

  /** A half-open socket looks connected: whoever does not answer is dropped, whoever answers may keep its silence. */
  #probe(): void {
    const socket = this.#socket;
    if (!socket?.connected || this.#isJoining) return;
    const timer = setTimeout(() => socket === this.#socket && this.#failed(), ANSWER_MS / 2);
    socket.emit('keyframe', { scope: this.#scope }, () => clearTimeout(timer));
  }
}
