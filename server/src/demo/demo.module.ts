// In: the demo city's seed, a person's wish to drive. Out: a city with a past, the drive card.
// Never: a route outside the demo; the simulator, which is a process of its own and a client of the public doors.
import { Module } from '@nestjs/common';
import { ChangeDrive } from './change-drive.js';
import { DriveController } from './drive.controller.js';

@Module({ controllers: [DriveController], providers: [ChangeDrive] })
export class DemoModule {}
