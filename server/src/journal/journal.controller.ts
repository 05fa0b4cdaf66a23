import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Id, JournalEntry, LeftEntry } from '@app/shared';
import { z } from 'zod';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { Fault } from '../platform/fault.js';
import { formatCursor } from './cursor.js';
import { toldTo } from './pictures.js';
import { Resume } from './resume.js';
import { Tailer } from './tailer.js';

const JournalQuery = z.strictObject({ scope: Id, after: z.string().max(60).optional() });
type JournalQuery = z.infer<typeof JournalQuery>;

const JournalAnswer = z.object({
  scope: Id,
  mode: z.enum(['snapshot', 'resume']),
  cursor: z.string(),
  digest: z.string(),
  snapshot: z
    .array(
      z.object({
        kind: z.string(),
        id: z.string(),
        version: z.number().int(),
        card: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
  items: z.array(z.union([JournalEntry, LeftEntry])),
});
type JournalAnswer = z.infer<typeof JournalAnswer>;

/** The durable lane over HTTP, for partners: the same resume or snapshot that a screen gets. */
@Controller('api/journal')
export class JournalController {
  constructor(
    private readonly access: Access,
    private readonly tailer: Tailer,
    private readonly resume: Resume,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: JournalAnswer })
  @TokenMay('read')
  async read(
    @Query({ schema: JournalQuery }) { scope, after }: JournalQuery,
    @SignedIn() caller: Caller,
  ): Promise<JournalAnswer> {
    this.access.requireScope(caller, scope);
    await this.tailer.poll();
    if (!this.tailer.isConfirmed) throw new Fault('service.unavailable', { part: 'database' });
    const backlog = await this.resume.read(scope, after);
    const { pictures } = this.tailer;
    const rest = backlog && pictures.after(backlog.upTo);
    const at = { scope, cursor: formatCursor(pictures.head), digest: pictures.of(scope).digest.hex() };
    if (!backlog || !rest)
      return { ...at, mode: 'snapshot', snapshot: [...pictures.of(scope).items()], items: [] };
    const items = [...backlog.entries, ...rest].flatMap((entry) => toldTo(entry, scope) ?? []);
    return { ...at, mode: 'resume', items };
  }
}
