import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { CentreTree } from './centre-tree.js';
import { Passwords } from './passwords.js';

const SIMULATOR = 'simulator';

/** The account by which the demo's simulator comes in through the public doors, like any other duty officer. */
@Injectable()
export class SimulatorAccount implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly tree: CentreTree,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const root = this.tree.root();
    const { demo, simulatorSecret } = this.config;
    if (!demo || simulatorSecret === null || !root) return;
    const passwordHash = await this.passwords.hash(simulatorSecret);
    await this.database.query(
      `insert into account (id, name, password_hash, role, centre, is_simulator, demo, created_at)
       values ($1, $2, $3, 'duty', $4, true, true, $5)
       on conflict (name) do update set password_hash = excluded.password_hash, centre = excluded.centre
        where account.is_simulator`,
      [this.clock.mint(), SIMULATOR, passwordHash, root.id, new Date(this.clock.now())],
    );
  }
}
