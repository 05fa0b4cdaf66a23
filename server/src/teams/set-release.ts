import { Injectable } from '@nestjs/common';
import { type Force, type ForceRelease, liaisonOf, type ReleaseChange } from '@app/shared';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { type Draft, Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { ReleaseRepository } from './release.repository.js';
import { TeamDesk } from './team-desk.js';
import { TeamRepository } from './team.repository.js';

/** A force decides what it releases of itself: its liaison desk does, and for a force of the city its administrator. */
@Injectable()
export class SetRelease {
  constructor(
    private readonly journal: Journal,
    private readonly audit: Audit,
    private readonly releases: ReleaseRepository,
    private readonly teams: TeamRepository,
    private readonly desk: TeamDesk,
    private readonly clock: Clock,
  ) {}

  /**
   * Every team that it touches is written anew at once: what is no longer released is forgotten with it.
   * @throws Fault `role.denied`, `release.stale`
   */
  run(force: Force, { version, ...change }: ReleaseChange, by: Caller): Promise<ForceRelease> {
    const desk = liaisonOf(by.role);
    if (desk ? desk.force !== force : by.role !== 'admin')
      throw new Fault('role.denied', { seen: by.role, wanted: `the liaison desk of ${force}` });
    return this.journal.transaction(async (tx) => {
      const releases = await this.releases.lock(tx, 'update');
      const held = releases[force];
      if (held.version !== version) throw new Fault('release.stale', { seen: version, current: held });
      const { fullDays = held.fullDays, keptDays = held.keptDays, ...rest } = change;
      const days = { fullDays: fullDays === null ? null : Math.min(fullDays, keptDays), keptDays };
      const next: ForceRelease = { force, ...rest, ...days, version: version + 1 };
      await this.releases.write(tx, next);
      const line = {
        caller: by,
        action: 'release.changed',
        subject: `force:${force}`,
        detail: { ...rest, ...days },
      } as const;
      await this.audit.write(tx, { ...line, outcome: 'done' });
      const drafts: Draft[] = [];
      const now = this.clock.now();
      for (const team of await this.teams.lockAllOpen(tx)) {
        const draft = await this.desk.rerelease(tx, team, { releases: { ...releases, [force]: next }, now });
        if (draft) drafts.push(draft);
      }
      await this.journal.append(tx, drafts);
      return next;
    });
  }
}
