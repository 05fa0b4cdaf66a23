import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { IncidentWords } from './incident-words.js';

const EVERY_MS = 10 * 60_000;
/** Few enough that a step which waits for one of their rows hardly notices. */
const AT_ONCE = 100;

/** Cuts what an older version of the product has written, or wrote while this one already ran beside it. */
@Injectable()
export class IncidentWordsSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly words: IncidentWords,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.leader.every('incident words', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    let all = 0;
    for (let cut = AT_ONCE; cut === AT_ONCE && this.leader.isLeader; all += cut)
      cut = await this.leader.transaction((tx) => this.words.mend(tx, AT_ONCE));
    if (all > 0) this.log.info('incidents.words-cut', { incidents: all });
  }
}
