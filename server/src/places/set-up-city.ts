import { Injectable } from '@nestjs/common';
import type { Account, Setup } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CreateAccount } from '../access/create-account.js';
import { LEVELS_KEY, readLevels } from '../access/levels.js';
import { SettingRepository } from '../access/setting.repository.js';
import { SetupLink } from '../access/setup-link.js';
import { Fault } from '../platform/fault.js';
import { CentreRepository } from './centre.repository.js';
import { ChangeTree } from './change-tree.js';

/** The first step of an empty installation, with the code of its link: levels, root centre, administrator. */
@Injectable()
export class SetUpCity {
  constructor(
    private readonly link: SetupLink,
    private readonly changes: ChangeTree,
    private readonly centres: CentreRepository,
    private readonly settings: SettingRepository,
    private readonly createAccount: CreateAccount,
  ) {}

  async run(setup: Setup): Promise<Account> {
    const levels = setup.levels ?? (await readLevels(this.settings));
    if (!levels.some(({ level }) => level === setup.city.level))
      throw new Fault('centre.illegal', { field: 'level', seen: setup.city.level });
    const account = await this.changes.transaction(async (tx) => {
      await this.link.redeem(tx, setup.code);
      if (setup.levels) await this.settings.write(tx, LEVELS_KEY, setup.levels);
      const centre = await this.root(tx, setup);
      const { account: name, password } = setup;
      return this.createAccount.run(tx, { name, password, role: 'admin', team: null, centre }, null);
    });
    this.link.path = null;
    return account;
  }

  private async root(tx: EntityManager, { city }: Setup): Promise<string> {
    const centre = await this.changes.apply(tx, { by: null, action: 'centre.created' }, (tree) => {
      if (tree.root()) throw new Fault('setup.refused');
      return this.centres.insert(tx, city);
    });
    return centre.id;
  }
}
