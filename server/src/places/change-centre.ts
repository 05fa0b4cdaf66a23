import { Injectable } from '@nestjs/common';
import type { Centre, CentreChange, CentreId } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { readLevels } from '../access/levels.js';
import { SettingRepository } from '../access/setting.repository.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { checkChange } from './centre-change.rules.js';
import { CentreRepository } from './centre.repository.js';
import { ChangeTree } from './change-tree.js';

/** Renames, moves, redraws or closes a centre of the caller's subtree. Nothing is deleted. */
@Injectable()
export class ChangeCentre {
  constructor(
    private readonly changes: ChangeTree,
    private readonly centres: CentreRepository,
    private readonly settings: SettingRepository,
  ) {}

  async run(id: CentreId, change: CentreChange, by: Caller): Promise<Centre> {
    const levels = (await readLevels(this.settings)).map(({ level }) => level);
    const action = change.close ? 'centre.closed' : 'centre.changed';
    return this.changes.transaction((tx) =>
      this.changes.apply(tx, { by, action }, (tree) => {
        for (const named of [id, change.parent, change.close?.successor])
          if (named !== undefined && !tree.isWithin(named, by.centre))
            throw new Fault('centre.unknown', { id: named });
        const centre = tree.get(id);
        if (!centre) throw new Fault('centre.unknown', { id });
        return this.centres.update(tx, settle(checkChange(tree, centre, change, levels)), change);
      }),
    );
  }
}
