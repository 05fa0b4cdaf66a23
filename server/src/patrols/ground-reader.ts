import { Injectable } from '@nestjs/common';
import type { Beat, CentreId, Checkpoint, PatrolFeatures, VisitPlan } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { TeamRepository } from '../teams/team.repository.js';
import { GroundDesk } from './ground-desk.js';
import { writeFeatures } from './feature.rules.js';
import { GroundRepository } from './ground.repository.js';
import { beatView, checkpointView } from './ground.rules.js';

const MOST_TEAMS = 5_000;

/** Beats, checkpoints and plans as one caller may see them: those of the own centre and of every centre below. */
@Injectable()
export class GroundReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly rows: GroundRepository,
    private readonly teams: TeamRepository,
    private readonly desk: GroundDesk,
  ) {}

  async beats(by: Caller, centre: CentreId | undefined): Promise<Beat[]> {
    const rows = await this.rows.beats(this.#below(by, centre));
    return rows.map((row) => beatView(row, this.desk.mayChange(by, row.centre)));
  }

  async checkpoints(by: Caller, centre: CentreId | undefined): Promise<Checkpoint[]> {
    const rows = await this.rows.checkpoints(this.#below(by, centre));
    return rows.map((row) => checkpointView(row, this.desk.mayChange(by, row.centre)));
  }

  async features(by: Caller, centre: CentreId | undefined): Promise<PatrolFeatures> {
    const centres = this.#below(by, centre);
    const [beats, checkpoints] = await Promise.all([
      this.rows.beats(centres),
      this.rows.checkpoints(centres),
    ]);
    return writeFeatures(beats, checkpoints);
  }

  async plans(by: Caller, centre: CentreId | undefined): Promise<VisitPlan[]> {
    const centres = this.#below(by, centre);
    const filter = { scope: by.centre, centres, isClosed: false };
    const teams = await this.teams.list(filter, MOST_TEAMS, undefined);
    const callSigns = new Map(teams.map(({ id, callSign }) => [id, callSign]));
    const plans = await this.rows.plans([...callSigns.keys()]);
    return plans.map((plan) => ({ ...plan, callSign: callSigns.get(plan.team) ?? '' }));
  }

  #below(by: Caller, centre: CentreId = by.centre): CentreId[] {
    this.access.requireAct(by, centre);
    return this.tree.subtree(centre);
  }
}
