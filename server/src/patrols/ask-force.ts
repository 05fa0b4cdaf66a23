import { Injectable } from '@nestjs/common';
import type { ForceRequest, ForceRequestDraft } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { ForceRequestDesk } from './force-request-desk.js';
import { ForceRequestReader } from './force-request-reader.js';
import { ForceRequestRepository } from './force-request.repository.js';
import { askForce } from './force-request.rules.js';

/** Asks a force under its own command for people: the only way in which the product sends any of them. */
@Injectable()
export class AskForce {
  constructor(
    private readonly access: Access,
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly requests: ForceRequestRepository,
    private readonly reader: ForceRequestReader,
    private readonly desk: ForceRequestDesk,
  ) {}

  /** @throws Fault `incident.unknown`, `time.past`, `time.future` */
  run(draft: ForceRequestDraft, by: Caller, key: string | null): Promise<ForceRequest> {
    const once = { key, route: 'POST /api/force-requests', body: draft };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, () => this.#write(tx, draft, by)),
    );
  }

  async #write(tx: EntityManager, draft: ForceRequestDraft, by: Caller): Promise<ForceRequest> {
    if (draft.incident !== undefined) {
      const incident = (await this.requests.incidents([draft.incident], tx)).get(draft.incident);
      if (!incident || !this.access.mayRead(by, incident.seenBy))
        throw new Fault('incident.unknown', { id: draft.incident });
    }
    const now = this.desk.clock.now();
    const { centre, account, name } = by;
    const asked = settle(askForce(draft, { id: this.desk.clock.mint(), centre, account, name, now }));
    const drafts = await this.desk.write(tx, asked, { by, text: null, now });
    const [answer] = await this.reader.views(by, [asked.next], tx);
    if (!answer) throw new Fault('force-request.unknown', { id: asked.next.id });
    await this.journal.append(tx, drafts);
    return answer;
  }
}
