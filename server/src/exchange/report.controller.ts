import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Id, Language, Report, REPORT_FORMATS, ReportChange, ReportDraft, ReportStep } from '@app/shared';
import type { Response } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { AdvanceReport } from './advance-report.js';
import { BeginReport } from './begin-report.js';
import { ReportFiles } from './report-files.js';
import { ReportReader } from './report-reader.js';

const Reports = z.object({ items: z.array(Report) });
type Reports = z.infer<typeof Reports>;
const FileQuery = z.strictObject({ format: z.enum(REPORT_FORMATS), language: Language.default('zh-Hans') });
type FileQuery = z.infer<typeof FileQuery>;
const binary = { schema: { type: 'string', format: 'binary' } } as const;

const REPORT_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** Reports to the higher centre: begun from the record, edited, sent, acknowledged there. */
@Controller('api')
@Needs('duty', 'commander', 'staff')
export class ReportController {
  constructor(
    private readonly reader: ReportReader,
    private readonly begin: BeginReport,
    private readonly advance: AdvanceReport,
    private readonly files: ReportFiles,
  ) {}

  @Get('incidents/:id/reports')
  @ApiOkResponse({ standardSchema: Reports })
  async ofIncident(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<Reports> {
    return { items: await this.reader.ofIncident(by, id) };
  }

  @Post('reports')
  @ApiCreatedResponse({ standardSchema: Report })
  open(@Body({ schema: ReportDraft }) draft: ReportDraft, @SignedIn() by: Caller): Promise<Report> {
    return this.begin.run(by, draft);
  }

  /** What is wanted from the own centre and those below it, or on its way to them: at most 200, the oldest due first. */
  @Get('reports')
  @ApiOkResponse({ standardSchema: Reports })
  async list(@SignedIn() by: Caller): Promise<Reports> {
    return { items: await this.reader.open(by) };
  }

  @Patch('reports/:id')
  @ApiOkResponse({ standardSchema: Report })
  edit(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: ReportChange }) change: ReportChange,
    @SignedIn() by: Caller,
  ): Promise<Report> {
    return this.advance.run(by, { id, action: 'edit', ...change });
  }

  @Post('reports/:id/send')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Report })
  send(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: ReportStep }) { version }: ReportStep,
    @SignedIn() by: Caller,
  ): Promise<Report> {
    return this.advance.run(by, { id, action: 'send', version });
  }

  @Post('reports/:id/acknowledge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Report })
  acknowledge(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: ReportStep }) { version }: ReportStep,
    @SignedIn() by: Caller,
  ): Promise<Report> {
    return this.advance.run(by, { id, action: 'acknowledge', version });
  }

  /** The report as an office reads it. */
  @Get('reports/:id/file')
  @ApiOkResponse({ content: { [REPORT_TYPES.docx]: binary, [REPORT_TYPES.pdf]: binary } })
  async file(
    @Param('id', { schema: Id }) id: Id,
    @Query({ schema: FileQuery }) { format, language }: FileQuery,
    @SignedIn() by: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.files.write(by, id, format, language);
    response.setHeader('Content-Type', REPORT_TYPES[format]);
    response.setHeader('Content-Disposition', `attachment; filename="report.${format}"`);
    response.send(file);
  }
}
