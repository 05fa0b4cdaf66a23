import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { Log } from '../platform/log.js';
import { CentreTree } from './centre-tree.js';
import { hashOf, newSecret } from './secret.js';

const KEY = 'setup';

/** The way into an installation that is still empty: a link with a code that counts once. Only its hash is kept. */
@Injectable()
export class SetupLink implements OnApplicationBootstrap {
  /** The path of the link while nobody has used it; null where the installation is set up. */
  path: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Each start of an empty installation makes a new link; an older one ends with it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.demo || this.tree.root()) return;
    const code = newSecret();
    await this.database.query(
      `insert into setting (key, value) values ($1, to_jsonb($2::text))
       on conflict (key) do update set value = excluded.value`,
      [KEY, hashOf(code).toString('hex')],
    );
    this.path = `/signin?setup=${code}`;
    this.log.info('setup.link', { path: this.path });
  }

  /**
   * Takes the code for good, with the transaction that sets the installation up.
   * @throws Fault `setup.refused` for another code, and once it is used
   */
  async redeem(tx: EntityManager, code: string): Promise<void> {
    const [row] = await tx.query<{ value: string }[]>('select value from setting where key = $1 for update', [
      KEY,
    ]);
    if (!row || !timingSafeEqual(Buffer.from(row.value, 'hex'), hashOf(code)))
      throw new Fault('setup.refused');
    await tx.query('delete from setting where key = $1', [KEY]);
  }
}
