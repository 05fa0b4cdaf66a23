import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clocks } from '../clocks/clocks.js';
import { JudgeVisits } from './judge-visits.js';
import { VISIT_WINDOW } from './owed-visits.js';
import { VisitRepository } from './visit.repository.js';

/** Judges a shift at the end of each of its windows: what was not made by then is missed. */
@Injectable()
export class VisitClock implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly judge: JudgeVisits,
    private readonly visits: VisitRepository,
  ) {}

  onModuleInit(): void {
    this.clocks.register(VISIT_WINDOW, async (tx, { subject }, now) => {
      const visit = await this.visits.find(tx, subject);
      if (visit?.state !== 'due') return [];
      const changed = await this.judge.judgeIn(tx, visit.shift, Math.max(now, visit.windowTo));
      // Said after a while: the commit is done by then.
      this.judge.tell(changed);
      return [];
    });
  }
}
