// In: the tailer's entries, the fleet, screens that join. Out: journal, positions, roster, pulse, aside, notice.
// Never: a fact of its own; an emit outside wall.gateway.ts; a byte to a scope that is not in `seenBy`.
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { PositionsModule } from '../positions/positions.module.js';
import { AsideAudience } from './aside-audience.js';
import { DoubtGateway } from './doubt.gateway.js';
import { FleetTicker } from './fleet-ticker.js';
import { FrameGrids } from './frame-grids.js';
import { PulseSchedule } from './pulse.schedule.js';
import { Rooms } from './rooms.js';
import { WallGateway } from './wall.gateway.js';

@Module({
  imports: [AccessModule, PositionsModule],
  providers: [AsideAudience, DoubtGateway, FleetTicker, FrameGrids, PulseSchedule, Rooms, WallGateway],
})
export class LiveModule {}
