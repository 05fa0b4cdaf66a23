import { Controller, Get, Header, Param, Post, Res, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Evidence, EVIDENCE_ROLES, EVIDENCE_TYPES, EvidenceList, Id } from '@app/shared';
import type { Response } from 'express';
import type { Caller } from '../access/caller.js';
import { HandheldMay, Needs } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { Fault } from '../platform/fault.js';
import { EvidenceReader } from './evidence-reader.js';
import { KeepEvidence } from './keep-evidence.js';

const binary = { type: 'string', format: 'binary' } as const;
const BINARIES = Object.fromEntries(Object.keys(EVIDENCE_TYPES).map((type) => [type, { schema: binary }]));

@Controller('api')
@Needs(...EVIDENCE_ROLES)
export class EvidenceController {
  constructor(
    private readonly keep: KeepEvidence,
    private readonly reader: EvidenceReader,
  ) {}

  @Get('incidents/:id/evidence')
  @ApiOkResponse({ standardSchema: EvidenceList })
  async list(@Param('id', { schema: Id }) id: Id, @SignedIn() by: Caller): Promise<EvidenceList> {
    return { items: await this.reader.list(by, id) };
  }

  /** One photograph or file, as the part `file` of a form; metadata is taken out of pictures. */
  @Post('incidents/:id/evidence')
  @HandheldMay()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: binary } } })
  @ApiCreatedResponse({ standardSchema: Evidence })
  @UseInterceptors(FileInterceptor('file'))
  add(
    @Param('id', { schema: Id }) id: Id,
    @UploadedFile() file: { originalname: string; buffer: Buffer } | undefined,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Evidence> {
    if (!file || file.buffer.length === 0)
      throw new Fault('request.malformed', { field: 'file', wanted: 'a file that is not empty' });
    return this.keep.run(by, id, { name: file.originalname, bytes: file.buffer }, key);
  }

  /** The content. Whatever it is, a browser neither runs it nor opens it on this origin by itself. */
  @Get('evidence/:id')
  @ApiOkResponse({ content: BINARIES })
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  @Header('Cross-Origin-Resource-Policy', 'same-origin')
  async read(
    @Param('id', { schema: Id }) id: Id,
    @SignedIn() by: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const { row, bytes } = await this.reader.read(by, id);
    response.setHeader('Content-Type', row.type);
    response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`);
    response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}
