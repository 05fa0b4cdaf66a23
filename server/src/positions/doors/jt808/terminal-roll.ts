import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Id } from '@app/shared';
import type { Counter } from 'prom-client';
import { Access } from '../../../access/access.js';
import type { CutReason } from '../../../access/cut-feed.schedule.js';
import { Clock } from '../../../platform/clock.js';
import { Log } from '../../../platform/log.js';
import { Metrics } from '../../../platform/metrics.js';
import { DeviceBook, type KnownDevice } from '../../../teams/device-book.js';
import { NoteTakenOver } from '../../../teams/note-taken-over.js';
import type { Admitted } from './terminal-desk.js';
import type { LinkEnd } from './terminal-link.js';
import type { TerminalTalk } from './terminal-talk.js';

/** A connection that has shown no code by then ends. */
const STRANGER_MS = 15_000;

/**
 * Who is connected. A device speaks over one connection, the newest that showed its code: the one before is ended, and
 * that is written down by the process that held it. A code that ended ends its connection.
 */
@Injectable()
export class TerminalRoll {
  readonly #since = new Map<TerminalTalk, number>();
  readonly #byDevice = new Map<Id, TerminalTalk>();
  readonly #ends: Counter<'reason'>;

  constructor(
    access: Access,
    book: DeviceBook,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
    private readonly takenOver: NoteTakenOver,
  ) {
    access.onCut((credential, reason) => this.#onCut(credential, reason));
    book.onChanged((device) => this.#compare(device));
    metrics.measured('jt808_terminals', 'Terminals that are connected.', () => this.#byDevice.size);
    metrics.measured('jt808_connections', 'Connections, strangers included.', () => this.#since.size);
    this.#ends = metrics.counter('jt808_ends_total', 'Connections that ended, by reason.', ['reason']);
  }

  now(): number {
    return this.clock.now();
  }

  /** Connections that have shown no code. */
  get strangers(): number {
    return this.#since.size - this.#byDevice.size;
  }

  /** Devices whose terminals are connected. */
  devices(): Id[] {
    return [...this.#byDevice.keys()];
  }

  talkOf(device: Id): TerminalTalk | undefined {
    return this.#byDevice.get(device);
  }

  meet(talk: TerminalTalk): void {
    this.#since.set(talk, this.now());
  }

  admit(talk: TerminalTalk, admitted: Admitted): void {
    const before = this.#byDevice.get(admitted.device.id);
    talk.admitted = admitted;
    this.#byDevice.set(admitted.device.id, talk);
    if (before && before !== talk) this.#takeOver(before);
  }

  ended(talk: TerminalTalk, reason: LinkEnd | 'gone'): void {
    this.#ends.inc({ reason });
    this.#since.delete(talk);
    const device = talk.admitted?.device.id;
    if (device !== undefined && this.#byDevice.get(device) === talk) this.#byDevice.delete(device);
  }

  /** Once a second: whoever said nothing for `idleMs`, or showed no code in time, is ended. */
  tick(idleMs: number): void {
    const now = this.now();
    for (const [talk, since] of this.#since) {
      const { link } = talk;
      // Who waits for us to look up its code is no stranger: a crowd that comes back at once takes its time.
      if (!talk.admitted && !link.isOnHold && now - since > STRANGER_MS) link.end('unknown');
      else if (now - link.heardAt > idleMs) link.end('idle');
      else {
        link.tick();
        talk.tick();
      }
    }
  }

  /** Reads nothing more; what was said is answered when it is committed, then all of them end. */
  async drain(longestMs: number): Promise<void> {
    for (const { link } of this.#since.keys()) link.hold();
    const deadline = performance.now() + longestMs;
    while (performance.now() < deadline && [...this.#since.keys()].some(({ link }) => link.hasPending))
      await pause(20);
    for (const { link } of this.#since.keys()) link.end('draining');
  }

  #takeOver(talk: TerminalTalk): void {
    const { admitted } = talk;
    talk.link.end('taken-over');
    if (!admitted) return;
    const { device, caller } = admitted;
    this.log.warn('jt808.taken-over', { device: device.id });
    this.takenOver
      .run(device.id, caller)
      .catch((error: unknown) => this.log.failed('jt808.not-audited', error));
  }

  /** Another process may have let in a newer connection. Links are named in the order of time. */
  #compare({ id, link }: KnownDevice): void {
    const talk = this.#byDevice.get(id);
    if (talk?.admitted && link !== null && link > talk.admitted.link) this.#takeOver(talk);
  }

  #onCut(credential: Id, reason: CutReason): void {
    if (reason !== 'signed-out') return;
    for (const talk of this.#byDevice.values())
      if (talk.admitted?.caller.credential === credential) talk.link.end('revoked');
  }
}
