// In: the demo city's seed, a person's wish to drive. Out: a city with a past, a present and shifts for the days to come, the drive card.
// Never: a route outside the demo; the simulator, which is a process of its own and a client of the public doors.
import { Module } from '@nestjs/common';
import { DeskModule } from '../desk/desk.module.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { ChangeDrive } from './change-drive.js';
import { DriveController } from './drive.controller.js';
import { PatrolsModule } from '../patrols/patrols.module.js';
import { PlanAheadSchedule } from './plan-ahead.schedule.js';
import { PatrolCast } from './patrol-cast.js';
import { ForceDeeds, PatrolDeeds, VisitDeeds } from './patrol-deeds.js';
import { PlayPresent } from './play-present.js';
import { PlanPatrol } from './plan-patrol.js';
import { PresentCast } from './present-cast.js';
import { DeskDeeds } from './present-desk.js';
import { PresentPatrol } from './present-patrol.js';
import { IncidentDeeds } from './present-story.js';

@Module({
  imports: [DeskModule, IncidentsModule, PatrolsModule],
  controllers: [DriveController],
  providers: [
    ChangeDrive,
    DeskDeeds,
    ForceDeeds,
    IncidentDeeds,
    PatrolCast,
    PatrolDeeds,
    PlanAheadSchedule,
    PlayPresent,
    PlanPatrol,
    PresentCast,
    PresentPatrol,
    VisitDeeds,
  ],
})
export class DemoModule {}
