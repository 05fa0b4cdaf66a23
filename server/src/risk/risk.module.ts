// In: clocks of incidents that come due, citizens' reports by place, category and hour. Out: alerts about places and
// times, with the figures that explain them.
// Never: a person, a score of a person, a report that a patrol made; the same thing told twice.
import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/incidents.module.js';

@Module({ imports: [IncidentsModule] })
export class RiskModule {}
