import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { MOST_KEPT_DAYS } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Leader } from '../platform/leader.js';
import { Log } from '../platform/log.js';
import { ReleaseRepository } from '../teams/release.repository.js';
import { type Retention, tidyForce } from './track-retention.js';
import {
  dayOf,
  dropDay,
  dropFlagged,
  makeDays,
  readDaysBefore,
  readUnthinned,
  thinDay,
} from './track.query.js';

const DAY_MS = 86_400_000;
/** After so many days nothing is left of a track, whatever its forces say. */
const KEPT_DAYS = MOST_KEPT_DAYS;
const AHEAD_DAYS = 3;
const EVERY_MS = 3_600_000;

/**
 * Days of tracks: made ahead by every process, so that no fix ever lacks its partition; thinned and dropped by the
 * leader when their time is over.
 */
@Injectable()
export class TracksSchedule implements OnModuleInit, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  /** One at a time: what one drops another would miss. */
  #tidying: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly leader: Leader,
    private readonly releases: ReleaseRepository,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.makeDays();
    this.#timer = setInterval(() => void this.#makeDaysAgain(), EVERY_MS);
    this.leader.every('tracks', EVERY_MS, () => this.tidy());
  }

  /** Makes what is missing of the days that a fix may fall into. */
  makeDays(): Promise<void> {
    const now = this.clock.now();
    const days = Array.from({ length: KEPT_DAYS + 2 + AHEAD_DAYS }, (_, i) =>
      dayOf(now + (AHEAD_DAYS - i) * DAY_MS),
    );
    return makeDays(this.database, days);
  }

  /** Thins and drops what is due, through the leader's own connection. Safe to repeat and to be cut short. */
  tidy(): Promise<void> {
    const mine = this.#tidying.then(() => this.#tidy());
    this.#tidying = mine.catch(() => undefined);
    return mine;
  }

  async #tidy(): Promise<void> {
    const now = this.clock.now();
    const retentions = await this.#retentions();
    const longest = Math.max(this.config.trackDays, ...retentions.map(({ fullDays }) => fullDays));
    // The day that began so long ago may still be told fixes of; only days that are over are touched.
    for (const due of await readUnthinned(this.leader, dayOf(now - longest * DAY_MS))) {
      const removed = await thinDay(this.leader, due, now);
      if (removed > 0) this.log.info('tracks.thinned', { day: due.day, removed });
    }
    for (const retention of retentions) {
      const removed = await tidyForce(this.leader, retention, now);
      if (removed > 0) this.log.info('tracks.tidied', { force: retention.force, removed });
    }
    for (const day of await readDaysBefore(this.leader, dayOf(now - (KEPT_DAYS + 1) * DAY_MS))) {
      await dropDay(this.leader, day);
      this.log.info('tracks.dropped', { day });
    }
    await dropFlagged(this.leader, now - KEPT_DAYS * DAY_MS);
  }

  async #retentions(): Promise<Retention[]> {
    const releases = Object.values(await this.releases.all());
    return releases.map(({ force, fullDays, keptDays }) => ({
      force,
      fullDays: Math.min(fullDays ?? this.config.trackDays, keptDays),
      keptDays,
    }));
  }

  async #makeDaysAgain(): Promise<void> {
    try {
      await this.makeDays();
    } catch (error) {
      this.log.failed('tracks.days-not-made', error);
    }
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }
}
