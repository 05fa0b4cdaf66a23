// In: drafts of facts from commands, inside their transaction. Out: numbered entries, the pictures of all scopes.
// Never: an emit, a room, a socket; a fact without its state; a number that was not given at commit.
import { Global, Module } from '@nestjs/common';
import { Journal } from './journal.js';
import { JournalController } from './journal.controller.js';
import { JournalSchedule } from './journal.schedule.js';
import { Resume } from './resume.js';
import { Tailer } from './tailer.js';

@Global()
@Module({
  controllers: [JournalController],
  providers: [Journal, JournalSchedule, Tailer, Resume],
  exports: [Journal, Tailer, Resume],
})
export class JournalModule {}
