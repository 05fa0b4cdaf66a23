// In: reports and steps by people, programs and imports. Out: incidents with teams, timeline and clocks; the facts of
// all that in the journal; what a caller may do next.
// Never: an order to armed police or militia; a caller's name; a step that the flow does not have; an emit.
import { join } from 'node:path';
import { Module, type OnModuleInit } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { Audiences } from '../access/audiences.js';
import { CONFIG, type Config } from '../platform/config.js';
import { TeamsModule } from '../teams/teams.module.js';
import { AdvanceIncident } from './advance-incident.js';
import { DuplicateController } from './duplicate.controller.js';
import { Duplicates } from './duplicates.js';
import { Escalation } from './escalation.js';
import { FiguresController } from './figures.controller.js';
import { CallerBook } from './caller-book.js';
import { CallerController } from './caller.controller.js';
import { CallerVault } from './caller-vault.js';
import { DiskStore } from './disk-store.js';
import { EraseIncidentText } from './erase-incident-text.js';
import { ErasureSchedule } from './erasure.schedule.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceExpiry } from './evidence-expiry.js';
import { EvidenceIntake } from './evidence-intake.js';
import { EvidenceReader } from './evidence-reader.js';
import { EvidenceRepository } from './evidence.repository.js';
import { EvidenceSchedule } from './evidence.schedule.js';
import { EvidenceShelf } from './evidence-shelf.js';
import { EvidenceStore } from './evidence-store.js';
import { FilterBook } from './filter-book.js';
import { FilterController } from './filter.controller.js';
import { FiguresQuery } from './figures.query.js';
import { FiguresReader } from './figures-reader.js';
import { FlowBook } from './flow-book.js';
import { IncidentController } from './incident.controller.js';
import { IncidentClocks } from './incident-clocks.js';
import { IncidentCrew } from './incident-crew.js';
import { IncidentDepartments } from './incident-departments.js';
import { IncidentDesk } from './incident-desk.js';
import { IncidentErasure } from './incident-erasure.js';
import { IncidentHooks } from './incident-hooks.js';
import { IncidentListQuery } from './incident-list.query.js';
import { IncidentLists } from './incident-lists.js';
import { IncidentReading } from './incident-reading.js';
import { IncidentReader } from './incident-reader.js';
import { IncidentTextRepository } from './incident-text.repository.js';
import { IncidentWords } from './incident-words.js';
import { IncidentWordsSchedule } from './incident-words.schedule.js';
import { IncidentRedaction } from './incident-redaction.js';
import { IncidentRepository } from './incident.repository.js';
import { NoteIncident } from './note-incident.js';
import { KeepEvidence } from './keep-evidence.js';
import { MergeIncidents } from './merge-incidents.js';
import { PlaceFinder } from './place-finder.js';
import { PlaceFinderController } from './place-finder.controller.js';
import { ReportIncident } from './report-incident.js';
import { Rulebooks } from './rulebooks.js';
import { S3Store } from './s3-store.js';
import { SuspensionEnd } from './suspension-end.js';
import { SystemStep } from './system-step.js';
import { SharedTeams } from './shared-teams.js';
import { TakeStep } from './take-step.js';

/** All of a file is held while it is looked at; names of files are UTF-8. */
const uploads = MulterModule.registerAsync({
  inject: [CONFIG],
  useFactory: ({ evidenceMb }: Config) => ({
    defParamCharset: 'utf8',
    limits: { fileSize: evidenceMb * 1_000_000, files: 1, fields: 0, parts: 2 },
  }),
});

const store = {
  provide: EvidenceStore,
  inject: [CONFIG],
  useFactory: ({ evidenceS3, dataDir }: Config): EvidenceStore =>
    evidenceS3 === null ? new DiskStore(join(dataDir, 'evidence')) : new S3Store(evidenceS3),
};

@Module({
  imports: [TeamsModule, uploads],
  controllers: [
    CallerController,
    DuplicateController,
    EvidenceController,
    FiguresController,
    FilterController,
    IncidentController,
    PlaceFinderController,
  ],
  providers: [
    store,
    CallerBook,
    CallerVault,
    EraseIncidentText,
    ErasureSchedule,
    EvidenceExpiry,
    EvidenceIntake,
    EvidenceReader,
    EvidenceRepository,
    EvidenceSchedule,
    EvidenceShelf,
    KeepEvidence,
    MergeIncidents,
    AdvanceIncident,
    Duplicates,
    Escalation,
    FiguresQuery,
    FiguresReader,
    FilterBook,
    FlowBook,
    IncidentClocks,
    IncidentCrew,
    IncidentDepartments,
    IncidentDesk,
    IncidentErasure,
    IncidentHooks,
    IncidentListQuery,
    IncidentLists,
    IncidentReader,
    IncidentReading,
    IncidentRedaction,
    IncidentRepository,
    IncidentTextRepository,
    IncidentWords,
    IncidentWordsSchedule,
    NoteIncident,
    PlaceFinder,
    ReportIncident,
    Rulebooks,
    SuspensionEnd,
    SystemStep,
    SharedTeams,
    TakeStep,
  ],
  exports: [
    AdvanceIncident,
    EraseIncidentText,
    IncidentHooks,
    IncidentListQuery,
    IncidentLists,
    IncidentReader,
    IncidentReading,
    IncidentRepository,
    KeepEvidence,
    MergeIncidents,
    NoteIncident,
    ReportIncident,
    Rulebooks,
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
