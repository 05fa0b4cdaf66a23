// In: the demo city's seed, a person's wish to drive. Out: a city with a past and a present, the drive card.
// Never: a route outside the demo; the simulator, which is a process of its own and a client of the public doors.
import { Module } from '@nestjs/common';
import { DeskModule } from '../desk/desk.module.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { ChangeDrive } from './change-drive.js';
import { DriveController } from './drive.controller.js';
import { PlayPresent } from './play-present.js';
import { PresentCast } from './present-cast.js';
import { DeskDeeds } from './present-desk.js';
import { IncidentDeeds } from './present-story.js';

@Module({
  imports: [DeskModule, IncidentsModule],
  controllers: [DriveController],
  providers: [ChangeDrive, DeskDeeds, IncidentDeeds, PlayPresent, PresentCast],
})
export class DemoModule {}
