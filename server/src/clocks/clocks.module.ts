// In: due times that commands set and cancel in their own transaction; limits of time and calendars that a city
// decides. Out: the effect and the facts of each one that
// comes due, once, in one transaction with its mark.
// Never: a timer that only one process knows of; an effect without its mark; a say in what firing does.
import { Global, Module } from '@nestjs/common';
import { ChangeClocks } from './change-clocks.js';
import { ClockBookRepository } from './clock-book.repository.js';
import { ClockBooks } from './clock-books.js';
import { ClockSettingsController } from './clock-settings.controller.js';
import { Clocks } from './clocks.js';
import { DueTimesSchedule } from './due-times.schedule.js';
import { TextErasureSchedule } from './text-erasure.schedule.js';

@Global()
@Module({
  controllers: [ClockSettingsController],
  providers: [ChangeClocks, ClockBookRepository, ClockBooks, Clocks, DueTimesSchedule, TextErasureSchedule],
  exports: [ClockBooks, Clocks, DueTimesSchedule, TextErasureSchedule],
})
export class ClocksModule {}
