import { Injectable } from '@nestjs/common';
import type { PositionRelease } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clocks } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { ForceRequestRepository, requestAudience } from './force-request.repository.js';
import { forceRequestCard, type ForceRequestMoved, isOpenRequest } from './force-request.rules.js';
import type { ForceRequestRow } from './force-request.table.js';
import { ReleasedTeams } from './released-teams.js';

/** Kind of due time: what was released is over. Subject: the request. */
export const FORCE_REQUEST_END = 'force-request.end';

export interface RequestDeed {
  /** Null: the product itself. */
  readonly by: Caller | null;
  readonly text: string | null;
  readonly now: number;
}

/** Writes requests with their clock, timeline and audit; opens and shuts what they release of teams. */
@Injectable()
export class ForceRequestDesk {
  constructor(
    private readonly tree: CentreTree,
    private readonly clocks: Clocks,
    private readonly audit: Audit,
    private readonly requests: ForceRequestRepository,
    private readonly teams: ReleasedTeams,
    readonly clock: Clock,
  ) {}

  async write(tx: EntityManager, moved: ForceRequestMoved, { by, text, now }: RequestDeed): Promise<Draft[]> {
    const { fact } = moved;
    const row: ForceRequestRow = { ...moved.next, seenBy: requestAudience(moved.next, this.tree) };
    const { id, version, seenBy, state } = row;
    if (version === 1) await this.requests.insert(tx, row);
    else await this.requests.update(tx, row);
    const told = { byName: by?.name ?? '', at: now, text };
    await this.requests.tell(tx, { id: this.clock.mint(), request: id, version, fact, ...told });
    if (!isOpenRequest(row)) await this.clocks.cancel(tx, [FORCE_REQUEST_END], id);
    else if (version === 1)
      await this.clocks.set(tx, { kind: FORCE_REQUEST_END, subject: id, dueAt: row.to });
    const detail = { force: row.force, centre: row.centre, answer: row.answer };
    const line = { caller: by, action: fact, subject: `force-request:${id}`, detail } as const;
    await this.audit.write(tx, { ...line, outcome: 'done' });
    const card = isOpenRequest(row) ? forceRequestCard(row) : null;
    const draft: Draft = { fact, kind: 'force-request', id, version, at: now, card, seenBy };
    return [draft, ...(await this.#release(tx, row, state === 'active', now))];
  }

  /** While a request is active its teams are as fine as it says; then as their force says again. */
  #release(tx: EntityManager, row: ForceRequestRow, isActive: boolean, now: number): Promise<Draft[]> {
    const isOver = !isOpenRequest(row);
    if (!row.released || (!isActive && !isOver)) return Promise.resolve([]);
    const grain: PositionRelease | undefined = isActive ? row.released.positions : undefined;
    return this.teams.set(tx, row.released.teams, { grain, now });
  }
}
