// In: reports and steps by people, programs and imports. Out: incidents with teams, timeline and clocks; the facts of
// all that in the journal; what a caller may do next.
// Never: an order to armed police or militia; a caller's name; a step that the flow does not have; an emit.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { TeamsModule } from '../teams/teams.module.js';
import { AdvanceIncident } from './advance-incident.js';
import { FiguresController } from './figures.controller.js';
import { FilterBook } from './filter-book.js';
import { FilterController } from './filter.controller.js';
import { FiguresQuery } from './figures.query.js';
import { FiguresReader } from './figures-reader.js';
import { IncidentController } from './incident.controller.js';
import { IncidentCrew } from './incident-crew.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentHooks } from './incident-hooks.js';
import { IncidentListQuery } from './incident-list.query.js';
import { IncidentLists } from './incident-lists.js';
import { IncidentReader } from './incident-reader.js';
import { IncidentWords } from './incident-words.js';
import { IncidentWordsSchedule } from './incident-words.schedule.js';
import { IncidentRepository } from './incident.repository.js';
import { NoteIncident } from './note-incident.js';
import { ReportIncident } from './report-incident.js';

@Module({
  imports: [TeamsModule],
  controllers: [FiguresController, FilterController, IncidentController],
  providers: [
    AdvanceIncident,
    FiguresQuery,
    FiguresReader,
    FilterBook,
    IncidentCrew,
    IncidentDesk,
    IncidentHooks,
    IncidentListQuery,
    IncidentLists,
    IncidentReader,
    IncidentRepository,
    IncidentWords,
    IncidentWordsSchedule,
    NoteIncident,
    ReportIncident,
  ],
  exports: [
    IncidentHooks,
    IncidentListQuery,
    IncidentLists,
    IncidentReader,
    IncidentRepository,
    NoteIncident,
  ],
})
export class IncidentsModule implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly incidents: IncidentRepository,
  ) {}

  onModuleInit(): void {
    this.audiences.registerParties('incident', (tx, ids) => this.incidents.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.incidents.rewriteAudiences(tx, tree));
  }
}
