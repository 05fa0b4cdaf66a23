import { Injectable } from '@nestjs/common';
import type { Beat, BeatChange, BeatDraft, Id } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Database } from '../platform/database.js';
import { settle } from '../platform/decision.js';
import { GroundDesk } from './ground-desk.js';
import { GroundRepository } from './ground.repository.js';
import { beatView, checkPolygon } from './ground.rules.js';

/** Makes, changes and closes beats. */
@Injectable()
export class ChangeBeat {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly rows: GroundRepository,
    private readonly desk: GroundDesk,
  ) {}

  /** @throws Fault `centre.unknown`, `patrol-ground.illegal` */
  async create(draft: BeatDraft, by: Caller, key: string | null): Promise<Beat> {
    this.desk.requireOpen(by, draft.centre);
    settle(checkPolygon(draft.polygon));
    const made = await this.database.transaction((tx) =>
      this.idempotency.once(tx, by, { key, route: 'POST /api/beats', body: draft }, async () => {
        const beat = { ...draft, id: this.desk.clock.mint(), version: 1, closedAt: null };
        await this.rows.writeBeat(tx, beat);
        await this.desk.note(tx, by, { action: 'beat.created', subject: `beat:${beat.id}` });
        return beatView(beat, true);
      }),
    );
    this.desk.changed(made.centre);
    return made;
  }

  /** @throws Fault `beat.unknown` `beat.stale` `patrol-ground.illegal` */
  async change(id: Id, { version, isClosed, ...terms }: BeatChange, by: Caller): Promise<Beat> {
    if (terms.polygon) settle(checkPolygon(terms.polygon));
    const changed = await this.database.transaction(async (tx) => {
      const held = this.desk.require('beat', await this.rows.lockBeat(tx, id), { by, version, id });
      const beat = {
        ...held,
        names: terms.names ?? held.names,
        ring: terms.ring ?? held.ring,
        polygon: terms.polygon ?? held.polygon,
        version: version + 1,
        closedAt: isClosed ? this.desk.clock.now() : null,
      };
      await this.rows.writeBeat(tx, beat);
      const action = isClosed ? 'beat.closed' : 'beat.changed';
      await this.desk.note(tx, by, { action, subject: `beat:${id}`, detail: { fields: Object.keys(terms) } });
      return beatView(beat, true);
    });
    this.desk.changed(changed.centre);
    return changed;
  }
}
