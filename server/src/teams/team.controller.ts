import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { Id, pageOf, Team, TeamChange, TeamDraft, TEAM_STATUSES, type TeamStatus } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { HandheldMay, LiaisonMay, Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeTeam } from './change-team.js';
import { CreateTeam } from './create-team.js';
import { TeamLookup } from './team-lookup.js';

const isStatus = (text: string): text is TeamStatus => (TEAM_STATUSES as readonly string[]).includes(text);

/** `status` may name several, with commas; `centre` takes teams whose home it is or lies below it. */
const TeamQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Id.optional(),
  scope: Id.optional(),
  centre: Id.optional(),
  status: z
    .string()
    .transform((text) => text.split(','))
    .refine((texts) => texts.every(isStatus), `expected some of ${TEAM_STATUSES.join(', ')}`)
    .transform((texts) => texts.filter(isStatus))
    .optional(),
  closed: z.stringbool().default(false),
});
type TeamQuery = z.infer<typeof TeamQuery>;

@Controller('api/teams')
export class TeamController {
  constructor(
    private readonly lookup: TeamLookup,
    private readonly createTeam: CreateTeam,
    private readonly changeTeam: ChangeTeam,
  ) {}

  @Get()
  @LiaisonMay()
  @ApiOkResponse({ standardSchema: pageOf(Team) })
  @TokenMay('read', 'import')
  list(
    @Query({ schema: TeamQuery }) query: TeamQuery,
    @SignedIn() caller: Caller,
  ): Promise<{ items: Team[]; next: string | null }> {
    return this.lookup.list(query, caller);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: Team })
  @TokenMay('read', 'import')
  async one(@Param('id', { schema: Id }) id: Id, @SignedIn() caller: Caller): Promise<Team> {
    return this.lookup.view(await this.lookup.read(id, caller));
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: Team })
  @Needs('admin', 'commander')
  @TokenMay('import')
  create(
    @Body({ schema: TeamDraft }) draft: TeamDraft,
    @SignedIn() caller: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Team> {
    return this.createTeam.run(draft, caller, key);
  }

  @Patch(':id')
  @HandheldMay()
  @ApiOkResponse({ standardSchema: Team })
  change(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: TeamChange }) change: TeamChange,
    @SignedIn() caller: Caller,
  ): Promise<Team> {
    return this.changeTeam.run(id, change, caller);
  }
}
