import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ScopeId } from '@app/shared';
import type { Entry } from '../journal/pictures.js';
import { Tailer } from '../journal/tailer.js';
import { Bus } from '../platform/bus.js';
import { Clock } from '../platform/clock.js';
import { Fleet } from '../positions/fleet.js';
import type { RoomFrame } from './frame-adapter.js';
import { FrameGrids } from './frame-grids.js';
import { ScopeFrames, type WholeFrame } from './scope-frames.js';
import type { RosterNews, ScopeRoster } from './scope-roster.js';

const TICK_MS = 1_000;
/** So long scopes are encoded and told in one turn of the event loop; then journal, pulse and doors have theirs. */
const SLICE_MS = 4;

/** How frames leave; the gateway implements it. */
export interface FrameVoice {
  /** Says it to a few screens at each step of the iteration. */
  frame(scope: ScopeId, frame: RoomFrame): Iterable<void>;
  roster(news: RosterNews): void;
}

/** Takes the steps, and lets others have their turn of the event loop after every few milliseconds of it. */
export async function inSlices(steps: Iterable<void>): Promise<void> {
  let since = performance.now();
  for (const _ of steps) {
    if (performance.now() - since < SLICE_MS) continue;
    await nextTurn();
    since = performance.now();
  }
}

interface Watched {
  screens: number;
  frames: ScopeFrames;
}

/**
 * Each second one frame for every scope that somebody watches: encoded once, the same bytes for all. The roster of a
 * scope is exactly the teams of its picture. When the bus is silent the tick stands still: what others' teams do is
 * not known then, and no screen may think that it is.
 */
@Injectable()
export class FleetTicker implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #watched = new Map<ScopeId, Watched>();
  #voice: FrameVoice | undefined;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(
    private readonly fleet: Fleet,
    private readonly tailer: Tailer,
    private readonly grids: FrameGrids,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  /** The number of the last round of frames. */
  get tick(): number {
    return this.fleet.tick;
  }

  speakThrough(voice: FrameVoice): void {
    this.#voice = voice;
  }

  /** One screen more. Answers the roster that the next frame of the scope will name. */
  watch(scope: ScopeId): ScopeRoster {
    const watched = this.#watched.get(scope) ?? { screens: 0, frames: this.#begin(scope) };
    watched.screens += 1;
    this.#watched.set(scope, watched);
    return watched.frames.roster;
  }

  /** What whoever watches the scope was told last, for a screen that has just been given its roster. */
  whole(scope: ScopeId): WholeFrame | undefined {
    return this.bus.isUp ? this.#watched.get(scope)?.frames.whole : undefined;
  }

  /** One screen less; what nobody watches is not encoded. */
  unwatch(scope: ScopeId): void {
    const watched = this.#watched.get(scope);
    if (!watched) return;
    watched.screens -= 1;
    if (watched.screens <= 0) this.#watched.delete(scope);
  }

  onApplicationBootstrap(): void {
    this.tailer.listen({
      entries: (entries) => this.#follow(entries),
      reloaded: () => this.#restart(),
    });
    this.#timer = setInterval(() => void this.beat(), TICK_MS);
  }

  /** One round, sliced over turns of the event loop; a round that is still running is not begun again. */
  beat(): Promise<void> {
    if (!this.bus.isUp) return Promise.resolve();
    this.#round ??= this.#tell().finally(() => (this.#round = undefined));
    return this.#round;
  }

  async #tell(): Promise<void> {
    const tick = ++this.fleet.tick;
    await inSlices(this.#say(tick));
  }

  *#say(tick: number): Iterable<void> {
    for (const [scope, { frames }] of this.#watched) {
      const frame = frames.frame(this.fleet, { tick, at: this.clock.now() });
      if (frame.news) this.#voice?.roster(frame.news);
      yield* this.#voice?.frame(scope, frame) ?? [];
      yield;
    }
  }

  /** Teams that came into a watched picture or left it. */
  #follow(entries: readonly Entry[]): void {
    for (const { kind, id, card, seenBy, leftBy } of entries) {
      if (kind !== 'team') continue;
      for (const scope of leftBy) this.#watched.get(scope)?.frames.drop(id);
      for (const scope of seenBy) {
        const frames = this.#watched.get(scope)?.frames;
        if (card === null) frames?.drop(id);
        else frames?.put(id);
      }
    }
  }

  #restart(): void {
    for (const [scope, { frames }] of this.#watched)
      frames.sync(this.tailer.pictures.of(scope).idsOf('team'));
  }

  /** With the state of the last tick, so that the first screen need not wait for the next one either. */
  #begin(scope: ScopeId): ScopeFrames {
    const teams = this.tailer.pictures.of(scope).idsOf('team');
    const frames = new ScopeFrames(scope, () => this.grids.of(scope), teams);
    frames.frame(this.fleet, { tick: this.fleet.tick, at: this.clock.now() });
    return frames;
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }
}
