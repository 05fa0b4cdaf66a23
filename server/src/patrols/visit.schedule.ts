import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { TeamId } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { TrackWriter } from '../positions/track-writer.js';
import { JudgeVisits } from './judge-visits.js';
import { OwedPlaces } from './owed-places.js';
import type { Span } from './visit-window.rules.js';

/** How long a team's fixes gather before its shifts are judged again. */
const REST_MS = 20_000;
const SWEEP_MS = 60_000;
/** A shift is looked at again for so long after its end, whether anybody announced something or not. */
const AFTER_MS = 3_600_000;

/**
 * When shifts are judged again: after commits of fixes near what their teams owe, by the process that stored them; and
 * each minute by the leader, those of which something came in since, whoever stored it, and all of them where plans or
 * levels have changed. An announcement that is late, doubled or lost changes nothing but the moment.
 */
@Injectable()
export class VisitSchedule implements OnModuleInit, OnApplicationShutdown {
  readonly #announced = new Map<TeamId, Span>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    writer: TrackWriter,
    private readonly judge: JudgeVisits,
    private readonly places: OwedPlaces,
    private readonly leader: Leader,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    writer.onStored((fixes) => {
      for (const fix of fixes)
        if (this.places.isNear(fix)) this.announce(fix.team, { from: fix.observedAt, to: fix.observedAt });
    });
  }

  onModuleInit(): void {
    this.leader.every('visits', SWEEP_MS, () => this.sweep());
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Says that a team has new fixes within a span (ms since 1970). */
  announce(team: TeamId, { from, to }: Span): void {
    const held = this.#announced.get(team);
    this.#announced.set(team, {
      from: Math.min(from, held?.from ?? from),
      to: Math.max(to, held?.to ?? to),
    });
    this.#timer ??= setTimeout(() => {
      // What is announced while a round runs waits for its end: rounds never pile up.
      this.#running = this.#running.then(() => this.#round());
    }, REST_MS);
  }

  async #round(): Promise<void> {
    this.#timer = undefined;
    try {
      await this.judgeAnnounced();
    } catch (error) {
      this.log.failed('visits.not-judged', error);
    }
  }

  /** Judges what was announced by now. */
  async judgeAnnounced(): Promise<void> {
    const announced = new Map(this.#announced);
    this.#announced.clear();
    for (const id of await this.places.announced(announced)) await this.judge.run(id, this.clock.now());
  }

  /** Judges the shifts that are on or have ended lately and may not be what they were. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const span = { from: now - AFTER_MS, to: now };
    await this.places.eachChanged(span, (shift) => this.judge.run(shift, this.clock.now()));
  }
}
