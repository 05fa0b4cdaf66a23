import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { accountTable } from './access/account.table.js';
import { tokenTable } from './access/token.table.js';
import { ClocksModule } from './clocks/clocks.module.js';
import { dutyShiftTable } from './desk/duty-shift.table.js';
import { DeskModule } from './desk/desk.module.js';
import { INSTRUCTION_TABLES } from './desk/instruction.table.js';
import { DemoModule } from './demo/demo.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { INCIDENT_TABLES } from './incidents/incident.table.js';
import { JournalModule } from './journal/journal.module.js';
import { LiveModule } from './live/live.module.js';
import { dutyLevelTable } from './patrols/duty-level.table.js';
import { GROUND_TABLES } from './patrols/ground.table.js';
import { FORCE_REQUEST_TABLES } from './patrols/force-request.table.js';
import { PATROL_SHIFT_TABLES } from './patrols/patrol-shift.table.js';
import { PatrolsModule } from './patrols/patrols.module.js';
import { PlacesModule } from './places/places.module.js';
import type { Config } from './platform/config.js';
import { PlatformModule } from './platform/platform.module.js';
import { PositionsModule } from './positions/positions.module.js';
import { ResponseModule } from './response/response.module.js';
import { ALERT_TABLES } from './risk/alert.table.js';
import { RiskModule } from './risk/risk.module.js';
import { TeamsModule } from './teams/teams.module.js';
import { deviceTable } from './teams/device.table.js';
import { sosTable } from './teams/sos.table.js';
import { teamTable } from './teams/team.table.js';

const TABLES = [
  accountTable,
  tokenTable,
  teamTable,
  deviceTable,
  sosTable,
  ...PATROL_SHIFT_TABLES,
  dutyLevelTable,
  ...GROUND_TABLES,
  ...FORCE_REQUEST_TABLES,
  ...INCIDENT_TABLES,
  ...ALERT_TABLES,
  dutyShiftTable,
  ...INSTRUCTION_TABLES,
];

/** The folders in their order: each may import only those above it. */
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
        PatrolsModule,
        IncidentsModule,
        ResponseModule,
        RiskModule,
        DeskModule,
        ExchangeModule,
        LiveModule,
        ...(config.demo ? [DemoModule] : []),
      ],
    };
  }
}
