import { Inject, Injectable } from '@nestjs/common';
import type { Area, Centre, CentreChange, CentreDraft, CentreId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Fault } from '../platform/fault.js';
import { firstAbbreviation } from './abbreviation.rules.js';
import { extentOf } from './centre-change.rules.js';

/** Rows of the tree and their areas. Written by changes of the tree alone. */
@Injectable()
export class CentreRepository {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async insert(tx: EntityManager, draft: CentreDraft): Promise<CentreId> {
    const id = this.clock.mint();
    const { parent = null, level, kind = level, code = null, names, aliases = [] } = draft;
    await tx.query(
      `insert into centre (id, parent, level, kind, code, names, aliases, sort)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7, (select count(*) from centre))`,
      [id, parent, level, kind, code, JSON.stringify(names), aliases],
    );
    if (draft.area) await this.writeArea(tx, id, draft.area);
    const word = draft.abbreviation ?? (parent === null ? null : await this.firstWord(tx, names.hans));
    if (word !== null) await this.abbreviate(tx, { id, parent }, word);
    return id;
  }

  async update(tx: EntityManager, centre: Centre, change: CentreChange): Promise<CentreId> {
    await tx.query(
      `update centre set parent = $2, names = $3::jsonb, aliases = $4, closed_at = $5, successor = $6,
              version = version + 1
        where id = $1`,
      [
        centre.id,
        change.parent ?? centre.parent,
        JSON.stringify(change.names ?? centre.names),
        change.aliases ?? centre.aliases,
        change.close ? new Date(this.clock.now()) : null,
        change.close?.successor ?? null,
      ],
    );
    if (change.area !== undefined) await this.writeArea(tx, centre.id, change.area);
    const word = change.abbreviation;
    if (word !== undefined && word !== centre.abbreviation) await this.abbreviate(tx, centre, word);
    if (change.close) await this.handOver(tx, centre.id, change.close.successor);
    return centre.id;
  }

  private async firstWord(tx: EntityManager, name: string): Promise<string> {
    const rows = await tx.query<{ word: string }[]>('select word from centre_abbreviation');
    const taken = new Set([this.config.numberPrefix, ...rows.map(({ word }) => word)]);
    return firstAbbreviation(name, (word) => taken.has(word));
  }

  /** @throws Fault `centre.taken` where the word is, or was, another centre's: numbers with it are out there */
  private async abbreviate(
    tx: EntityManager,
    { id, parent }: Pick<Centre, 'id' | 'parent'>,
    word: string,
  ): Promise<void> {
    await tx.query(
      'insert into centre_abbreviation (word, centre) values ($1, $2) on conflict (word) do nothing',
      [word, id],
    );
    const [owner] = await tx.query<{ centre: CentreId }[]>(
      'select centre from centre_abbreviation where word = $1',
      [word],
    );
    const isRoots = parent !== null && word === this.config.numberPrefix;
    if (owner?.centre !== id || isRoots)
      throw new Fault('centre.taken', { field: 'abbreviation', seen: word });
    await tx.query('update centre set abbreviation = $2 where id = $1', [id, word]);
  }

  private async writeArea(tx: EntityManager, id: CentreId, area: Area | null): Promise<void> {
    const extent = area ? extentOf(area) : null;
    await tx.query('update centre set anchor = $2, bbox = $3 where id = $1', [
      id,
      extent?.anchor ?? null,
      extent?.bbox ?? null,
    ]);
    if (area)
      await tx.query(
        `insert into area (centre, geometry) values ($1, $2::jsonb)
         on conflict (centre) do update set geometry = excluded.geometry, demo = false`,
        [id, JSON.stringify(area)],
      );
    else await tx.query('delete from area where centre = $1', [id]);
  }

  /** Whoever stood at a closed centre stands at its successor. */
  private async handOver(tx: EntityManager, from: CentreId, to: CentreId): Promise<void> {
    for (const table of ['account', 'token'])
      await tx.query(`update ${table} set centre = $2, changed_at = clock_timestamp() where centre = $1`, [
        from,
        to,
      ]);
  }
}
