import { Injectable } from '@nestjs/common';
import { type Centre, type CentreId, type DemoAccount, type Role } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Fault } from '../platform/fault.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { CentreTree } from './centre-tree.js';

const ROLE_OF = {
  duty: 'duty',
  commander: 'commander',
  county: 'staff',
  town: 'staff',
  community: 'staff',
  admin: 'admin',
  display: 'display',
  liaison: 'armed-police-liaison',
} as const satisfies Record<DemoAccount, Role>;

/** How far below the root of the tree an account stands. */
const DEPTH_OF: Partial<Record<DemoAccount, number>> = { county: 1, town: 2, community: 3 };
/** The centre below the root in whose branch the accounts stand when none is named. */
const COUNTY = '雄关街道';

/** The accounts of the demo, one for each kind of door and centre: without a password, made when they are first used. */
@Injectable()
export class DemoAccounts {
  constructor(
    private readonly tree: CentreTree,
    private readonly accounts: AccountRepository,
  ) {}

  /** Where an account stands: at the centre that was named, or at the first of its level. @throws Fault `centre.unknown` */
  centreOf(demo: DemoAccount, named?: CentreId): Centre {
    const open = this.#floor(DEPTH_OF[demo] ?? 0);
    const found = named === undefined ? open[0] : open.find(({ id }) => id === named);
    if (!found) throw new Fault('centre.unknown', { id: named ?? null });
    return found;
  }

  /** @throws Fault `session.no-demo` where somebody took the name, gave it a password or disabled it */
  async ensure(tx: EntityManager, demo: DemoAccount, { id, code }: Centre, suffix = ''): Promise<AccountRow> {
    const name = `demo-${demo}${DEPTH_OF[demo] === undefined ? '' : `-${code ?? id.slice(-6)}`}${suffix}`;
    await this.accounts.ensureDemo(tx, { name, role: ROLE_OF[demo], centre: id });
    const account = await this.accounts.byName(tx, name);
    if (!account?.demo || account.passwordHash !== null || account.disabledAt !== null)
      throw new Fault('session.no-demo', { account: name });
    return account;
  }

  /** Open centres so far below the root, those of the branch that has our accounts first. */
  #floor(depth: number): Centre[] {
    const root = this.tree.root();
    let floor = root ? [root] : [];
    for (let below = 0; below < depth; below++) {
      floor = floor.flatMap(({ id }) =>
        this.tree.children(id).flatMap((child) => this.tree.get(child) ?? []),
      );
      floor = floor.filter(({ closedAt }) => closedAt === null);
      if (below === 0) floor.sort((a, b) => Number(b.name === COUNTY) - Number(a.name === COUNTY));
    }
    return floor;
  }
}
