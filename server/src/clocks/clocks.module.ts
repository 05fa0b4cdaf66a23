// In: due times that commands set and cancel in their own transaction; limits of time, calendars and what
// a city adds to the flow. Out: the effect and the facts of each one that
// comes due, once, in one transaction with its mark.
// Never: a timer that only one process knows of; an effect without its mark; a say in what firing does.
import { Global, Module } from '@nestjs/common';
import { ChangeClocks } from './change-clocks.js';
import { ChangeFlowRules } from './change-flow-rules.js';
import { ClockBookRepository } from './clock-book.repository.js';
import { ClockBooks } from './clock-books.js';
import { ClockSettingsController } from './clock-settings.controller.js';
import { Clocks } from './clocks.js';
import { DueTimesSchedule } from './due-times.schedule.js';
import { FlowRuleController } from './flow-rule.controller.js';
import { FlowRuleRepository } from './flow-rule.repository.js';
import { TextErasureSchedule } from './text-erasure.schedule.js';

@Global()
@Module({
  controllers: [ClockSettingsController, FlowRuleController],
  providers: [
    ChangeClocks,
    ChangeFlowRules,
    ClockBookRepository,
    ClockBooks,
    Clocks,
    DueTimesSchedule,
    FlowRuleRepository,
    TextErasureSchedule,
  ],
  exports: [ClockBooks, Clocks, DueTimesSchedule, TextErasureSchedule],
})
export class ClocksModule {}
