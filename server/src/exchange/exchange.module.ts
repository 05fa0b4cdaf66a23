// In: questions for lists, reports to the higher centre. Out: files that spreadsheets and offices read, in the language of whoever asked.
// Never: a row that the reader could not open on a screen; a file without a line in the audit; a formula in a cell.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { ExportController } from './export.controller.js';
import { IncidentExport } from './incident-export.js';
import { ReplayController } from './replay.controller.js';
import { ReplayReader } from './replay-reader.js';
import { AdvanceReport } from './advance-report.js';
import { BeginReport } from './begin-report.js';
import { ReportAuthor } from './report-author.js';
import { ReportClocks } from './report-clocks.js';
import { ReportController } from './report.controller.js';
import { ReportDesk } from './report-desk.js';
import { ReportFiles } from './report-files.js';
import { ReportReader } from './report-reader.js';
import { TrackExport } from './track-export.js';
import { TrackReads } from './track-reads.js';
import { ReportRepository } from './report.repository.js';

@Module({
  imports: [IncidentsModule, RiskModule, TeamsModule],
  controllers: [ExportController, ReplayController, ReportController],
  providers: [
    AdvanceReport,
    BeginReport,
    IncidentExport,
    ReplayReader,
    ReportAuthor,
    ReportClocks,
    ReportDesk,
    ReportFiles,
    ReportReader,
    ReportRepository,
    TrackExport,
    TrackReads,
  ],
})
export class ExchangeModule implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly reports: ReportRepository,
  ) {}

  onModuleInit(): void {
    this.audiences.registerParties('report', (tx, ids) => this.reports.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.reports.rewriteAudiences(tx, tree));
  }
}
