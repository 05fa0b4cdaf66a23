import { Injectable } from '@nestjs/common';
import type { Centre, CentreDraft } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { readLevels } from '../access/levels.js';
import { SettingRepository } from '../access/setting.repository.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { checkDraft } from './centre-change.rules.js';
import { CentreRepository } from './centre.repository.js';
import { ChangeTree } from './change-tree.js';

/** Adds a centre below one of the caller's subtree. */
@Injectable()
export class CreateCentre {
  constructor(
    private readonly changes: ChangeTree,
    private readonly centres: CentreRepository,
    private readonly settings: SettingRepository,
    private readonly idempotency: Idempotency,
  ) {}

  async run(draft: CentreDraft, by: Caller, key: string | null): Promise<Centre> {
    const levels = (await readLevels(this.settings)).map(({ level }) => level);
    return this.changes.transaction((tx) =>
      this.idempotency.once(tx, by, { key, route: 'POST /api/centres', body: draft }, () =>
        this.changes.apply(tx, { by, action: 'centre.created' }, (tree) => {
          if (!draft.parent || !tree.isWithin(draft.parent, by.centre))
            throw new Fault('centre.unknown', { id: draft.parent ?? null });
          return this.centres.insert(tx, settle(checkDraft(tree, draft, levels)));
        }),
      ),
    );
  }
}
