// In: clocks of incidents that come due, citizens' reports by place, category and hour, stored fixes of teams on shift.
// Out: alerts about places, times and teams, with the figures that explain them, and what people do with them.
// Never: a person, a score of a person, a report that a patrol made; the same thing told twice; an alert from no history; a place of
// a team, which frames alone tell; an order to a force under its own command.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { PatrolsModule } from '../patrols/patrols.module.js';
import { PositionsModule } from '../positions/positions.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { AdvanceAlert } from './advance-alert.js';
import { AnswerQuestion } from './answer-question.js';
import { AlertController } from './alert.controller.js';
import { AlertDesk } from './alert-desk.js';
import { AlertLabels } from './alert-labels.js';
import { AlertReader } from './alert-reader.js';
import { AlertRepository } from './alert.repository.js';
import { ClockAlerts } from './clock-alerts.js';
import { ChangeDeviationRules } from './change-deviation-rules.js';
import { DeviationBook } from './deviation-book.repository.js';
import { DeviationDesk } from './deviation-desk.js';
import { DeviationRuleController } from './deviation-rule.controller.js';
import { DeviationSchedule } from './deviation.schedule.js';
import { DeviationWatch } from './deviation-watch.js';
import { DoorHeard } from './door-heard.query.js';
import { DoorWatch } from './door-watch.js';
import { MethodController } from './method.controller.js';
import { SurgeDesk } from './surge-desk.js';
import { SurgeDetector } from './surge-detector.js';
import { SurgeQuery } from './surge.query.js';
import { SurgeSchedule } from './surge.schedule.js';
import { TeamGround } from './team-ground.js';
import { WatchedTeams } from './watched-teams.js';

@Module({
  imports: [IncidentsModule, PatrolsModule, PositionsModule, TeamsModule],
  controllers: [AlertController, DeviationRuleController, MethodController],
  providers: [
    AdvanceAlert,
    AnswerQuestion,
    AlertDesk,
    AlertLabels,
    AlertReader,
    AlertRepository,
    ChangeDeviationRules,
    ClockAlerts,
    DeviationBook,
    DeviationDesk,
    DeviationSchedule,
    DeviationWatch,
    DoorHeard,
    DoorWatch,
    SurgeDesk,
    SurgeDetector,
    SurgeQuery,
    SurgeSchedule,
    TeamGround,
    WatchedTeams,
  ],
  exports: [AlertRepository, ClockAlerts],
})
export class RiskModule implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly alerts: AlertRepository,
  ) {}

  onModuleInit(): void {
    this.audiences.registerParties('alert', (tx, ids) => this.alerts.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.alerts.rewriteAudiences(tx, tree));
  }
}
