import { Injectable } from '@nestjs/common';
import type { Checkpoint, CheckpointChange, CheckpointDraft, Id } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import { checkpointView } from './ground.rules.js';

/** Makes, changes and closes checkpoints. */
@Injectable()
export class ChangeCheckpoint {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly rows: GroundRepository,
    private readonly desk: GroundDesk,
  ) {}

  /** @throws Fault `centre.unknown` `beat.unknown` */
  async create(draft: CheckpointDraft, by: Caller, key: string | null): Promise<Checkpoint> {
    this.desk.requireOpen(by, draft.centre);
    const made = await this.database.transaction((tx) =>
      this.idempotency.once(tx, by, { key, route: 'POST /api/checkpoints', body: draft }, async () => {
        await this.#requireBeat(tx, by, draft.beat);
        const checkpoint = { ...draft, id: this.desk.clock.mint(), version: 1, closedAt: null };
        await this.rows.writeCheckpoint(tx, checkpoint);
        const subject = `checkpoint:${checkpoint.id}` as const;
        await this.desk.note(tx, by, { action: 'checkpoint.created', subject });
        return checkpointView(checkpoint, true);
      }),
    );
    this.desk.changed(made.centre);
    return made;
  }

  /** @throws Fault `checkpoint.unknown` `checkpoint.stale` `beat.unknown` */
  async change(id: Id, { version, isClosed, ...terms }: CheckpointChange, by: Caller): Promise<Checkpoint> {
    const changed = await this.database.transaction(async (tx) => {
      const row = await this.rows.lockCheckpoint(tx, id);
      const held = this.desk.require('checkpoint', row, { by, version, id });
      await this.#requireBeat(tx, by, terms.beat ?? null);
      const checkpoint = {
        id,
        centre: held.centre,
        kind: terms.kind ?? held.kind,
        beat: terms.beat === undefined ? held.beat : terms.beat,
        names: terms.names ?? held.names,
        lng: terms.lng ?? held.lng,
        lat: terms.lat ?? held.lat,
        radiusM: terms.radiusM ?? held.radiusM,
        dwellS: terms.dwellS ?? held.dwellS,
        visits: terms.visits ?? held.visits,
        windows: terms.windows ?? held.windows,
        forces: terms.forces ?? held.forces,
        isGpsBlind: terms.isGpsBlind ?? held.isGpsBlind,
        version: version + 1,
        closedAt: isClosed ? this.desk.clock.now() : null,
      };
      await this.rows.writeCheckpoint(tx, checkpoint);
      const action = isClosed ? 'checkpoint.closed' : 'checkpoint.changed';
      const detail = { fields: Object.keys(terms) };
      await this.desk.note(tx, by, { action, subject: `checkpoint:${id}`, detail });
      return checkpointView(checkpoint, true);
    });
    this.desk.changed(changed.centre);
    return changed;
  }

  async #requireBeat(tx: EntityManager, by: Caller, beat: Id | null): Promise<void> {
    if (beat === null) return;
    const [found] = await this.rows.beatsBy([beat], tx);
    if (!found || found.closedAt !== null || !this.desk.mayChange(by, found.centre))
      throw new Fault('beat.unknown', { id: beat });
  }
}
