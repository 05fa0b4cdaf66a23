import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CentreId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { boundBy, DutyLevelRepository } from './duty-level.repository.js';
import { beginLevel, dutyLevelCard, type DutyLevelMoved, endLevel, isStanding } from './duty-level.rules.js';

/** Kinds of due times: a level's start and end. Subject: the level. */
const DUTY_LEVEL_BEGIN = 'duty-level.begin';
const DUTY_LEVEL_END = 'duty-level.end';

/** Writes levels with their clocks and the audit; begins and ends them when their time has come. */
@Injectable()
export class DutyLevelDesk implements OnModuleInit {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly levels: DutyLevelRepository,
  ) {}

  onModuleInit(): void {
    this.clocks.register(DUTY_LEVEL_BEGIN, async (tx, { subject }, now) => {
      const level = await this.levels.lock(tx, subject);
      return this.#due(tx, level ? beginLevel(level) : undefined, now);
    });
    this.clocks.register(DUTY_LEVEL_END, async (tx, { subject }, now) => {
      const level = await this.levels.lock(tx, subject);
      return this.#due(tx, level ? endLevel(level, now) : undefined, now);
    });
  }

  /** @throws Fault `centre.unknown` for one that is closed */
  requireOpen(id: CentreId): void {
    if (this.tree.get(id)?.closedAt !== null) throw new Fault('centre.unknown', { id });
  }

  async write(
    tx: EntityManager,
    moved: DutyLevelMoved,
    { by, now }: { by: Caller | null; now: number },
  ): Promise<Draft> {
    const level = { ...moved.next, seenBy: boundBy(moved.next.centre, this.tree) };
    const { id, version, state, seenBy } = level;
    if (version === 1) await this.levels.insert(tx, level);
    else await this.levels.update(tx, level);
    if (!isStanding(level)) await this.clocks.cancel(tx, [DUTY_LEVEL_BEGIN, DUTY_LEVEL_END], id);
    else if (version === 1)
      await this.clocks.set(
        tx,
        ...(state === 'planned' ? [{ kind: DUTY_LEVEL_BEGIN, subject: id, dueAt: level.from }] : []),
        { kind: DUTY_LEVEL_END, subject: id, dueAt: level.to },
      );
    // Why it was lifted stands in its row alone: words in the audit could never be erased.
    const detail = { level: level.level, centre: level.centre };
    const line = { caller: by, action: moved.fact, subject: `duty-level:${id}`, detail } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    const card = isStanding(level) ? dutyLevelCard(level) : null;
    return { fact: moved.fact, kind: 'duty-level', id, version, at: now, card, seenBy };
  }

  async #due(tx: EntityManager, moved: DutyLevelMoved | undefined, now: number): Promise<Draft[]> {
    return moved ? [await this.write(tx, moved, { by: null, now })] : [];
  }
}
