import { Injectable } from '@nestjs/common';
import type { PatrolPlanDraft } from '@app/shared';
import { PlanShifts } from '../patrols/plan-shifts.js';
import { Fault } from '../platform/fault.js';
import { Log } from '../platform/log.js';
import { PresentCast } from './present-cast.js';

/** Plans shifts as the commander of the demo city, where they can be planned. */
@Injectable()
export class PlanPatrol {
  constructor(
    private readonly cast: PresentCast,
    private readonly plan: PlanShifts,
    private readonly log: Log,
  ) {}

  /** What is refused, as for a team that was closed or that somebody has planned across midnight, stays unplanned. */
  async run(plan: PatrolPlanDraft): Promise<void> {
    try {
      await this.plan.run(plan, await this.cast.commander(), null);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.log.info('demo.not-planned', { teams: plan.teams, from: plan.from, code: error.code });
    }
  }
}
