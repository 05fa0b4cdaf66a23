import { Injectable } from '@nestjs/common';
import type { FeatureImport, FeaturesImported, RefusedFeature } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { type ReadFeatures, readFeatures, sameBeat, samePoint } from './feature.rules.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import { beatView, checkpointView } from './ground.rules.js';

/**
 * Takes beats and checkpoints from GeoJSON: all of a collection or none of it. What stands already, at the centre or below
 * it, stays the one that it is.
 */
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
    const centres = this.desk.within(centre);
    const [beatsNow, pointsNow] = [
      await this.rows.beats(centres, tx),
      await this.rows.checkpoints(centres, tx),
    ];
    const beats = read.beats.map(
      (beat) => sameBeat(beat, beatsNow) ?? { ...beat, ...made, id: this.desk.clock.mint() },
    );
    const known = [...beatsNow.filter((beat) => beat.centre === centre), ...beats];
    const byName = new Map(known.map(({ names, id }) => [names.hans, id]));
    requireNone(unknownBeats(read, byName));
    const checkpoints = read.checkpoints.map(({ beatName, draft }) => {
      const beat = beatName === null ? null : (byName.get(beatName) ?? null);
      return samePoint(draft, beat, pointsNow) ?? { ...draft, ...made, id: this.desk.clock.mint(), beat };
    });
    const stood = new Set([...beatsNow, ...pointsNow].map(({ id }) => id));
    const [newBeats, newPoints] = [
      beats.filter(({ id }) => !stood.has(id)),
      checkpoints.filter(({ id }) => !stood.has(id)),
    ];
    for (const beat of newBeats) await this.rows.writeBeat(tx, beat);
    for (const point of newPoints) await this.rows.writeCheckpoint(tx, point);
    const detail = { beats: newBeats.length, checkpoints: newPoints.length };
    await this.desk.note(tx, by, { action: 'patrol-ground.imported', subject: `centre:${centre}`, detail });
    return {
      beats: beats.map((beat) => beatView(beat, true)),
      checkpoints: checkpoints.map((point) => checkpointView(point, true)),
      same: beats.length + checkpoints.length - newBeats.length - newPoints.length,
    };
  }
}

const unknownBeats = ({ checkpoints }: ReadFeatures, byName: ReadonlyMap<string, string>): RefusedFeature[] =>
  checkpoints.flatMap(({ index, beatName }) =>
    beatName === null || byName.has(beatName)
      ? []
      : {
          index,
          reason: 'beat',
          seen: beatName,
          wanted: 'the name of a beat of this collection or centre',
        },
  );

function requireNone(refused: readonly RefusedFeature[]): void {
  if (refused.length > 0) throw new Fault('patrol-ground.refused', { features: refused });
}
