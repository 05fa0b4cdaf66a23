import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ScopeId } from '@app/shared';
import type { Entry } from '../journal/pictures.js';
import { Tailer } from '../journal/tailer.js';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { JudgeVisits } from './judge-visits.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';

/**
 * When a duty level begins or is over, the shifts that it binds owe something else at once: the leader hears of it
 * through the journal and settles them. What nobody heard, the sweep of visits finds within the minute.
 */
@Injectable()
export class LevelTurns implements OnApplicationShutdown {
  #bound = new Set<ScopeId>();
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    tailer: Tailer,
    private readonly leader: Leader,
    private readonly shifts: PatrolShiftRepository,
    private readonly judge: JudgeVisits,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    tailer.listen({ entries: (entries) => this.#hear(entries), reloaded: () => undefined });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  #hear(entries: readonly Entry[]): void {
    const turns = entries.filter(({ kind, fact }) => kind === 'duty-level' && fact !== 'duty-level.planned');
    if (turns.length === 0 || !this.leader.isLeader) return;
    for (const { seenBy } of turns) for (const scope of seenBy) this.#bound.add(scope);
    this.#running ??= this.#settle().finally(() => (this.#running = undefined));
  }

  /** Until nobody is left; a level that turns meanwhile adds to them. */
  async #settle(): Promise<void> {
    try {
      while (this.#bound.size > 0 && !this.#isStopped) {
        const bound = this.#bound;
        this.#bound = new Set();
        const now = this.clock.now();
        const shifts = await this.shifts.planned({ from: now, to: now + 1 });
        for (const { id, centre } of shifts)
          if (bound.has(centre) && !this.#isStopped) await this.judge.settle(id, this.clock.now());
      }
    } catch (error) {
      this.log.failed('visits.not-settled', error);
    }
  }
}
