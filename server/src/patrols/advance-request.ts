import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ForceRequest, ForceRequestAction, ForceRequestStep, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Clocks } from '../clocks/clocks.js';
import { type Draft, Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { FORCE_REQUEST_END, ForceRequestDesk } from './force-request-desk.js';
import { ForceRequestReader } from './force-request-reader.js';
import { ForceRequestRepository } from './force-request.repository.js';
import { isOpenRequest, stepRequest } from './force-request.rules.js';
import { ReleasedTeams } from './released-teams.js';

export interface AskedOfRequest {
  readonly id: Id;
  readonly action: ForceRequestAction;
  readonly step: ForceRequestStep;
}

/** Takes one step of a request, for the force or for whoever asked; what is over is ended by the clock. */
@Injectable()
export class AdvanceRequest implements OnModuleInit {
  constructor(
    private readonly journal: Journal,
    private readonly clocks: Clocks,
    private readonly requests: ForceRequestRepository,
    private readonly reader: ForceRequestReader,
    private readonly desk: ForceRequestDesk,
    private readonly teams: ReleasedTeams,
  ) {}

  onModuleInit(): void {
    this.clocks.register(FORCE_REQUEST_END, (tx, { subject }, now) => this.#onEnd(tx, subject, now));
  }

  /**
   * @throws Fault `force-request.unknown` `force-request.stale` `force-request.illegal-step`
   * `force-request.answer-wanted` `force-request.team-bound` `team.unknown` `scope.denied`
   */
  run({ id, action, step }: AskedOfRequest, by: Caller): Promise<ForceRequest> {
    return this.journal.transaction(async (tx) => {
      const row = await this.reader.lockFor(tx, by, { id, version: step.version });
      const now = this.desk.clock.now();
      const { answer = null, released = null } = step;
      const text = step.text || null;
      const side = this.reader.sideOf(by, row);
      const moved = settle(stepRequest(row, { action, side, answer, released, text, now }));
      if (action === 'answer' && released) {
        await this.teams.requireLed(tx, released.teams, row.force);
        const holding = await this.requests.holding(tx, id, released.teams);
        if (holding.length > 0) throw new Fault('force-request.team-bound', { requests: holding });
      }
      const drafts = await this.desk.write(tx, moved, { by, text, now });
      const [view] = await this.reader.views(by, [moved.next], tx);
      if (!view) throw new Fault('force-request.unknown', { id });
      await this.journal.append(tx, drafts);
      return view;
    });
  }

  /** Never answered, or its people have been out for as long as they were asked for. */
  async #onEnd(tx: EntityManager, id: Id, now: number): Promise<Draft[]> {
    const row = await this.requests.lock(tx, id);
    if (!row || !isOpenRequest(row)) return [];
    const next = { ...row, state: 'ended', stateAt: now, version: row.version + 1 } as const;
    return this.desk.write(tx, { next, fact: 'force-request.ended' }, { by: null, text: null, now });
  }
}
