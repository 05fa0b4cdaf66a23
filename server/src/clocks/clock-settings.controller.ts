import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Calendar, CalendarFile, ClockChange, ClockSettings } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { Needs } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { ChangeClocks } from './change-clocks.js';
import { ClockBookRepository } from './clock-book.repository.js';

const Year = z
  .string()
  .regex(/^\d{4}$/, 'expected a year')
  .transform(Number);

@Controller('api')
export class ClockSettingsController {
  constructor(
    private readonly clocks: ChangeClocks,
    private readonly kept: ClockBookRepository,
  ) {}

  /** Limits of time, hours of work, what else is decided about the flow, and the years with a calendar. */
  @Get('clocks')
  @ApiOkResponse({ standardSchema: ClockSettings })
  read(): Promise<ClockSettings> {
    return this.clocks.read();
  }

  @Post('clocks')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ClockSettings })
  @Needs('admin')
  change(@Body({ schema: ClockChange }) change: ClockChange, @SignedIn() by: Caller): Promise<ClockSettings> {
    return this.clocks.change(change, by);
  }

  @Get('calendars/:year')
  @ApiOkResponse({ standardSchema: Calendar })
  async year(@Param('year', { schema: Year }) year: number): Promise<Calendar> {
    return { year, days: await this.kept.days(year) };
  }

  @Post('calendars')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Calendar })
  @Needs('admin')
  importYear(@Body({ schema: CalendarFile }) file: CalendarFile, @SignedIn() by: Caller): Promise<Calendar> {
    return this.clocks.importYear(file, by);
  }
}
