import { Injectable } from '@nestjs/common';
import {
  type Centre,
  type CentreId,
  type DemoAccount,
  demoCentre,
  demoKey,
  demoLogin,
  type Role,
  type TeamId,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Fault } from '../platform/fault.js';
import { AccountRepository, type DemoDraft } from './account.repository.js';
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
  patrol: 'team',
} as const satisfies Record<DemoAccount, Role>;

/** How far below the root of the tree an account stands. */
const DEPTH_OF: Partial<Record<DemoAccount, number>> = { county: 1, town: 2, community: 3 };
/** The centre below the root in whose branch the accounts stand when none is named. */
const COUNTY = '雄关街道';

/** Accounts that stand at a centre. */
export type DemoDesk = Exclude<DemoAccount, 'patrol'>;

/** A team that has a handheld in the demo. */
interface DemoTeam {
  readonly id: TeamId;
  readonly centre: CentreId;
}
/** The team that is named, or one that shows most; undefined where there is none. */
export type DemoTeamOf = (named: TeamId | undefined) => Promise<DemoTeam | undefined>;

/** The accounts of the demo, one for each kind of door and centre: without a password, made when they are first used. */
@Injectable()
export class DemoAccounts {
  #teamOf: DemoTeamOf = () => Promise.resolve(undefined);

  constructor(
    private readonly tree: CentreTree,
    private readonly accounts: AccountRepository,
  ) {}

  /** Where teams are asked for; a lower folder fills it. */
  registerTeams(teamOf: DemoTeamOf): void {
    this.#teamOf = teamOf;
  }

  /** The account of a team's handheld. @throws Fault `team.unknown` `session.no-demo` */
  async ensureHandheld(tx: EntityManager, named: TeamId | undefined): Promise<AccountRow> {
    const team = await this.#teamOf(named);
    if (!team) throw new Fault('team.unknown', { id: named ?? null });
    const name = demoLogin({ demo: 'patrol', centre: demoKey(team.id), isSecond: false });
    return this.#usable(tx, { name, role: ROLE_OF.patrol, centre: team.centre, team: team.id });
  }

  /** Where an account stands: at the centre that was named, or at the first of its level. @throws Fault `centre.unknown` */
  centreOf(demo: DemoAccount, named?: CentreId): Centre {
    const open = this.#floor(DEPTH_OF[demo] ?? 0);
    const found = named === undefined ? open[0] : open.find(({ id }) => id === named);
    if (!found) throw new Fault('centre.unknown', { id: named ?? null });
    return found;
  }

  /** @throws Fault `session.no-demo` where somebody took the name, gave it a password or disabled it */
  async ensure(tx: EntityManager, demo: DemoDesk, at: Centre, isSecond = false): Promise<AccountRow> {
    const centre = DEPTH_OF[demo] === undefined ? null : demoCentre(at);
    const name = demoLogin({ demo, centre, isSecond });
    return this.#usable(tx, { name, role: ROLE_OF[demo], centre: at.id, team: null });
  }

  async #usable(tx: EntityManager, draft: DemoDraft): Promise<AccountRow> {
    await this.accounts.ensureDemo(tx, draft);
    const account = await this.accounts.byName(tx, draft.name);
    if (!account?.demo || account.passwordHash !== null || account.disabledAt !== null)
      throw new Fault('session.no-demo', { account: draft.name });
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
