import { Injectable } from '@nestjs/common';
import { type CentreId, type HandheldStop, type Id, NAMELESS, type Names, type TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { Fault } from '../platform/fault.js';
import { GroundRepository } from './ground.repository.js';
import type { CheckpointRow } from './ground.table.js';

/** Checkpoints and homes, as the handheld of a team may know them. */
@Injectable()
export class PatrolPlaces {
  constructor(
    private readonly tree: CentreTree,
    private readonly ground: GroundRepository,
  ) {}

  home(id: CentreId): { id: CentreId; names: Names } {
    return { id, names: this.tree.get(id)?.names ?? NAMELESS };
  }

  async stops(ids: Iterable<Id>): Promise<HandheldStop[]> {
    return (await this.ground.checkpointsBy([...new Set(ids)])).map(stopOf);
  }

  /**
   * A checkpoint of the own home, below it or above it, or one that the team owes a visit.
   * @throws Fault `checkpoint.unknown`
   */
  async require(tx: EntityManager, id: Id, { team, home }: { team: TeamId; home: CentreId }): Promise<void> {
    const [point] = await this.ground.checkpointsBy([id], tx);
    const isNear =
      point && (this.tree.isWithin(point.centre, home) || this.tree.isWithin(home, point.centre));
    if (!point || (!isNear && !(await this.ground.owes(tx, team, id))))
      throw new Fault('checkpoint.unknown', { id });
  }
}

const stopOf = ({ id, names, lng, lat, radiusM, dwellS, isGpsBlind }: CheckpointRow): HandheldStop => ({
  id,
  name: names.hans,
  names,
  lng,
  lat,
  radiusM,
  dwellS,
  isGpsBlind,
});
