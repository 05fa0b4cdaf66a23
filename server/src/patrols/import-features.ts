import { Injectable } from '@nestjs/common';
import type { FeatureImport, FeaturesImported, RefusedFeature } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { type ReadFeatures, readFeatures } from './feature.rules.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import { beatView, checkpointView } from './ground.rules.js';

/** Takes beats and checkpoints from GeoJSON: all of a collection or none of it. */
@Injectable()
export class ImportFeatures {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly rows: GroundRepository,
    private readonly desk: GroundDesk,
  ) {}

  /** @throws Fault `patrol-ground.refused` with each feature that is wrong, and why */
  async run(asked: FeatureImport, by: Caller, key: string | null): Promise<FeaturesImported> {
    const { centre, collection } = asked;
    this.desk.requireOpen(by, centre);
    const read = readFeatures(collection.features, centre);
    requireNone(read.refused);
    const imported = await this.database.transaction((tx) =>
      this.idempotency.once(tx, by, { key, route: 'POST /api/patrol-features', body: asked }, () =>
        this.#write(tx, by, read, centre),
      ),
    );
    this.desk.changed(centre);
    return imported;
  }

  async #write(tx: EntityManager, by: Caller, read: ReadFeatures, centre: string): Promise<FeaturesImported> {
    const made = { version: 1, closedAt: null };
    const beats = read.beats.map((beat) => ({ ...beat, ...made, id: this.desk.clock.mint() }));
    const known = [...(await this.rows.beats([centre], tx)), ...beats];
    const byName = new Map(known.map(({ names, id }) => [names.hans, id]));
    requireNone(
      read.checkpoints
        .filter(({ beatName }) => beatName !== null && !byName.has(beatName))
        .map(({ index, beatName }) => ({
          index,
          reason: 'beat' as const,
          seen: beatName ?? '',
          wanted: 'the name of a beat of this collection or centre',
        })),
    );
    const checkpoints = read.checkpoints.map(({ beatName, draft }) => ({
      ...draft,
      ...made,
      id: this.desk.clock.mint(),
      beat: beatName === null ? null : (byName.get(beatName) ?? null),
    }));
    for (const beat of beats) await this.rows.writeBeat(tx, beat);
    for (const point of checkpoints) await this.rows.writeCheckpoint(tx, point);
    const detail = { beats: beats.length, checkpoints: checkpoints.length };
    await this.desk.note(tx, by, { action: 'patrol-ground.imported', subject: `centre:${centre}`, detail });
    return {
      beats: beats.map((beat) => beatView(beat, true)),
      checkpoints: checkpoints.map((point) => checkpointView(point, true)),
    };
  }
}

function requireNone(refused: readonly RefusedFeature[]): void {
  if (refused.length > 0) throw new Fault('patrol-ground.refused', { features: refused });
}
