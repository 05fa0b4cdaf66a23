import { Injectable } from '@nestjs/common';
import type { VisitPlan, VisitPlanDraft } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { TeamRepository } from '../teams/team.repository.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import { JudgeVisits } from './judge-visits.js';

/** Says what a team's shifts visit under a duty level. */
@Injectable()
export class SetVisitPlan {
  constructor(
    private readonly database: Database,
    private readonly teams: TeamRepository,
    private readonly rows: GroundRepository,
    private readonly desk: GroundDesk,
    private readonly judge: JudgeVisits,
  ) {}

  /** @throws Fault `team.unknown` `beat.unknown` `checkpoint.unknown` `visit-plan.stale` */
  async run(draft: VisitPlanDraft, by: Caller): Promise<VisitPlan> {
    const { plan, centre } = await this.database.transaction(async (tx) => {
      // The team's row is the lock of its plans: also of one that is not there yet.
      const [team] = await this.teams.lockMany(tx, [draft.team]);
      if (!team || !this.desk.mayChange(by, team.centre)) throw new Fault('team.unknown', { id: draft.team });
      await this.#requireGround(tx, by, draft);
      const held = (await this.rows.plans([draft.team], tx)).find(({ level }) => level === draft.level);
      if ((held?.version ?? 0) !== draft.version)
        throw new Fault('visit-plan.stale', { seen: draft.version, current: held ?? null });
      const { beats, checkpoints, ...rest } = draft;
      const plan = {
        ...rest,
        beats: [...new Set(beats)],
        checkpoints: [...new Set(checkpoints)],
        id: held?.id ?? this.desk.clock.mint(),
        version: draft.version + 1,
      };
      await this.rows.writePlan(tx, plan);
      const detail = { level: plan.level, beats: plan.beats.length, checkpoints: plan.checkpoints.length };
      await this.desk.note(tx, by, { action: 'visit-plan.set', subject: `team:${team.id}`, detail });
      return { plan: { ...plan, callSign: team.callSign }, centre: team.centre };
    });
    this.desk.changed(centre);
    // Whoever is on the street by this plan is told at once.
    await this.judge.settleTeam(plan.team, this.desk.clock.now());
    return plan;
  }

  async #requireGround(tx: EntityManager, by: Caller, { beats, checkpoints }: VisitPlanDraft): Promise<void> {
    const found = [
      { kind: 'beat', ids: beats, rows: await this.rows.beatsBy(beats, tx) },
      { kind: 'checkpoint', ids: checkpoints, rows: await this.rows.checkpointsBy(checkpoints, tx) },
    ] as const;
    for (const { kind, ids, rows } of found)
      for (const id of ids) {
        const row = rows.find((one) => one.id === id);
        if (!row || row.closedAt !== null || !this.desk.mayChange(by, row.centre))
          throw new Fault(`${kind}.unknown`, { id });
      }
  }
}
