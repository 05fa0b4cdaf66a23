import { Injectable } from '@nestjs/common';
import {
  type Evidence,
  type EvidenceAction,
  type EvidenceSeen,
  type EvidenceType,
  type Id,
  type IncidentAction,
  type IncidentId,
  toInstant,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';
import { NO_EVIDENCE } from './incident-step.js';

/** Evidence as it is kept. `sourceSha256` is of the bytes that were sent, before anything was taken out of them. */
export interface EvidenceRow {
  readonly id: Id;
  readonly incident: IncidentId;
  readonly name: string;
  readonly type: EvidenceType;
  readonly bytes: number;
  readonly sha256: string;
  readonly sourceSha256: string;
  readonly byAccount: Id;
  readonly byName: string;
  readonly at: number;
}

/**
 * `pending`: its bytes may or may not lie in the store. `kept`: they do. `gone`: nobody may read them any more, and
 * they are to be taken away. A row leaves only after its bytes.
 */
export type EvidenceState = 'pending' | 'kept' | 'gone';

@Injectable()
export class EvidenceRepository {
  constructor(private readonly database: Database) {}

  /** Written before the bytes, so that no bytes lie anywhere without a row that names them. */
  async announce(row: EvidenceRow): Promise<void> {
    const { id, incident, name, type, bytes, sha256, sourceSha256, byAccount, byName, at } = row;
    await this.database.query(
      `insert into evidence (id, incident, state, name, type, bytes, sha256, source_sha256, by_account, by_name, at)
       values ($1, $2, 'pending', $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, incident, name, type, bytes, sha256, sourceSha256, byAccount, byName, new Date(at)],
    );
  }

  async setState(id: Id, state: EvidenceState, tx: EntityManager = this.database.manager): Promise<void> {
    await tx.query('update evidence set state = $2 where id = $1', [id, state]);
  }

  async list(incident: IncidentId): Promise<EvidenceRow[]> {
    return this.database.query(`${SELECT} where incident = $1 and state = 'kept' order by at, id`, [
      incident,
    ]);
  }

  async count(tx: EntityManager, incident: IncidentId): Promise<number> {
    const [row] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from evidence where incident = $1 and state = 'kept'`,
      [incident],
    );
    return row?.count ?? 0;
  }

  /** What counts for a step: kept since the work was sent back, or, for looking at it, since it was said to be done. */
  async seen(
    incident: IncidentId,
    action: EvidenceAction,
    tx: EntityManager = this.database.manager,
  ): Promise<EvidenceSeen> {
    const [row] = await tx.query<EvidenceSeen[]>(
      `select (count(*) filter (where type like 'image/%'))::int as photos,
              (count(*) filter (where type not like 'image/%'))::int as files
         from evidence
        where incident = $1 and state = 'kept'
          and at > coalesce((select max(recorded_at) from timeline where incident = $1 and action = any($2)), '-infinity')`,
      [incident, SINCE[action]],
    );
    return row ?? NO_EVIDENCE;
  }

  async find(id: Id): Promise<EvidenceRow | undefined> {
    const [row] = await this.database.query<EvidenceRow>(`${SELECT} where id = $1 and state = 'kept'`, [id]);
    return row;
  }

  /** Nobody reads these any more, from this commit on; answers how many there were. */
  async expire(tx: EntityManager, incident: IncidentId): Promise<number> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update evidence set state = 'gone', name = '' where incident = $1 and state <> 'gone'`,
      [incident],
    );
    return count;
  }

  /** Those whose bytes are to be taken away: gone, or announced before `since` and never kept. */
  async orphans(since: number, limit: number): Promise<Id[]> {
    const rows = await this.database.query<{ id: Id }>(
      `select id from evidence where state = 'gone' or (state = 'pending' and at < $1) order by id limit $2`,
      [new Date(since), limit],
    );
    return rows.map(({ id }) => id);
  }

  async forget(id: Id): Promise<void> {
    await this.database.query(`delete from evidence where id = $1 and state <> 'kept'`, [id]);
  }
}

const SINCE: Readonly<Record<EvidenceAction, readonly IncidentAction[]>> = {
  complete: ['rework', 'reopen'],
  close: ['complete'],
};

const SELECT = `
  select id, incident, name, type, bytes, sha256, source_sha256 as "sourceSha256", by_account as "byAccount",
         by_name as "byName", (extract(epoch from at) * 1000)::float8 as at
    from evidence`;

export const shown = ({ id, name, type, bytes, sha256, byName, at }: EvidenceRow): Evidence => ({
  id,
  name,
  type,
  bytes,
  sha256,
  by: byName,
  at: toInstant(at),
});
