// In: due times that commands set and cancel in their own transaction. Out: the effect and the facts of each one that
// comes due, once, in one transaction with its mark.
// Never: a timer that only one process knows of; an effect without its mark; a say in what firing does.
import { Global, Module } from '@nestjs/common';
import { Clocks } from './clocks.js';
import { DueTimesSchedule } from './due-times.schedule.js';

@Global()
@Module({ providers: [Clocks, DueTimesSchedule], exports: [Clocks, DueTimesSchedule] })
export class ClocksModule {}
