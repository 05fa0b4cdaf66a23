// In: questions for lists. Out: files that spreadsheets and offices read, in the language of whoever asked.
// Never: a row that the reader could not open on a screen; a file without a line in the audit; a formula in a cell.
import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { ExportController } from './export.controller.js';
import { IncidentExport } from './incident-export.js';

@Module({
  imports: [IncidentsModule],
  controllers: [ExportController],
  providers: [IncidentExport],
})
export class ExchangeModule {}
