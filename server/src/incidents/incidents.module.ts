// In: reports and steps by people, programs and imports. Out: incidents with teams, timeline and clocks; the facts of
// all that in the journal; what a caller may do next.
// Never: an order to armed police or militia; a caller's name; a step that the flow does not have; an emit.
import { Module } from '@nestjs/common';
import { AdvanceIncident } from './advance-incident.js';
import { IncidentController } from './incident.controller.js';
import { IncidentCrew } from './incident-crew.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentHooks } from './incident-hooks.js';
import { IncidentReader } from './incident-reader.js';
import { IncidentRepository } from './incident.repository.js';
import { ReportIncident } from './report-incident.js';

@Module({
  controllers: [IncidentController],
  providers: [
    AdvanceIncident,
    IncidentCrew,
    IncidentDesk,
    IncidentHooks,
    IncidentReader,
    IncidentRepository,
    ReportIncident,
  ],
  exports: [IncidentHooks, IncidentReader, IncidentRepository],
})
export class IncidentsModule {}
