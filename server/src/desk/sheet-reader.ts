import { Injectable } from '@nestjs/common';
import type { AlertCard, HandoverSheet, IncidentCard, InstructionCard, Kind, SheetChange } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreLists } from '../access/centre-lists.js';
import { readScopePicture } from '../journal/journal.query.js';
import { Clock } from '../platform/clock.js';
import { DutyLogRepository } from './duty-log.repository.js';
import { EQUIPMENT_LISTS } from './equipment-list.rules.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import type { DutyShiftRow } from './duty-shift.table.js';
import { changesBetween, drawSheet, wholeSheet } from './sheet.rules.js';

const KINDS: readonly Kind[] = ['incident', 'alert', 'instruction'];

/** Draws up handover sheets from what is true: the centre's picture at a numbered moment, and its own log. */
@Injectable()
export class SheetReader {
  constructor(
    private readonly shifts: DutyShiftRepository,
    private readonly log: DutyLogRepository,
    private readonly lists: CentreLists,
    private readonly clock: Clock,
  ) {}

  /** The sheet of a running shift as it is now. */
  async draw(tx: EntityManager, { centre }: Pick<DutyShiftRow, 'centre'>): Promise<HandoverSheet> {
    const { seq, items } = await readScopePicture(tx, centre, KINDS);
    const matters = await this.log.openMatters(tx, centre);
    const last = await this.shifts.lastDrawn(tx, centre);
    const equipment = await this.lists.items(tx, EQUIPMENT_LISTS, centre);
    const found = {
      seq,
      equipment,
      incidents: items.filter(({ kind }) => kind === 'incident').map(({ card }) => card as IncidentCard),
      alerts: items.filter(({ kind }) => kind === 'alert').map(({ card }) => card as AlertCard),
      instructions: items
        .filter(({ kind }) => kind === 'instruction')
        .map(({ card }) => card as InstructionCard)
        .filter(({ from, to }) => from === centre || to === centre),
      matters: matters.map(({ id, number, text, by, occurredAt }) => ({
        id,
        number,
        text,
        by,
        at: occurredAt.toISOString(),
      })),
    };
    const before = last?.sheet ? wholeSheet(last.sheet, last.after) : null;
    return drawSheet(found, before, this.clock.now());
  }

  /** The sheet of any shift: as signed with what changed since, or as it would be now. */
  async of(
    tx: EntityManager,
    shift: DutyShiftRow,
  ): Promise<{ sheet: HandoverSheet; isSigned: boolean; after: SheetChange | null }> {
    const { sheet, signedAt, after, state } = shift;
    const isSigned = signedAt !== null;
    if (state === 'handing' && sheet)
      return { sheet, isSigned, after: changesBetween(sheet, await this.draw(tx, shift)) };
    return { sheet: sheet ?? (await this.draw(tx, shift)), isSigned, after };
  }
}
