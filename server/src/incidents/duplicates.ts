import { Injectable } from '@nestjs/common';
import { type Duplicate, type DuplicateQuery, IN_HAND, toMs } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { ClockBooks } from '../clocks/clock-books.js';
import { Places } from '../places/places.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { boxAround, duplicateOf } from './duplicate.rules.js';
import { IncidentReading } from './incident-reading.js';
import { incidentTable } from './incident.table.js';

const MOST = 20;

/** Open incidents that may be what is told once more, the likeliest first, of those that the caller may read. */
@Injectable()
export class Duplicates {
  constructor(
    private readonly database: Database,
    private readonly books: ClockBooks,
    private readonly places: Places,
    private readonly clock: Clock,
    private readonly reading: IncidentReading,
  ) {}

  async of({ category, lng, lat, at: told, but }: DuplicateQuery, by: Caller): Promise<Duplicate[]> {
    const { limits } = await this.books.current();
    const at = told === undefined ? this.clock.now() : toMs(told);
    const box = boxAround([lng, lat], limits.duplicateRadiusM);
    const spanMs = limits.duplicateHours * 3_600_000;
    const rows = await this.database.manager
      .createQueryBuilder(incidentTable, 'i')
      .where('i.category = :category and i.status = any(:open)', { category, open: IN_HAND })
      .andWhere('i.lat between :south and :north', { south: box.lat[0], north: box.lat[1] })
      .andWhere('i.lng between :west and :east', { west: box.lng[0], east: box.lng[1] })
      .andWhere('i.occurred_at between :from and :until', {
        from: new Date(at - spanMs),
        until: new Date(at + spanMs),
      })
      .andWhere('i.seen_by @> :scope', { scope: [by.centre] })
      .andWhere('i.id is distinct from :but', { but: but ?? null })
      .orderBy('i.occurred_at', 'DESC')
      .limit(200)
      .getMany();
    await this.places.current();
    const { grid } = this.places.locate(lng, lat);
    return rows
      .filter((row) => this.reading.viewOf(by, row) !== 'masked')
      .flatMap((row) => duplicateOf(row, { place: [lng, lat], at, grid }, limits) ?? [])
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, MOST);
  }
}
