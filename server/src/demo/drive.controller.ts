import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse } from '@nestjs/swagger';
import { DrillAsk, DriveCard, DriveChange } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeDrive } from './change-drive.js';

/** Who drives the demo city, and exercises in it. Only the demo has these routes. */
@Controller('api')
export class DriveController {
  constructor(private readonly change: ChangeDrive) {}

  /** 人工接管 and back. */
  @Post('drive')
  @ApiCreatedResponse({ standardSchema: DriveCard })
  @Needs('duty', 'commander', 'admin')
  drive(@Body({ schema: DriveChange }) change: DriveChange, @SignedIn() caller: Caller): Promise<DriveCard> {
    return this.change.drive(change, caller);
  }

  /** 演练: an outbreak at a chosen place. */
  @Post('drill')
  @ApiCreatedResponse({ standardSchema: DriveCard })
  @Needs('duty', 'commander', 'admin')
  drill(@Body({ schema: DrillAsk }) ask: DrillAsk, @SignedIn() caller: Caller): Promise<DriveCard> {
    return this.change.drill(ask, caller);
  }
}
