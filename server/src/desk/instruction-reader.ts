import { Injectable } from '@nestjs/common';
import type { CentreId, Id, Instruction, InstructionQuery } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { ReadAudit } from '../access/read-audit.js';
import { Fault } from '../platform/fault.js';
import { InstructionRepository } from './instruction.repository.js';
import type { Side } from './instruction.rules.js';
import type { InstructionRow } from './instruction.table.js';
import { instructionOf } from './instruction-view.js';

/** Instructions as one caller may see them: both sides, and those above. */
@Injectable()
export class InstructionReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly instructions: InstructionRepository,
    private readonly audit: ReadAudit,
  ) {}

  /** @throws Fault `instruction.unknown`, whether it is foreign or unknown */
  async one(by: Caller, id: Id): Promise<Instruction> {
    const row = this.#readable(by, id, await this.instructions.find(id));
    const [found] = await this.views(by, [row]);
    await this.audit.tell(by, { action: 'instruction.read', subject: `instruction:${id}` });
    if (!found) throw new Fault('instruction.unknown', { id });
    return found;
  }

  /** @throws Fault `centre.unknown` for a centre beyond the caller's subtree */
  async list(
    by: Caller,
    { box, centre = by.centre, parent, open, limit, cursor }: InstructionQuery,
  ): Promise<{ items: Instruction[]; next: string | null }> {
    this.access.requireAct(by, centre);
    const filter = {
      scope: by.centre,
      sender: box === 'sent' ? centre : undefined,
      recipient: box === 'received' ? centre : undefined,
      parent,
      open,
      before: cursor === undefined ? undefined : parseCursor(cursor),
    };
    const found = await this.instructions.list(filter, limit + 1);
    const rows = found.slice(0, limit);
    await this.audit.tell(by, { action: 'instructions.read', subject: `centre:${centre}` });
    const last = rows.at(-1);
    return { items: await this.views(by, rows), next: found.length > limit && last ? cursorOf(last) : null };
  }

  /** @throws Fault `instruction.unknown` `instruction.stale` */
  async lockFor(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: Id; version: number },
  ): Promise<InstructionRow> {
    const row = this.#readable(by, id, await this.instructions.lock(tx, id));
    if (row.version === version) return row;
    const [current] = await this.views(by, [row], tx);
    const last = current?.timeline.at(-1);
    throw new Fault('instruction.stale', {
      seen: version,
      current,
      changedBy: last?.by ?? null,
      changedAt: last?.at ?? null,
    });
  }

  /** Nobody signs or answers for another centre, nor speaks for the one that sent it. */
  sideOf({ centre }: Caller, { sender, recipient }: InstructionRow): Side {
    if (this.tree.heirs(recipient).includes(centre)) return 'recipient';
    return this.tree.heirs(sender).includes(centre) ? 'sender' : null;
  }

  /** @throws Fault `instruction.not-below` when one of them is closed, beside or above; `centre.unknown` when unseen */
  requireBelow(by: Caller, centres: readonly CentreId[]): void {
    for (const id of centres) {
      this.access.requireAct(by, id);
      const isOpen = this.tree.get(id)?.closedAt === null;
      if (id === by.centre || !isOpen) throw new Fault('instruction.not-below', { id, from: by.centre });
    }
  }

  async views(by: Caller, rows: readonly InstructionRow[], tx?: EntityManager): Promise<Instruction[]> {
    const words = await this.instructions.wordsOf(rows, tx);
    return rows.map((row) => instructionOf(row, words, this.sideOf(by, row)));
  }

  #readable(by: Caller, id: Id, row: InstructionRow | null): InstructionRow {
    if (!row || !this.access.mayRead(by, row.seenBy)) throw new Fault('instruction.unknown', { id });
    return row;
  }
}

const cursorOf = ({ sentAt, id }: InstructionRow): string =>
  Buffer.from(`${sentAt}.${id}`).toString('base64url');

function parseCursor(cursor: string): { at: number; id: Id } {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined)
    throw new Fault('request.malformed', { field: 'cursor', wanted: 'the `next` of the page before' });
  return { at: Number(at), id };
}
