import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Bus } from '../platform/bus.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { readFixMessage, writeFixMessage } from './fix-message.js';
import { Fleet, type FleetFix } from './fleet.js';
import type { StoredFix } from './position.rules.js';
import { Grains } from './grains.js';
import { readLastFixes } from './track.query.js';

/** The bus topic on which processes tell each other what they stored. */
const FIXES = 'fixes';
/** A process that starts says so: the one before it may have been killed with words that it had not spoken yet. */
const STARTED = 'fixes-started';
const LAST_FIXES_MS = 24 * 3_600_000;
/** As often as frames: what came in between is newer only to the devices. */
const TELL_MS = 1_000;
/** A word can be lost on the bus without anybody noticing, as when its process is killed before it spoke. */
const HEAL_BEATS = 60;

/**
 * Moves the fleet: by what this process has committed, by what others say they have, and at the start by the tracks.
 * After the commit and not before: a screen never shows a place that could still be lost. Others are told in one
 * message a second, each team's newest fix in it, however many commits there were.
 */
@Injectable()
export class FleetFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  #untold = new Map<string, FleetFix>();
  #unsubscribes: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Others may have stored what nobody told us. */
  #isUnsure = false;
  #wasUp = true;
  #beats = 0;
  #isEnding = false;

  constructor(
    private readonly fleet: Fleet,
    private readonly bus: Bus,
    private readonly grains: Grains,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.grains.load();
    // What was held is too fine, or too coarse, from now on: the next fix is as it should be.
    this.grains.onChange((team) => void this.fleet.remove(team));
    if (this.config.redisUrl !== null) {
      this.#unsubscribes = [
        this.bus.subscribe(FIXES, (message) =>
          this.fleet.load(this.grains.releasedAll([...readFixMessage(message)])),
        ),
        this.bus.subscribe(STARTED, () => (this.#isUnsure = true)),
      ];
      this.#timer = setInterval(() => void this.#beat(), TELL_MS);
      this.bus.publish(STARTED, new Uint8Array(0));
    }
    await this.#load();
  }

  /** The fixes of one commit. */
  take(fixes: readonly StoredFix[]): void {
    const kept = this.grains.releasedAll(fixes);
    if (this.config.redisUrl === null) return void this.fleet.load(kept);
    for (const fix of kept) if (this.fleet.upsert(fix) === 'newer') this.#untold.set(fix.team, fix);
    if (this.#isEnding) this.#tell();
  }

  async #beat(): Promise<void> {
    this.#tell();
    await this.#heal();
  }

  /** While the bus is away nobody hears it; the others read the tracks when it is back. */
  #tell(): void {
    if (this.#untold.size === 0) return;
    this.bus.publish(FIXES, writeFixMessage([...this.#untold.values()]));
    this.#untold.clear();
  }

  async #load(): Promise<void> {
    const last = await readLastFixes(this.database, this.clock.now() - LAST_FIXES_MS);
    this.fleet.load(this.grains.releasedAll(last));
  }

  /** What others said while the bus was away, or what got lost, is in the tracks. */
  async #heal(): Promise<void> {
    const { isUp } = this.bus;
    if (isUp && !this.#wasUp) this.#isUnsure = true;
    this.#wasUp = isUp;
    if (!this.#isUnsure && ++this.#beats % HEAL_BEATS !== 0) return;
    this.#isUnsure = false;
    try {
      await this.#load();
    } catch {
      this.#isUnsure = true;
    }
  }

  /** What is committed from here on has no beat to wait for. */
  onApplicationShutdown(): void {
    this.#isEnding = true;
    this.#tell();
    clearInterval(this.#timer);
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
  }
}
