import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { DeviationDesk } from './deviation-desk.js';
import { DeviationWatch } from './deviation-watch.js';

const EVERY_MS = 10_000;

/** The leader watches teams on shift; each finding is one transaction that commits only while it leads. */
@Injectable()
export class DeviationSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly journal: Journal,
    private readonly watch: DeviationWatch,
    private readonly desk: DeviationDesk,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leader.onLead(() => this.watch.forget());
    this.leader.every('deviations', EVERY_MS, () => this.look());
  }

  /** Looks once and tells what has begun and what is over. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const { found, over } = await this.watch.look(await this.desk.running(), now);
    for (const one of found)
      await this.leader.transaction(async (tx) => {
        await this.journal.append(tx, await this.desk.raise(tx, one, now));
      });
    for (const alert of over)
      await this.leader.transaction(async (tx) => {
        await this.journal.append(tx, await this.desk.end(tx, alert, now));
      });
    if (found.length + over.length > 0) this.journal.wake();
  }
}
