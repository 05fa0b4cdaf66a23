import { Inject, Injectable } from '@nestjs/common';
import { type Centre, type CentreId, type DemoAccount, type Role } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { AccountRepository } from './account.repository.js';
import type { AccountRow } from './account.table.js';
import { CentreTree } from './centre-tree.js';
import type { SessionFound } from './credentials.js';
import { type Entered, SessionDesk } from './session-desk.js';

const ROLE_OF = {
  duty: 'duty',
  commander: 'commander',
  county: 'staff',
  admin: 'admin',
  display: 'display',
} as const satisfies Record<DemoAccount, Role>;

/** The centre below the root at which a demo `county` stands when none is named. */
const COUNTY = '雄关街道';

export interface DemoAttempt {
  readonly demo: DemoAccount;
  readonly centre: CentreId | undefined;
  readonly held: SessionFound | null;
  /** ms since 1970 */
  readonly at: number;
}

/** Signs in without a password, in the embedded demo alone; the accounts are made when they are first used. */
@Injectable()
export class SignInDemo {
  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly accounts: AccountRepository,
    private readonly desk: SessionDesk,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault `session.no-demo` outside the demo, `centre.unknown` for a centre where the account cannot stand */
  run(attempt: DemoAttempt): Promise<Entered> {
    if (!this.config.demo) throw new Fault('session.no-demo');
    const centre = this.centreOf(attempt);
    return this.database.transaction(async (tx) => {
      const account = await this.ensure(tx, attempt.demo, centre);
      return this.desk.enter(tx, account, attempt.held, attempt.at);
    });
  }

  private centreOf({ demo, centre }: DemoAttempt): Centre {
    const root = this.tree.root();
    const open = demo === 'county' ? this.countiesOf(root) : root ? [root] : [];
    const found =
      centre === undefined
        ? (open.find(({ name }) => name === COUNTY) ?? open[0])
        : open.find(({ id }) => id === centre);
    if (!found) throw new Fault('centre.unknown', { id: centre ?? null });
    return found;
  }

  private countiesOf(root: Centre | undefined): Centre[] {
    const below = root ? this.tree.children(root.id) : [];
    return below.flatMap((id) => this.tree.get(id) ?? []).filter(({ closedAt }) => closedAt === null);
  }

  private async ensure(tx: EntityManager, demo: DemoAccount, centre: Centre): Promise<AccountRow> {
    const name = demo === 'county' ? `demo-county-${centre.code ?? centre.id}` : `demo-${demo}`;
    await this.accounts.ensureDemo(tx, { name, role: ROLE_OF[demo], centre: centre.id });
    const account = await this.accounts.byName(tx, name);
    if (!account?.demo || account.passwordHash !== null || account.disabledAt !== null)
      throw new Fault('session.no-demo', { account: name });
    return account;
  }
}
