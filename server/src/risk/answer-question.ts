import { Injectable } from '@nestjs/common';
import { type Alert, type AlertId, liaisonOf, type QuestionReply } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { AlertDesk } from './alert-desk.js';
import { AlertReader } from './alert-reader.js';
import { answerQuestion } from './deviation-alert.rules.js';

interface Replied {
  readonly id: AlertId;
  readonly reply: QuestionReply;
}

/** A liaison desk answers what is asked about a team of its force. */
@Injectable()
export class AnswerQuestion {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly desk: AlertDesk,
    private readonly reader: AlertReader,
  ) {}

  /** @throws Fault `alert.unknown` for what is asked of another force too; `alert.stale`, `alert.illegal-step` */
  run(asked: Replied, by: Caller, key: string | null): Promise<Alert> {
    const once = { key, route: `POST /api/alerts/${asked.id}/answer`, body: asked.reply };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, asked, by)),
    );
  }

  async #write(tx: EntityManager, { id, reply }: Replied, by: Caller): Promise<Alert> {
    const alert = await this.reader.lockRead(tx, by, id);
    if (alert.deviation?.asks !== liaisonOf(by.role)?.force) throw new Fault('alert.unknown', { id });
    await this.reader.requireVersion(tx, by, alert, reply.version);
    const now = this.desk.clock.now();
    const moved = settle(answerQuestion(alert, reply.answer, now));
    const drafts = await this.desk.write(tx, moved, { by, reason: reply.note || null, now });
    const answer = await this.reader.view(by, moved.next, tx);
    await this.journal.append(tx, drafts);
    return answer;
  }
}
