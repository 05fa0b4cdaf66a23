import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { EvidenceShelf } from './evidence-shelf.js';

const EVERY_MS = 10 * 60_000;

/** Takes away bytes that nobody may read any more, or that nobody ever was told of. Harmless when done twice. */
@Injectable()
export class EvidenceSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly shelf: EvidenceShelf,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.leader.every('evidence', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    let all = 0;
    for (let swept = 1; swept > 0; all += swept) swept = await this.shelf.sweep(this.clock.now());
    if (all > 0) this.log.info('evidence.swept', { pieces: all });
  }
}
