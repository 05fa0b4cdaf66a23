import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { SosDesk } from './sos-desk.js';
import { SosRepository } from './sos.repository.js';

/** Within this an open call follows its team to whom the team is sent to. */
const EVERY_MS = 1_000;

/** The leader brings open calls to those who see their teams by now: sent to another centre, shared, taken back. */
@Injectable()
export class SosSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly journal: Journal,
    private readonly calls: SosRepository,
    private readonly desk: SosDesk,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leader.every('sos-audience', EVERY_MS, () => this.follow());
  }

  async follow(): Promise<void> {
    const astray = await this.calls.astray();
    for (const { id } of astray)
      await this.leader.transaction(async (tx) => {
        const draft = await this.desk.share(tx, id, this.clock.now());
        await this.journal.append(tx, draft ? [draft] : []);
      });
    if (astray.length > 0) this.journal.wake();
  }
}
