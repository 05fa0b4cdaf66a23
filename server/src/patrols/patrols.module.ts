// In: who plans, starts, hands over and ends the shifts of joint teams; who raises and lifts duty levels; what is asked
// of forces under their own command, and how they answer; who draws beats and checkpoints; stored fixes. Out: shifts that
// are on, levels that hold and requests that are open, in the journal; plans, gaps, visits and coverage over HTTP.
// Never: an order to armed police or militia; a name in the place of a crew; a change of a plan because of a level (what
// a level asks for is computed where it is used); a team taken from an incident because its shift is over; a kilometre
// as merit; a visit judged from anything but stored fixes; an incident, which stands below.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { DemoAccounts } from '../access/demo-accounts.js';
import { PositionsModule } from '../positions/positions.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { AdvanceRequest } from './advance-request.js';
import { AdvanceShift } from './advance-shift.js';
import { CheckCodeController } from './check-code.controller.js';
import { CheckCodeRepository } from './check-code.repository.js';
import { CheckInRepository } from './check-in.repository.js';
import { CheckInSchedule } from './check-in.schedule.js';
import { ChangeBeat } from './change-beat.js';
import { ChangeCheckpoint } from './change-checkpoint.js';
import { DutyLevelController } from './duty-level.controller.js';
import { DutyLevelDesk } from './duty-level-desk.js';
import { DutyLevelRepository } from './duty-level.repository.js';
import { HandheldController } from './handheld.controller.js';
import { HandheldReader } from './handheld-reader.js';
import { HandheldTeamQuery } from './handheld-team.query.js';
import { GroundController } from './ground.controller.js';
import { GroundDesk } from './ground-desk.js';
import { GroundReader } from './ground-reader.js';
import { GroundRepository } from './ground.repository.js';
import { ImportFeatures } from './import-features.js';
import { AskForce } from './ask-force.js';
import { ForceRequestController } from './force-request.controller.js';
import { ForceRequestDesk } from './force-request-desk.js';
import { ForceRequestReader } from './force-request-reader.js';
import { ForceRequestRepository } from './force-request.repository.js';
import { LevelBook } from './level-book.js';
import { LevelTurns } from './level-turns.js';
import { PatrolHints } from './patrol-hints.js';
import { PatrolNeedController } from './patrol-need.controller.js';
import { PatrolShiftClock } from './patrol-shift-clock.js';
import { PatrolShiftController } from './patrol-shift.controller.js';
import { PatrolShiftDesk } from './patrol-shift-desk.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { PatrolPlaces } from './patrol-places.js';
import { PlanShifts } from './plan-shifts.js';
import { PrintCodeSheet } from './print-code-sheet.js';
import { ReleasedTeams } from './released-teams.js';
import { SetLevel } from './set-level.js';
import { SetNeed } from './set-need.js';
import { SetVisitPlan } from './set-visit-plan.js';
import { ShiftRelief } from './shift-relief.js';
import { ShiftTimes } from './shift-times.js';
import { TradeController } from './trade.controller.js';
import { TradeShifts } from './trade-shifts.js';
import { TakeCheckIn } from './take-check-in.js';
import { ContestTexts } from './contest-texts.js';
import { ContestVisit } from './contest-visit.js';
import { EraseContest } from './erase-contest.js';
import { ErasePatrolText } from './erase-patrol-text.js';
import { PatrolTexts } from './patrol-texts.js';
import { JudgeVisits } from './judge-visits.js';
import { OwedPlaces } from './owed-places.js';
import { OwedVisits } from './owed-visits.js';
import { VisitClock } from './visit-clock.js';
import { VisitController } from './visit.controller.js';
import { VisitEvidence } from './visit-evidence.js';
import { VisitReader } from './visit-reader.js';
import { VisitRepository } from './visit.repository.js';
import { VisitSchedule } from './visit.schedule.js';
import { VisitPlanController } from './visit-plan.controller.js';

@Module({
  imports: [TeamsModule, PositionsModule],
  controllers: [
    PatrolShiftController,
    TradeController,
    DutyLevelController,
    PatrolNeedController,
    GroundController,
    CheckCodeController,
    HandheldController,
    VisitController,
    VisitPlanController,
    ForceRequestController,
  ],
  providers: [
    AdvanceRequest,
    AdvanceShift,
    CheckCodeRepository,
    CheckInRepository,
    CheckInSchedule,
    ChangeBeat,
    ChangeCheckpoint,
    DutyLevelDesk,
    DutyLevelRepository,
    GroundDesk,
    GroundReader,
    GroundRepository,
    HandheldReader,
    HandheldTeamQuery,
    ImportFeatures,
    AskForce,
    ForceRequestDesk,
    ForceRequestReader,
    ForceRequestRepository,
    LevelBook,
    LevelTurns,
    PatrolHints,
    PatrolShiftClock,
    PatrolShiftDesk,
    PatrolShiftReader,
    PatrolShiftRepository,
    PatrolPlaces,
    PlanShifts,
    PrintCodeSheet,
    ReleasedTeams,
    SetLevel,
    SetNeed,
    SetVisitPlan,
    ShiftRelief,
    ShiftTimes,
    TradeShifts,
    TakeCheckIn,
    ContestTexts,
    ContestVisit,
    EraseContest,
    ErasePatrolText,
    PatrolTexts,
    JudgeVisits,
    OwedPlaces,
    OwedVisits,
    VisitClock,
    VisitEvidence,
    VisitReader,
    VisitRepository,
    VisitSchedule,
  ],
  exports: [
    AdvanceRequest,
    AdvanceShift,
    AskForce,
    ContestVisit,
    EraseContest,
    ErasePatrolText,
    GroundReader,
    GroundRepository,
    JudgeVisits,
    LevelBook,
    PatrolShiftRepository,
    PlanShifts,
    SetLevel,
    TradeShifts,
    VisitReader,
    VisitRepository,
  ],
})
export class PatrolsModule implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly shifts: PatrolShiftRepository,
    private readonly levels: DutyLevelRepository,
    private readonly requests: ForceRequestRepository,
    private readonly demo: DemoAccounts,
    private readonly handhelds: HandheldTeamQuery,
  ) {}

  onModuleInit(): void {
    this.audiences.registerParties('patrol-shift', (tx, ids) => this.shifts.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.shifts.rewriteAudiences(tx, tree));
    this.audiences.registerParties('duty-level', (tx, ids, tree) => this.levels.partiesOf(tx, ids, tree));
    this.audiences.registerRewrite((tx, tree) => this.levels.rewriteAudiences(tx, tree));
    this.audiences.registerParties('force-request', (tx, ids) => this.requests.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.requests.rewriteAudiences(tx, tree));
    this.demo.registerTeams((named) => this.handhelds.find(named));
  }
}
