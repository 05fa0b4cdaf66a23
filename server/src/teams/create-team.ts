import { Injectable } from '@nestjs/common';
import type { Team, TeamDraft } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { newTeam } from './team.rules.js';
import { TeamDesk } from './team-desk.js';
import { teamView } from './team-view.js';

@Injectable()
export class CreateTeam {
  constructor(
    private readonly access: Access,
    private readonly journal: Journal,
    private readonly idempotency: Idempotency,
    private readonly desk: TeamDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault `centre.unknown`, `team.taken` when an open team has this call sign */
  run(draft: TeamDraft, caller: Caller, key: string | null): Promise<Team> {
    this.access.requireAct(caller, draft.centre);
    this.desk.requireCentres([draft.centre, ...(draft.sharedWith ?? [])]);
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, caller, { key, route: 'POST /api/teams', body: draft }, async () => {
        const at = this.clock.now();
        const made = newTeam(this.clock.mint(), draft, at);
        const step = await this.desk.underReleases(tx, made);
        await this.journal.append(tx, [await this.desk.write(tx, step, at)]);
        return teamView(step.next, undefined);
      }),
    );
  }
}
