import { Inject, Injectable } from '@nestjs/common';
import type { Category } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { dateOf } from '../clocks/wall-clock.js';
import type { Draft } from '../journal/journal.js';
import { Places } from '../places/places.js';
import { CONFIG, type Config } from '../platform/config.js';
import { AlertDesk } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import { EPISODE_MS, isOpen } from './alert.rules.js';
import type { Suspicion } from './surge-detector.js';
import { growSurge, hasGrown, raiseSurge } from './surge.rules.js';

/** Turns what was found into one alert per episode: raised once, grown while cases come, silent when it ended. */
@Injectable()
export class SurgeDesk {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
    private readonly places: Places,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Episodes that had a case lately, whether their alerts are open or not; `from` in ms since 1970. */
  async standing(now: number): Promise<{ category: Category; grid: string; from: number }[]> {
    const alerts = await this.alerts.surgesSince(now - EPISODE_MS);
    return alerts.flatMap(({ category, grid, surge }) =>
      grid === null || surge === null ? [] : [{ category, grid, from: surge.from }],
    );
  }

  /** Facts of one finding; none when the same was told before. `now` in ms since 1970. */
  async write(tx: EntityManager, found: Suspicion, now: number): Promise<Draft[]> {
    const { cases } = found;
    const standing = await this.alerts.lockSurge(tx, cases.category, cases.grid, now - EPISODE_MS);
    const deed = { by: null, reason: null, now };
    if (!standing) {
      const moved = this.#raise(found, now);
      return moved ? this.desk.write(tx, moved, deed) : [];
    }
    if (!isOpen(standing)) {
      if (hasGrown(standing, cases)) await this.alerts.noteCase(tx, standing, cases.lastAt);
      return [];
    }
    const moved = growSurge(standing, cases, found);
    return moved ? this.desk.write(tx, moved, deed) : [];
  }

  /** An alert about one grid belongs to the grid's centre. */
  #raise({ cases, surge, severity }: Suspicion, now: number) {
    const grid = this.places.grid(cases.grid);
    if (!grid || severity === null) return undefined;
    const [lng, lat] = grid.anchor;
    const site = { id: this.desk.clock.mint(), centre: grid.centre, lng, lat };
    const date = dateOf(cases.firstAt, this.config.timeZone);
    return raiseSurge(cases, { surge, severity }, { site, date, now });
  }
}
