// In: what a duty desk writes down, signs, takes over and sends below. Out: logs, handover sheets and the words of
// instructions over HTTP; the facts of shifts and instructions in the journal.
// Never: a word that somebody wrote in the journal or the picture; a line of a log that is changed or taken away, but
// for words that are erased; a
// handover signed by one person alone; an instruction upwards or sideways.
import { Module, type OnModuleInit } from '@nestjs/common';
import { Audiences } from '../access/audiences.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { PatrolsModule } from '../patrols/patrols.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { ActionCardController } from './action-card.controller.js';
import { ActionCardGuard } from './action-card-guard.js';
import { ActionCardReader } from './action-card-reader.js';
import { ActionCardRepository } from './action-card.repository.js';
import { AdvanceDutyShift } from './advance-duty-shift.js';
import { AdvanceInstruction } from './advance-instruction.js';
import { BeginDutyShift } from './begin-duty-shift.js';
import { ChangeActionCard } from './change-action-card.js';
import { ChecklistController } from './checklist.controller.js';
import { DeskEraser } from './desk-eraser.js';
import { DeskErasureSchedule } from './desk-erasure.schedule.js';
import { DeskHints } from './desk-hints.js';
import { DeskLinks } from './desk-links.js';
import { DeskTextsRepository } from './desk-texts.repository.js';
import { DutyLogController } from './duty-log.controller.js';
import { DutyLogDesk } from './duty-log-desk.js';
import { DutyLogReader } from './duty-log-reader.js';
import { DutyLogRepository } from './duty-log.repository.js';
import { DutyShiftClock } from './duty-shift-clock.js';
import { DutyShiftController } from './duty-shift.controller.js';
import { DutyShiftDesk } from './duty-shift-desk.js';
import { DutyShiftReader } from './duty-shift-reader.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { EquipmentController } from './equipment.controller.js';
import { EraseText } from './erase-text.js';
import { ErasureController } from './erasure.controller.js';
import { InstructionClock } from './instruction-clock.js';
import { InstructionController } from './instruction.controller.js';
import { InstructionDesk } from './instruction-desk.js';
import { InstructionReader } from './instruction-reader.js';
import { InstructionRepository } from './instruction.repository.js';
import { SendInstructions } from './send-instructions.js';
import { SheetReader } from './sheet-reader.js';
import { SheetRedaction } from './sheet-redaction.js';
import { TickActionCard } from './tick-action-card.js';
import { WriteDutyLog } from './write-duty-log.js';

@Module({
  imports: [IncidentsModule, PatrolsModule, RiskModule],
  controllers: [
    ActionCardController,
    ChecklistController,
    DutyLogController,
    DutyShiftController,
    EquipmentController,
    ErasureController,
    InstructionController,
  ],
  providers: [
    ActionCardGuard,
    ActionCardReader,
    ActionCardRepository,
    AdvanceDutyShift,
    AdvanceInstruction,
    BeginDutyShift,
    ChangeActionCard,
    DeskEraser,
    DeskErasureSchedule,
    DeskHints,
    DeskLinks,
    DeskTextsRepository,
    DutyLogDesk,
    DutyLogReader,
    DutyLogRepository,
    DutyShiftClock,
    DutyShiftDesk,
    DutyShiftReader,
    DutyShiftRepository,
    EraseText,
    InstructionClock,
    InstructionDesk,
    InstructionReader,
    InstructionRepository,
    SendInstructions,
    SheetReader,
    SheetRedaction,
    TickActionCard,
    WriteDutyLog,
  ],
  exports: [AdvanceDutyShift, AdvanceInstruction, BeginDutyShift, SendInstructions, WriteDutyLog],
})
export class DeskModule implements OnModuleInit {
  constructor(
    private readonly audiences: Audiences,
    private readonly shifts: DutyShiftRepository,
    private readonly instructions: InstructionRepository,
  ) {}

  onModuleInit(): void {
    this.audiences.registerRewrite((tx, tree) => this.shifts.rewriteAudiences(tx, tree));
    this.audiences.registerParties('instruction', (tx, ids) => this.instructions.partiesOf(tx, ids));
    this.audiences.registerRewrite((tx, tree) => this.instructions.rewriteAudiences(tx, tree));
  }
}
