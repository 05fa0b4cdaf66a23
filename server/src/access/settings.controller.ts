import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { LANGUAGES, Settings, toInstant } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Open } from './guard.js';
import { readLevels } from './levels.js';
import { productVersion } from './product-version.js';
import { SettingRepository } from './setting.repository.js';

const VERSION = productVersion();

@Controller('api/settings')
export class SettingsController {
  constructor(
    private readonly settings: SettingRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What a screen must know before anybody is signed in. */
  @Open()
  @Get()
  @ApiOkResponse({ standardSchema: Settings })
  async read(): Promise<Settings> {
    const { demo, timeZone, mapboxToken } = this.config;
    return {
      engine: mapboxToken === null ? 'maplibre' : 'mapbox',
      demo,
      timeZone,
      levels: await readLevels(this.settings),
      languages: [...LANGUAGES],
      ...(mapboxToken === null ? {} : { mapboxToken }),
      version: VERSION,
      serverNow: toInstant(this.clock.now()),
    };
  }
}
