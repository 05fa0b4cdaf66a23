import { Injectable } from '@nestjs/common';
import type { LogDraft, LogEntry } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { whenTold } from '../incidents/told.rules.js';
import { Database } from '../platform/database.js';
import { settle } from '../platform/decision.js';
import { orTaken } from '../platform/unique.js';
import { DeskHints } from './desk-hints.js';
import { DutyLogDesk } from './duty-log-desk.js';
import { checkRefers } from './duty-log.rules.js';

/** Adds a line to the log of the caller's own centre. The log is read over HTTP alone: no word of it is journal. */
@Injectable()
export class WriteDutyLog {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly desk: DutyLogDesk,
    private readonly hints: DeskHints,
  ) {}

  async run(draft: LogDraft, by: Caller, key: string | null): Promise<LogEntry> {
    const once = { key, route: 'POST /api/duty-log', body: draft };
    const written = await this.database.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, draft, by)),
    );
    this.hints.logChanged(written.centre);
    return written;
  }

  /** @throws Fault `duty-log.settled` for a matter that somebody else settled, at the same moment too */
  async #write(tx: EntityManager, draft: LogDraft, by: Caller): Promise<LogEntry> {
    const now = this.desk.clock.now();
    const occurredAt = settle(whenTold(draft.occurredAt, now, false));
    settle(checkRefers(draft, await this.desk.referred(tx, by, draft.refers)));
    await this.desk.requireLinks(tx, by, draft);
    const written = this.desk.write(tx, { draft, by, occurredAt, now });
    return orTaken(written, 'duty_log_settled', 'duty-log.settled', { id: draft.refers });
  }
}
