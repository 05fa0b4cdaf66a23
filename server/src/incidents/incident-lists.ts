import { Injectable } from '@nestjs/common';
import type { CentreId, IncidentPage, IncidentQuery } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Clock } from '../platform/clock.js';
import { IncidentListQuery, type IncidentReach } from './incident-list.query.js';
import { IncidentReader } from './incident-reader.js';
import { IncidentReading } from './incident-reading.js';
import { itemOf } from './incident-view.js';

/** Lists of incidents as one caller may see them. */
@Injectable()
export class IncidentLists {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly clock: Clock,
    private readonly query: IncidentListQuery,
    private readonly reader: IncidentReader,
    private readonly reading: IncidentReading,
  ) {}

  /** @throws Fault `centre.unknown` for a centre beyond the caller's subtree */
  async list(by: Caller, asked: IncidentQuery): Promise<IncidentPage> {
    const { centre, ...filter } = asked;
    const { states, next } = await this.query.page(filter, this.reachOf(by, centre));
    if (filter.q !== undefined) await this.reading.searched(by, states.length);
    const permitFor = await this.reader.permits(by);
    const items = states.map((state) => itemOf(state, permitFor(state)));
    const isPartial = asked.q !== undefined && (await this.query.isPartial(this.clock.now()));
    return { items, next, ...(isPartial ? { partial: true } : {}) };
  }

  /** @throws Fault `centre.unknown` for a centre beyond the caller's subtree */
  reachOf(by: Caller, centre: CentreId | undefined): IncidentReach {
    if (centre !== undefined) this.access.requireAct(by, centre);
    const centres = centre === undefined ? undefined : this.tree.subtree(centre);
    return { scope: by.centre, centres, now: this.clock.now(), reader: this.reading.reachOf(by) };
  }
}
