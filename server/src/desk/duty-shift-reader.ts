import { Injectable } from '@nestjs/common';
import type { CentreId, DutyShift, DutyShiftAction, DutyShiftItem, HandoverSheet, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { ReadAudit } from '../access/read-audit.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { DutyShiftRepository } from './duty-shift.repository.js';
import { shiftActionsFor } from './duty-shift.rules.js';
import type { DutyShiftRow } from './duty-shift.table.js';
import { itemOf } from './duty-shift-view.js';
import { SheetReader } from './sheet-reader.js';

export interface ShiftsAsked {
  readonly centre: CentreId;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Shifts as one caller may see them: those of the own centre and of every centre below. */
@Injectable()
export class DutyShiftReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly shifts: DutyShiftRepository,
    private readonly sheets: SheetReader,
    private readonly database: Database,
    private readonly audit: ReadAudit,
  ) {}

  async list(
    by: Caller,
    { centre, limit, cursor }: ShiftsAsked,
  ): Promise<{ items: DutyShiftItem[]; next: string | null }> {
    this.access.requireAct(by, centre);
    const before = cursor === undefined ? undefined : parseCursor(cursor);
    const found = await this.shifts.list(centre, before, limit + 1);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    await this.audit.tell(by, { action: 'duty-shifts.read', subject: `centre:${centre}` });
    const items = rows.map((row) => itemOf(row, this.#actions(by, row)));
    return { items, next: found.length > limit && last ? cursorOf(last) : null };
  }

  /** @throws Fault `duty-shift.unknown`, whether it is foreign or unknown */
  async one(by: Caller, id: Id): Promise<DutyShift> {
    const shift = await this.database.snapshot(async (tx) =>
      this.view(tx, by, this.#readable(by, id, await this.shifts.find(tx, id))),
    );
    await this.audit.tell(by, { action: 'duty-shift.read', subject: `duty-shift:${id}` });
    return shift;
  }

  /** @throws Fault `duty-shift.unknown` `scope.denied` `duty-shift.stale` */
  async lockFor(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: Id; version: number },
  ): Promise<DutyShiftRow> {
    const shift = this.#readable(by, id, await this.shifts.lock(tx, id));
    this.requireAt(by.centre, shift);
    if (shift.version !== version)
      throw new Fault('duty-shift.stale', { seen: version, current: await this.view(tx, by, shift) });
    return shift;
  }

  /** A desk is kept by those who stand at its centre: nobody above signs for them. @throws Fault `scope.denied` */
  requireAt(seen: CentreId, { centre }: Pick<DutyShiftRow, 'centre'>): void {
    if (!this.tree.heirs(centre).includes(seen)) throw new Fault('scope.denied', { seen, wanted: centre });
  }

  /** Whether its centre still keeps a desk, so that another shift can follow. */
  isOpen({ centre }: Pick<DutyShiftRow, 'centre'>): boolean {
    return this.tree.get(centre)?.closedAt === null;
  }

  /** The sheet of a running shift as it would be drawn up now. */
  sheetNow(tx: EntityManager, shift: DutyShiftRow): Promise<HandoverSheet> {
    return this.sheets.draw(tx, shift);
  }

  /** The shift of a centre before the one that begins. */
  async lastOf(tx: EntityManager, centre: CentreId): Promise<Id | null> {
    return (await this.shifts.last(tx, centre))?.id ?? null;
  }

  async view(tx: EntityManager, by: Caller, shift: DutyShiftRow): Promise<DutyShift> {
    const sheet = await this.sheets.of(tx, shift);
    return { ...itemOf(shift, this.#actions(by, shift)), ...sheet };
  }

  #readable(by: Caller, id: Id, shift: DutyShiftRow | null): DutyShiftRow {
    if (!shift || !this.access.mayRead(by, shift.seenBy)) throw new Fault('duty-shift.unknown', { id });
    return shift;
  }

  #actions(by: Caller, shift: DutyShiftRow): DutyShiftAction[] {
    return this.tree.heirs(shift.centre).includes(by.centre) ? shiftActionsFor(shift, by.account) : [];
  }
}

const cursorOf = ({ since, id }: DutyShiftRow): string => Buffer.from(`${since}.${id}`).toString('base64url');

function parseCursor(cursor: string): { at: number; id: Id } {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined)
    throw new Fault('request.malformed', { field: 'cursor', wanted: 'the `next` of the page before' });
  return { at: Number(at), id };
}
