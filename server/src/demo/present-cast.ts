import { Injectable } from '@nestjs/common';
import type { Centre, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { AccountRow } from '../access/account.table.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { DemoAccounts, type DemoDesk } from '../access/demo-accounts.js';
import { Database } from '../platform/database.js';

/** A centre with somebody who acts there. */
export interface Post {
  readonly centre: Centre;
  readonly name: string;
  readonly by: Caller;
}

/** Who plays the last hours of the demo city. */
export interface Cast {
  readonly city: Post;
  readonly county: Post;
  readonly town: Post;
  readonly community: Post;
  /** Another community of the town; one of another town; that town; another county. */
  readonly near: Post;
  readonly far: Post;
  readonly town2: Post;
  readonly other: Post;
  /** The liaison desk of the armed police. */
  readonly liaison: Post;
  /** Who had the shift before, by centre. */
  readonly before: ReadonlyMap<string, Caller>;
  /** Teams of the county that the past has left free, and one of the city. */
  readonly teams: readonly TeamId[];
  readonly cityTeam: TeamId;
}

/** How a session of an account would come in. */
const callerOf = ({ id, name, role, centre }: AccountRow): Caller => ({
  account: id,
  name,
  role,
  centre,
  via: 'session',
  credential: id,
  tokenScopes: [],
  device: null,
  isSimulator: false,
});

/** Finds the demo's accounts and centres, and teams that are free. */
@Injectable()
export class PresentCast {
  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly accounts: DemoAccounts,
  ) {}

  /** Who plans the city's patrols. */
  commander(): Promise<Caller> {
    return this.database.transaction(
      async (tx) => (await this.#post(tx, 'commander', this.accounts.centreOf('commander'))).by,
    );
  }

  gather(): Promise<Cast> {
    return this.database.transaction(async (tx) => {
      const city = await this.#post(tx, 'duty', this.accounts.centreOf('duty'));
      const county = await this.#post(tx, 'county', this.accounts.centreOf('county'));
      const [first, second] = this.#below(county);
      const town = await this.#post(tx, 'town', first);
      const town2 = await this.#post(tx, 'town', second);
      const [own, next] = this.#below(town);
      const other = this.#below(city).find(({ id }) => id !== county.centre.id);
      const posts = {
        city,
        county,
        town,
        town2,
        community: await this.#post(tx, 'community', own),
        near: await this.#post(tx, 'community', next),
        far: await this.#post(tx, 'community', this.#below(town2)[0]),
        other: await this.#post(tx, 'county', other),
        liaison: await this.#post(tx, 'liaison', city.centre),
      };
      const before = new Map<string, Caller>();
      before.set(city.centre.id, (await this.#post(tx, 'commander', city.centre)).by);
      for (const demo of ['county', 'town', 'community'] as const) {
        const account = await this.accounts.ensure(tx, demo, posts[demo].centre, true);
        before.set(posts[demo].centre.id, callerOf(account));
      }
      const [cityTeam] = await free(tx, city.centre);
      if (cityTeam === undefined) throw new Error('the demo city has no free team of its own');
      return { ...posts, before, teams: await free(tx, county.centre), cityTeam };
    });
  }

  #below({ centre }: Post): Centre[] {
    return this.tree.children(centre.id).flatMap((id) => this.tree.get(id) ?? []);
  }

  async #post(tx: EntityManager, demo: DemoDesk, centre: Centre | undefined): Promise<Post> {
    if (!centre) throw new Error(`the demo city has no centre for ${demo}`);
    const account = await this.accounts.ensure(tx, demo, centre);
    return { centre, name: centre.name, by: callerOf(account) };
  }
}

/**
 * Teams of a centre that no simulated incident binds: the same ones again, however far the story has come; those that
 * patrol by plan last.
 */
async function free(tx: EntityManager, { id }: Centre): Promise<TeamId[]> {
  const rows = await tx.query<{ id: TeamId }[]>(
    `select id from team where centre = $1 and closed_at is null and mode = 'vehicle' and not exists (
       select from assignment a join incident i on i.id = a.incident
        where a.team = team.id and a.ended_at is null and i.simulated)
     order by exists (select from patrol_plan p where p.team = team.id), call_sign`,
    [id],
  );
  return rows.map((row) => row.id);
}
