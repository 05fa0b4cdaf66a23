import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { accessTables } from './access/access.tables.js';
import { ClocksModule } from './clocks/clocks.module.js';
import { DemoModule } from './demo/demo.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { JournalModule } from './journal/journal.module.js';
import { LiveModule } from './live/live.module.js';
import { PlacesModule } from './places/places.module.js';
import type { Config } from './platform/config.js';
import { PlatformModule } from './platform/platform.module.js';
import { PositionsModule } from './positions/positions.module.js';
import { RiskModule } from './risk/risk.module.js';
import { TeamsModule } from './teams/teams.module.js';
import { TABLES } from './tables.js';

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, TABLES),
        AccessModule,
        JournalModule,
        ClocksModule,
        PlacesModule,
        TeamsModule,
        PositionsModule,
        IncidentsModule,
        RiskModule,
        LiveModule,
        ...(config.demo ? [DemoModule] : []),
      ],
    };
  }
}
