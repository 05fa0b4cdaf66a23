import { Injectable } from '@nestjs/common';
import { type CentreId, ENDED_INSTRUCTION_STATES, type Id, type IncidentId } from '@app/shared';
import { type EntityManager, In } from 'typeorm';
import type { Parties } from '../access/audiences.js';
import type { CentreTree } from '../access/centre-tree.js';
import { Database } from '../platform/database.js';
import {
  type InstructionRow,
  instructionTable,
  type InstructionTextRow,
  instructionTextTable,
  type InstructionTimelineRow,
  instructionTimelineTable,
} from './instruction.table.js';

export interface InstructionFilter {
  /** Whose eyes it is seen with. */
  readonly scope: CentreId;
  readonly sender: CentreId | undefined;
  readonly recipient: CentreId | undefined;
  readonly parent: Id | undefined;
  readonly open: boolean | undefined;
  readonly before: { readonly at: number; readonly id: Id } | undefined;
}

/** What is written about some instructions, besides their rows. */
export interface InstructionWords {
  readonly texts: ReadonlyMap<Id, InstructionTextRow>;
  readonly timelines: ReadonlyMap<Id, readonly InstructionTimelineRow[]>;
  readonly numbers: ReadonlyMap<IncidentId, string>;
}

@Injectable()
export class InstructionRepository {
  constructor(private readonly database: Database) {}

  /** The row stays locked until the caller's transaction ends. */
  lock(tx: EntityManager, id: Id): Promise<InstructionRow | null> {
    return tx.findOne(instructionTable, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  find(id: Id): Promise<InstructionRow | null> {
    return this.database.manager.findOne(instructionTable, { where: { id } });
  }

  list(filter: InstructionFilter, limit: number): Promise<InstructionRow[]> {
    const { scope, sender, recipient, parent, open, before } = filter;
    const query = this.database.manager
      .createQueryBuilder(instructionTable, 'i')
      .where('i.seen_by @> :scope', { scope: [scope] });
    if (sender !== undefined) query.andWhere('i.sender = :sender', { sender });
    if (recipient !== undefined) query.andWhere('i.recipient = :recipient', { recipient });
    if (parent !== undefined) query.andWhere('i.parent = :parent', { parent });
    if (open !== undefined)
      query.andWhere(`i.state ${open ? '<>' : '='} ${open ? 'all' : 'any'}(:ended)`, {
        ended: ENDED_INSTRUCTION_STATES,
      });
    if (before) query.andWhere('(i.sent_at, i.id) < (:at, :id)', { at: new Date(before.at), id: before.id });
    return query.orderBy('i.sent_at', 'DESC').addOrderBy('i.id', 'DESC').limit(limit).getMany();
  }

  async wordsOf(
    rows: readonly InstructionRow[],
    tx: EntityManager = this.database.manager,
  ): Promise<InstructionWords> {
    const texts = await tx.find(instructionTextTable, {
      where: { parent: In(rows.map(({ parent }) => parent)) },
    });
    const lines = await tx.find(instructionTimelineTable, {
      where: { instruction: In(rows.map(({ id }) => id)) },
      order: { instruction: 'ASC', version: 'ASC' },
    });
    const incidents = await tx.query<{ id: IncidentId; number: string }[]>(
      'select id, number from incident where id = any($1)',
      [rows.flatMap(({ incident }) => incident ?? [])],
    );
    const timelines = new Map<Id, InstructionTimelineRow[]>();
    for (const line of lines)
      timelines.set(line.instruction, [...(timelines.get(line.instruction) ?? []), line]);
    return {
      texts: new Map(texts.map((text) => [text.parent, text])),
      timelines,
      numbers: new Map(incidents.map(({ id, number }) => [id, number])),
    };
  }

  async insert(
    tx: EntityManager,
    text: InstructionTextRow,
    instructions: readonly InstructionRow[],
  ): Promise<void> {
    await tx.insert(instructionTextTable, { ...text });
    await tx.insert(
      instructionTable,
      instructions.map(({ seenBy, ...instruction }) => ({ ...instruction, seenBy: [...seenBy] })),
    );
  }

  async update(tx: EntityManager, { id, seenBy, ...instruction }: InstructionRow): Promise<void> {
    await tx.update(instructionTable, { id }, { ...instruction, seenBy: [...seenBy] });
  }

  async tell(tx: EntityManager, lines: readonly InstructionTimelineRow[]): Promise<void> {
    await tx.insert(
      instructionTimelineTable,
      lines.map((line) => ({ ...line })),
    );
  }

  /** The instructions with the same words. */
  async sentTogether(tx: EntityManager, parent: Id): Promise<Id[]> {
    const rows = await tx.find(instructionTable, { where: { parent }, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  async partiesOf(tx: EntityManager, ids: readonly Id[]): Promise<Map<Id, Parties>> {
    const rows = await tx.find(instructionTable, { where: { id: In([...ids]) } });
    return new Map(rows.map((row) => [row.id, { parties: partiesOf(row) }]));
  }

  /** Writes `seen_by` of every instruction by a changed tree, ended ones too. */
  async rewriteAudiences(tx: EntityManager, tree: CentreTree): Promise<void> {
    const pairs = await tx.query<Pair[]>('select distinct sender, recipient from instruction');
    const audiences = pairs.map((pair) => ({ ...pair, seen: tree.seenBy(partiesOf(pair)) }));
    await tx.query(
      `update instruction set seen_by = a.seen
         from jsonb_to_recordset($1::jsonb) as a(sender uuid, recipient uuid, seen uuid[])
        where instruction.sender = a.sender and instruction.recipient = a.recipient
          and instruction.seen_by is distinct from a.seen`,
      [JSON.stringify(audiences)],
    );
  }
}

type Pair = Pick<InstructionRow, 'sender' | 'recipient'>;

/** Both sides; those above them see it too. */
export const partiesOf = ({ sender, recipient }: Pair): CentreId[] => [sender, recipient];
