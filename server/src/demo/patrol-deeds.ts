import { Injectable } from '@nestjs/common';
import { AdvanceRequest } from '../patrols/advance-request.js';
import { AdvanceShift } from '../patrols/advance-shift.js';
import { AskForce } from '../patrols/ask-force.js';
import { ContestVisit } from '../patrols/contest-visit.js';
import { JudgeVisits } from '../patrols/judge-visits.js';
import { PlanShifts } from '../patrols/plan-shifts.js';
import { SetLevel } from '../patrols/set-level.js';
import { TradeShifts } from '../patrols/trade-shifts.js';
import { VisitReader } from '../patrols/visit-reader.js';
import { VisitRepository } from '../patrols/visit.repository.js';
import { Database } from '../platform/database.js';

/** The use cases by which a patrol is planned and led. */
@Injectable()
export class PatrolDeeds {
  constructor(
    readonly plan: PlanShifts,
    readonly advance: AdvanceShift,
    readonly trade: TradeShifts,
    readonly level: SetLevel,
  ) {}
}

/** The use cases of requests to forces under their own command. */
@Injectable()
export class ForceDeeds {
  constructor(
    readonly ask: AskForce,
    readonly advance: AdvanceRequest,
  ) {}
}

/** What the presence of a patrol is judged, read and contested by. */
@Injectable()
export class VisitDeeds {
  constructor(
    readonly database: Database,
    readonly judge: JudgeVisits,
    readonly rows: VisitRepository,
    readonly reader: VisitReader,
    readonly contest: ContestVisit,
  ) {}
}
