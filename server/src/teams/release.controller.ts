import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Force, FORCES, ForceRelease, ForceReleases, ReleaseChange } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { LiaisonMay, Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ReleaseRepository } from './release.repository.js';
import { SetRelease } from './set-release.js';

@Controller('api/force-releases')
@LiaisonMay()
export class ReleaseController {
  constructor(
    private readonly releases: ReleaseRepository,
    private readonly setRelease: SetRelease,
  ) {}

  /** What each force releases of its teams: positions and headcounts. */
  @Get()
  @ApiOkResponse({ standardSchema: ForceReleases })
  async list(): Promise<{ items: ForceRelease[] }> {
    const releases = await this.releases.all();
    return { items: FORCES.map((force) => releases[force]) };
  }

  @Patch(':force')
  @ApiOkResponse({ standardSchema: ForceRelease })
  @Needs('admin')
  change(
    @Param('force', { schema: Force }) force: Force,
    @Body({ schema: ReleaseChange }) change: ReleaseChange,
    @SignedIn() by: Caller,
  ): Promise<ForceRelease> {
    return this.setRelease.run(force, change, by);
  }
}
