import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { SurgeDesk } from './surge-desk.js';
import { SurgeDetector, type Suspicion } from './surge-detector.js';

const EVERY_MS = 20_000;
/** An episode that never pauses is judged by its last days; a longer span would overlap the week before. */
const LONGEST_SPAN_MS = 6 * 86_400_000;

/** The leader looks for surges; each finding is one transaction that commits only while it leads. */
@Injectable()
export class SurgeSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly journal: Journal,
    private readonly detector: SurgeDetector,
    private readonly desk: SurgeDesk,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leader.every('surge', EVERY_MS, () => this.look());
  }

  /** Looks once: at the episodes that go on, then at what is new. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const standing = await this.desk.standing(now);
    const known = new Set(standing.map(keyOf));
    const found: Suspicion[] = [];
    for (const { category, grid, from } of standing) {
      const span = { from: Math.max(from, now - LONGEST_SPAN_MS), to: now };
      const suspicion = await this.detector.follow({ category, grid }, span);
      if (suspicion) found.push(suspicion);
    }
    for (const suspicion of await this.detector.look(now))
      if (!known.has(keyOf(suspicion.cases))) found.push(suspicion);
    for (const suspicion of found)
      await this.leader.transaction(async (tx) => {
        await this.journal.append(tx, await this.desk.write(tx, suspicion, now));
      });
    if (found.length > 0) this.journal.wake();
  }
}

const keyOf = ({ category, grid }: { category: string; grid: string }): string => `${category}:${grid}`;
