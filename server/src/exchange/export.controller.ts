import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { EXPORT_FORMATS, IncidentQuery, Language, ReplayQuery, TRACK_FORMATS } from '@app/shared';
import type { Response } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { causeOf, Log } from '../platform/log.js';
import { IncidentExport } from './incident-export.js';
import { SHEET_TYPES } from './sheet-writer.js';
import { TrackExport } from './track-export.js';

const ExportQuery = IncidentQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(EXPORT_FORMATS),
  language: Language.default('zh-Hans'),
});
type ExportQuery = z.infer<typeof ExportQuery>;

const TracksQuery = ReplayQuery.extend({
  format: z.enum(TRACK_FORMATS),
  language: Language.default('zh-Hans'),
});
type TracksQuery = z.infer<typeof TracksQuery>;

const binary = { schema: { type: 'string', format: 'binary' } } as const;

@Controller('api/exports')
export class ExportController {
  constructor(
    private readonly incidents: IncidentExport,
    private readonly tracks: TrackExport,
    private readonly log: Log,
  ) {}

  /** Incidents as a file, with the query of their list; at most as many as the setting EXPORT_ROWS says. */
  @Get('incidents')
  @Needs('duty', 'commander', 'staff', 'admin')
  @ApiOkResponse({ content: { 'text/csv': binary, [SHEET_TYPES.xlsx]: binary } })
  async write(
    @Query({ schema: ExportQuery }) query: ExportQuery,
    @SignedIn() by: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const plan = await this.incidents.plan(by, query);
    response.setHeader('Content-Type', SHEET_TYPES[query.format]);
    response.setHeader('Content-Disposition', `attachment; filename="incidents.${query.format}"`);
    await this.#whole(response, () => this.incidents.write(plan, response));
  }

  /** Every stored fix of a team, or of all teams of a scope, in a window of at most 24 h. */
  @Get('tracks')
  @Needs('duty', 'commander', 'staff', 'admin')
  @ApiOkResponse({ content: { 'text/csv': binary, 'application/gpx+xml': binary } })
  async writeTracks(
    @Query({ schema: TracksQuery }) { format, language, ...asked }: TracksQuery,
    @SignedIn() by: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const plan = await this.tracks.plan(by, asked, { format, language });
    response.setHeader('Content-Type', plan.file.type);
    response.setHeader('Content-Disposition', `attachment; filename="tracks.${format}"`);
    await this.#whole(response, () => this.tracks.write(plan, response));
  }

  /** A file that breaks off must not look whole. */
  async #whole(response: Response, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!response.headersSent) throw error;
      this.log.warn('exchange.export-broken', { error: causeOf(error).error });
      response.destroy();
    }
  }
}
