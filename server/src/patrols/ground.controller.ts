import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  Beat,
  BeatChange,
  BeatDraft,
  Checkpoint,
  CheckpointChange,
  CheckpointDraft,
  FeatureImport,
  FeaturesImported,
  Id,
  pageOf,
  PatrolFeatures,
} from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs, TokenMay } from '../access/guard.js';
import { IdempotencyKey } from '../access/idempotency.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeBeat } from './change-beat.js';
import { ChangeCheckpoint } from './change-checkpoint.js';
import { GroundReader } from './ground-reader.js';
import { ImportFeatures } from './import-features.js';

const OfCentre = z.strictObject({ centre: Id.optional() });
type OfCentre = z.infer<typeof OfCentre>;

/** Beats and checkpoints: of a centre and all below it, the caller's own where none is asked for. */
@Controller('api')
export class GroundController {
  constructor(
    private readonly reader: GroundReader,
    private readonly changeBeat: ChangeBeat,
    private readonly changeCheckpoint: ChangeCheckpoint,
    private readonly importFeatures: ImportFeatures,
  ) {}

  @Get('beats')
  @ApiOkResponse({ standardSchema: pageOf(Beat) })
  @TokenMay('read')
  async beats(@Query({ schema: OfCentre }) { centre }: OfCentre, @SignedIn() by: Caller) {
    return { items: await this.reader.beats(by, centre), next: null };
  }

  @Post('beats')
  @ApiCreatedResponse({ standardSchema: Beat })
  @Needs('commander', 'admin', 'staff')
  createBeat(
    @Body({ schema: BeatDraft }) draft: BeatDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Beat> {
    return this.changeBeat.create(draft, by, key);
  }

  @Patch('beats/:id')
  @ApiOkResponse({ standardSchema: Beat })
  @Needs('commander', 'admin', 'staff')
  alterBeat(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: BeatChange }) change: BeatChange,
    @SignedIn() by: Caller,
  ): Promise<Beat> {
    return this.changeBeat.change(id, change, by);
  }

  @Get('checkpoints')
  @ApiOkResponse({ standardSchema: pageOf(Checkpoint) })
  @TokenMay('read')
  async checkpoints(@Query({ schema: OfCentre }) { centre }: OfCentre, @SignedIn() by: Caller) {
    return { items: await this.reader.checkpoints(by, centre), next: null };
  }

  @Post('checkpoints')
  @ApiCreatedResponse({ standardSchema: Checkpoint })
  @Needs('commander', 'admin', 'staff')
  createCheckpoint(
    @Body({ schema: CheckpointDraft }) draft: CheckpointDraft,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<Checkpoint> {
    return this.changeCheckpoint.create(draft, by, key);
  }

  @Patch('checkpoints/:id')
  @ApiOkResponse({ standardSchema: Checkpoint })
  @Needs('commander', 'admin', 'staff')
  alterCheckpoint(
    @Param('id', { schema: Id }) id: Id,
    @Body({ schema: CheckpointChange }) change: CheckpointChange,
    @SignedIn() by: Caller,
  ): Promise<Checkpoint> {
    return this.changeCheckpoint.change(id, change, by);
  }

  /** The same as GeoJSON, in the form that comes in again. */
  @Get('patrol-features')
  @ApiOkResponse({ standardSchema: PatrolFeatures })
  @TokenMay('read')
  features(
    @Query({ schema: OfCentre }) { centre }: OfCentre,
    @SignedIn() by: Caller,
  ): Promise<PatrolFeatures> {
    return this.reader.features(by, centre);
  }

  @Post('patrol-features')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: FeaturesImported })
  @Needs('commander', 'admin', 'staff')
  import(
    @Body({ schema: FeatureImport }) asked: FeatureImport,
    @SignedIn() by: Caller,
    @IdempotencyKey() key: string | null,
  ): Promise<FeaturesImported> {
    return this.importFeatures.run(asked, by, key);
  }
}
