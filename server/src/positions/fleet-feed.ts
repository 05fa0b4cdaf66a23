import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Bus } from '../platform/bus.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { readFixMessage, writeFixMessage } from './fix-message.js';
import { Fleet } from './fleet.js';
import type { StoredFix } from './position.rules.js';
import { readLastFixes } from './track.query.js';

/** The bus topic on which processes tell each other what they stored. */
const FIXES = 'fixes';
const LAST_FIXES_MS = 24 * 3_600_000;
const HEAL_MS = 1_000;

/**
 * Moves the fleet: by what this process has committed, by what others say they have, and at the start by the tracks.
 * After the commit and not before: a screen never shows a place that could still be lost.
 */
@Injectable()
export class FleetFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  #unsubscribe: (() => void) | undefined;
  #watch: NodeJS.Timeout | undefined;
  #wasUp = true;

  constructor(
    private readonly fleet: Fleet,
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.redisUrl !== null) {
      this.#unsubscribe = this.bus.subscribe(FIXES, (message) => this.fleet.load(readFixMessage(message)));
      this.#watch = setInterval(() => void this.#heal(), HEAL_MS);
    }
    await this.#load();
  }

  /** The fixes of one commit. */
  take(fixes: readonly StoredFix[]): void {
    this.fleet.load(fixes);
    if (this.config.redisUrl !== null) this.bus.publish(FIXES, writeFixMessage(fixes));
  }

  async #load(): Promise<void> {
    this.fleet.load(await readLastFixes(this.database, this.clock.now() - LAST_FIXES_MS));
  }

  /** What others said while the bus was away is in the tracks. */
  async #heal(): Promise<void> {
    const { isUp } = this.bus;
    const isBack = isUp && !this.#wasUp;
    this.#wasUp = isUp;
    if (!isBack) return;
    try {
      await this.#load();
    } catch {
      this.#wasUp = false;
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.#watch);
    this.#unsubscribe?.();
  }
}
