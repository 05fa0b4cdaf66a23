import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { TeamId } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { TrackWriter } from '../positions/track-writer.js';
import { JudgeVisits } from './judge-visits.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import type { Span } from './visit-window.rules.js';

/** How long a team's fixes gather before its shifts are judged again. */
const REST_MS = 10_000;
const SWEEP_MS = 60_000;
/** A shift is looked at again for so long after its end, whether anybody announced something or not. */
const AFTER_MS = 3_600_000;

/**
 * When shifts are judged again: after commits of their teams' fixes, by the process that stored them; and all that are
 * on, each minute, by the leader. An announcement that is late, doubled or lost changes nothing but the moment.
 */
@Injectable()
export class VisitSchedule implements OnModuleInit, OnApplicationShutdown {
  readonly #announced = new Map<TeamId, Span>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    writer: TrackWriter,
    private readonly judge: JudgeVisits,
    private readonly shifts: PatrolShiftRepository,
    private readonly leader: Leader,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    writer.onStored((fixes) => {
      for (const { team, observedAt } of fixes) this.announce(team, { from: observedAt, to: observedAt });
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
      this.#timer = undefined;
      this.#running = this.judgeAnnounced().catch((error: unknown) =>
        this.log.failed('visits.not-judged', error),
      );
    }, REST_MS);
  }

  /** Judges what was announced by now. */
  async judgeAnnounced(): Promise<void> {
    const announced = [...this.#announced];
    this.#announced.clear();
    if (announced.length === 0) return;
    const from = Math.min(...announced.map(([, span]) => span.from));
    const to = Math.max(...announced.map(([, span]) => span.to)) + 1;
    const spans = new Map(announced);
    const shifts = await this.shifts.planned({ teams: [...spans.keys()], from, to });
    for (const { id, team, startsAt, endsAt } of shifts) {
      const span = spans.get(team);
      if (span && span.from < endsAt && span.to >= startsAt) await this.judge.run(id, this.clock.now());
    }
  }

  /** Judges every shift that is on or has ended lately. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const { id } of await this.shifts.planned({ from: now - AFTER_MS, to: now }))
      await this.judge.run(id, this.clock.now());
  }
}
