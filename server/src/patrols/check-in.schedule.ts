import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FORCES, MOST_KEPT_DAYS } from '@app/shared';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { ReleaseRepository } from '../teams/release.repository.js';
import { CheckInRepository } from './check-in.repository.js';
import { VisitRepository } from './visit.repository.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A shift may be judged again by them for so long, whatever its force keeps; and no handheld is believed so far back. */
const NEEDED_DAYS = 2;

/**
 * Check-ins and the times of visits say where a team was, and are kept as long as its tracks: as the strictest of its
 * forces says, and of no team longer than any track. What was credited stays, with how long the team stayed.
 */
@Injectable()
export class CheckInSchedule implements OnModuleInit {
  constructor(
    private readonly checkIns: CheckInRepository,
    private readonly visits: VisitRepository,
    private readonly releases: ReleaseRepository,
    private readonly leader: Leader,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leader.every('check-ins', EVERY_MS, () => this.purge());
  }

  /** Through the leader's own connection; safe to repeat. */
  async purge(): Promise<void> {
    const now = this.clock.now();
    const releases = await this.releases.all();
    for (const force of FORCES) {
      const days = Math.max(NEEDED_DAYS, releases[force].keptDays);
      const outlived = { force, before: now - days * DAY_MS, anyBefore: now - MOST_KEPT_DAYS * DAY_MS };
      await this.checkIns.purge(this.leader, outlived);
      await this.visits.purgeTimes(this.leader, outlived);
    }
    await this.checkIns.purgeContacts(this.leader, now - NEEDED_DAYS * DAY_MS);
  }
}
