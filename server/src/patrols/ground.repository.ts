import { Injectable } from '@nestjs/common';
import type { CentreId, Id, TeamId } from '@app/shared';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Database } from '../platform/database.js';
import {
  type BeatRow,
  beatTable,
  type CheckpointRow,
  checkpointTable,
  type VisitPlanRow,
  visitPlanTable,
} from './ground.table.js';

/** More than a city has. */
const MOST = 5_000;
const locked = { lock: { mode: 'pessimistic_write' } } as const;

/** Beats, checkpoints and plans as rows. */
@Injectable()
export class GroundRepository {
  constructor(private readonly database: Database) {}

  lockBeat(tx: EntityManager, id: Id): Promise<BeatRow | null> {
    return tx.findOne(beatTable, { where: { id }, ...locked });
  }

  lockCheckpoint(tx: EntityManager, id: Id): Promise<CheckpointRow | null> {
    return tx.findOne(checkpointTable, { where: { id }, ...locked });
  }

  /** Open beats of these centres, by id. */
  beats(centres: readonly CentreId[], tx: EntityManager = this.database.manager): Promise<BeatRow[]> {
    const where = { centre: In([...centres]), closedAt: IsNull() };
    return tx.find(beatTable, { where, order: { id: 'ASC' }, take: MOST });
  }

  /** Open checkpoints of these centres, by id. */
  checkpoints(
    centres: readonly CentreId[],
    tx: EntityManager = this.database.manager,
  ): Promise<CheckpointRow[]> {
    const where = { centre: In([...centres]), closedAt: IsNull() };
    return tx.find(checkpointTable, { where, order: { id: 'ASC' }, take: MOST });
  }

  /** Beats by their ids, closed ones too. */
  beatsBy(ids: readonly Id[], tx: EntityManager = this.database.manager): Promise<BeatRow[]> {
    return tx.find(beatTable, { where: { id: In([...ids]) } });
  }

  /** Checkpoints by their ids, closed ones too. */
  checkpointsBy(ids: readonly Id[], tx: EntityManager = this.database.manager): Promise<CheckpointRow[]> {
    return tx.find(checkpointTable, { where: { id: In([...ids]) } });
  }

  /** Open checkpoints of these beats, by id. */
  checkpointsOf(beats: readonly Id[], tx: EntityManager = this.database.manager): Promise<CheckpointRow[]> {
    const where = { beat: In([...beats]), closedAt: IsNull() };
    return tx.find(checkpointTable, { where, order: { id: 'ASC' } });
  }

  /** Whether a team owes, or owed, a checkpoint a visit. */
  async owes(tx: EntityManager, team: TeamId, checkpoint: Id): Promise<boolean> {
    const found = await tx.query<unknown[]>(
      'select 1 from visit where team = $1 and checkpoint = $2 limit 1',
      [team, checkpoint],
    );
    return found.length > 0;
  }

  async writeBeat(tx: EntityManager, beat: BeatRow): Promise<void> {
    await tx.save(beatTable, { ...beat });
  }

  async writeCheckpoint(tx: EntityManager, checkpoint: CheckpointRow): Promise<void> {
    await tx.save(checkpointTable, { ...checkpoint });
  }

  /** Plans of these teams, by team and level. */
  plans(teams: readonly TeamId[], tx: EntityManager = this.database.manager): Promise<VisitPlanRow[]> {
    const where = { team: In([...teams]) };
    return tx.find(visitPlanTable, { where, order: { team: 'ASC', level: 'ASC' } });
  }

  async writePlan(tx: EntityManager, plan: VisitPlanRow): Promise<void> {
    await tx.save(visitPlanTable, { ...plan });
  }
}
