import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { DutyLevel, DutyLevelDraft, DutyLevelLift, Id, LevelEffects, pageOf, toInstant } from '@app/shared';
import { z } from 'zod';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { Clock } from '../platform/clock.js';
import { DutyLevelRepository } from './duty-level.repository.js';
import { dutyLevelView } from './duty-level-view.js';
import { LevelBook } from './level-book.js';
import { SetLevel } from './set-level.js';

const EffectQuery = z.strictObject({ centre: Id.optional() });
const LevelQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) });

@Controller('api/duty-levels')
export class DutyLevelController {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly levels: DutyLevelRepository,
    private readonly book: LevelBook,
    private readonly setLevel: SetLevel,
    private readonly clock: Clock,
  ) {}

  /** Levels that bind the caller's centre or one below it, newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(DutyLevel) })
  @TokenMay('read')
  async list(
    @Query({ schema: LevelQuery }) { limit }: z.infer<typeof LevelQuery>,
    @SignedIn() by: Caller,
  ): Promise<{ items: DutyLevel[]; next: null }> {
    const rows = await this.levels.list(by.centre, limit);
    const mayAct = (centre: string) => by.role === 'commander' && this.access.mayAct(by, centre);
    return { items: rows.map((row) => dutyLevelView(row, mayAct(row.centre))), next: null };
  }

  /** What holds now at a centre and at those right below it, and how far the patrol meets it. */
  @Get('effect')
  @ApiOkResponse({ standardSchema: LevelEffects })
  @TokenMay('read')
  async effect(
    @Query({ schema: EffectQuery }) { centre }: z.infer<typeof EffectQuery>,
    @SignedIn() by: Caller,
  ): Promise<LevelEffects> {
    const at = centre ?? by.centre;
    this.access.requireAct(by, at);
    const items = await this.book.effects([at, ...this.tree.children(at)]);
    return { items, at: toInstant(this.clock.now()) };
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: DutyLevel })
  @Needs('commander')
  create(
    @Body({ schema: DutyLevelDraft }) draft: DutyLevelDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<DutyLevel> {
    return this.setLevel.set(draft, by, key);
  }

  @Post(':id/lift')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: DutyLevel })
  @Needs('commander')
  lift(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: DutyLevelLift }) lift: DutyLevelLift,
    @SignedIn() by: Caller,
  ): Promise<DutyLevel> {
    return this.setLevel.lift(id, lift, by);
  }
}
