import { Injectable } from '@nestjs/common';
import type { Force, ForceRelease } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database.js';

export type Releases = Readonly<Record<Force, ForceRelease>>;

/** What each force releases of itself. */
@Injectable()
export class ReleaseRepository {
  constructor(private readonly database: Database) {}

  async all(tx: EntityManager = this.database.manager): Promise<Releases> {
    return byForce(await tx.query<ForceRelease[]>(`${SELECT} order by force`));
  }

  /** Every row, locked until the caller's transaction ends: who writes a team under them waits for a change. */
  async lock(tx: EntityManager, how: 'share' | 'update'): Promise<Releases> {
    return byForce(await tx.query<ForceRelease[]>(`${SELECT} order by force for ${how}`));
  }

  async write(
    tx: EntityManager,
    { force, positions, strength, fullDays, keptDays, version }: ForceRelease,
  ): Promise<void> {
    await tx.query(
      `update force_release set positions = $2, strength = $3, full_days = $4, kept_days = $5, version = $6
        where force = $1`,
      [force, positions, strength, fullDays, keptDays, version],
    );
  }
}

const SELECT = `
  select force, positions, strength, full_days as "fullDays", kept_days as "keptDays", version from force_release`;

function byForce(rows: readonly ForceRelease[]): Releases {
  const find = (force: Force): ForceRelease => {
    const row = rows.find((known) => known.force === force);
    if (!row) throw new Error(`no release of ${force}`);
    return row;
  };
  return { police: find('police'), 'armed-police': find('armed-police'), militia: find('militia') };
}
