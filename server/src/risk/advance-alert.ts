import { Injectable } from '@nestjs/common';
import { type Alert, type AlertAction, type AlertId, type AlertStep, toMs } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { AlertDesk } from './alert-desk.js';
import { AlertReader } from './alert-reader.js';
import { step as moved } from './alert.rules.js';

export interface AskedOfAlert {
  readonly id: AlertId;
  readonly action: AlertAction;
  readonly step: AlertStep;
}

/** Takes one step with an alert. */
@Injectable()
export class AdvanceAlert {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly desk: AlertDesk,
    private readonly reader: AlertReader,
  ) {}

  async run(asked: AskedOfAlert, by: Caller, key: string | null): Promise<Alert> {
    const once = { key, route: `POST /api/alerts/${asked.id}/${asked.action}`, body: asked.step };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(tx: EntityManager, { id, action, step }: AskedOfAlert, by: Caller): Promise<Alert> {
    const alert = await this.reader.lockFor(tx, by, { id, version: step.version });
    const now = this.desk.clock.now();
    const reason = step.reason?.trim() || null;
    const until = step.until === undefined ? null : toMs(step.until);
    const { next, fact } = settle(moved(alert, { action, reason, until, now }));
    const drafts = await this.desk.write(tx, { next, fact }, { by, reason, now });
    const answer = await this.reader.view(by, next, tx);
    await this.journal.append(tx, drafts);
    return answer;
  }
}
