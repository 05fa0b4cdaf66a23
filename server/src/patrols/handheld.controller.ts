import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { CheckIn, CheckInDraft, Handheld, HandheldCall, HandheldDevice } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { HandheldMay, Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ClockBooks } from '../clocks/clock-books.js';
import { EnrolHandheld } from '../teams/enrol-handheld.js';
import { HandheldReader } from './handheld-reader.js';
import { ownTeam } from './own-team.js';
import { TakeCheckIn } from './take-check-in.js';

/** What only the handheld of a team asks. */
@Controller('api')
@Needs('team')
@HandheldMay()
export class HandheldController {
  constructor(
    private readonly reader: HandheldReader,
    private readonly books: ClockBooks,
    private readonly takeCheckIn: TakeCheckIn,
    private readonly enrol: EnrolHandheld,
  ) {}

  /** Says that it is there, and is told its shift, its plan and its record. */
  @Post('handheld')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Handheld })
  async call(
    @Body({ schema: HandheldCall }) { device }: HandheldCall,
    @SignedIn() by: Caller,
  ): Promise<Handheld> {
    const { flow } = await this.books.current();
    return { ...(await this.reader.read(by, device)), evidence: flow.evidence };
  }

  /** Says yes to telling where the team is from this machine. */
  @Post('handheld/positions')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: HandheldDevice })
  async positions(
    @Body({ schema: HandheldCall }) { device }: HandheldCall,
    @SignedIn() by: Caller,
  ): Promise<HandheldDevice> {
    return { device: await this.enrol.run(by, ownTeam(by).team, device) };
  }

  @Post('check-ins')
  @ApiCreatedResponse({ standardSchema: CheckIn })
  checkIn(@Body({ schema: CheckInDraft }) draft: CheckInDraft, @SignedIn() by: Caller): Promise<CheckIn> {
    return this.takeCheckIn.run(draft, by);
  }
}
