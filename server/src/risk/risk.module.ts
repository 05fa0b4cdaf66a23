// In: clocks of incidents that come due, citizens' reports by place, category and hour. Out: alerts about places and
// times, with the figures that explain them, and what people do with them.
// Never: a person, a score of a person, a report that a patrol made; the same thing told twice; an alert from no history.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { AdvanceAlert } from './advance-alert.js';
import { AlertController } from './alert.controller.js';
import { AlertDesk } from './alert-desk.js';
import { AlertLabels } from './alert-labels.js';
import { AlertReader } from './alert-reader.js';
import { AlertRepository } from './alert.repository.js';
import { ClockAlerts } from './clock-alerts.js';
import { MethodController } from './method.controller.js';
import { SurgeDesk } from './surge-desk.js';
import { SurgeDetector } from './surge-detector.js';
import { SurgeQuery } from './surge.query.js';
import { SurgeSchedule } from './surge.schedule.js';

@Module({
  imports: [IncidentsModule],
  controllers: [AlertController, MethodController],
  providers: [
    AdvanceAlert,
    AlertDesk,
    AlertLabels,
    AlertReader,
    AlertRepository,
    ClockAlerts,
    SurgeDesk,
    SurgeDetector,
    SurgeQuery,
    SurgeSchedule,
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
