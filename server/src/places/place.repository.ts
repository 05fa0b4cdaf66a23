import { Injectable } from '@nestjs/common';
import type { Area, CentreId, Id, Names } from '@app/shared';
import { Database } from '../platform/database.js';

export interface AreaRow {
  readonly centre: CentreId;
  readonly geometry: Area;
}

export interface GridRow {
  readonly code: string;
  readonly kind: string;
  readonly centre: CentreId;
  readonly anchor: [number, number];
  readonly geometry: Area;
}

export interface KeySiteRow {
  readonly id: Id;
  readonly names: Names;
  readonly kind: string;
  readonly position: [number, number];
  readonly circle: number;
}

@Injectable()
export class PlaceRepository {
  constructor(private readonly database: Database) {}

  areas(): Promise<AreaRow[]> {
    return this.database.query('select centre, geometry from area order by centre');
  }

  async areaOf(centre: CentreId): Promise<Area | null> {
    const [row] = await this.database.query<AreaRow>('select centre, geometry from area where centre = $1', [
      centre,
    ]);
    return row?.geometry ?? null;
  }

  grids(): Promise<GridRow[]> {
    return this.database.query(`${SELECT_GRIDS} order by code collate "C"`);
  }

  /** Grids as points. */
  gridPoints(): Promise<Pick<GridRow, 'code' | 'centre' | 'anchor'>[]> {
    return this.database.query('select code, centre, anchor from grid order by code collate "C"');
  }

  /** Grids of these centres after a code, by code. */
  gridsOf(centres: readonly CentreId[], limit: number, after: string): Promise<GridRow[]> {
    return this.database.query(
      `${SELECT_GRIDS} where centre = any($1) and code collate "C" > $2 order by code collate "C" limit $3`,
      [centres, after, limit],
    );
  }

  keySites(): Promise<KeySiteRow[]> {
    return this.database.query('select id, names, kind, position, circle from key_site order by id');
  }
}

const SELECT_GRIDS = 'select code, kind, centre, anchor, geometry from grid';
