import { Injectable } from '@nestjs/common';
import type { InstructionDraft, InstructionsSent } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { DeskLinks } from './desk-links.js';
import { InstructionDesk } from './instruction-desk.js';
import { InstructionReader } from './instruction-reader.js';
import { dueTold, send } from './instruction.rules.js';

/** Sends the same words to one or several centres below the caller's own: down the tree and no other way. */
@Injectable()
export class SendInstructions {
  constructor(
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly links: DeskLinks,
    private readonly desk: InstructionDesk,
    private readonly reader: InstructionReader,
  ) {}

  run(draft: InstructionDraft, by: Caller, key: string | null): Promise<InstructionsSent> {
    const once = { key, route: 'POST /api/instructions', body: draft };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, draft, by)),
    );
  }

  async #write(tx: EntityManager, draft: InstructionDraft, by: Caller): Promise<InstructionsSent> {
    const { clock } = this.desk;
    const now = clock.now();
    const dueAt = settle(dueTold(draft.dueAt, now));
    const recipients = [...new Set(draft.to)];
    this.reader.requireBelow(by, recipients);
    const { incident, urgent = false, text } = draft;
    await this.links.require(tx, by, { incident, readers: recipients });
    const sent = { parent: clock.mint(), sender: by.centre, sentAt: now, dueAt, urgent };
    const moves = recipients.map((to) => send({ ...sent, incident: incident ?? null }, clock.mint(), to));
    const { rows, drafts } = await this.desk.send(tx, moves, { by, text, now });
    const items = await this.reader.views(by, rows, tx);
    await this.journal.append(tx, drafts);
    return { parent: sent.parent, items };
  }
}
