import { Injectable } from '@nestjs/common';
import { type CentreId, type IncidentId, openingTies, type ReadingTie, type ReadingView } from '@app/shared';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { ReadAudit } from '../access/read-audit.js';
import { Fault } from '../platform/fault.js';
import type { IncidentRow } from './incident.table.js';
import type { Standing } from './party.rules.js';
import { handles, readerOf, viewFor } from './reading.rules.js';
import { standingOf } from './standing.js';

type Told = Pick<IncidentRow, 'id' | 'number' | 'label'>;

/** Who reads with which ties, for a query that must tell hidden incidents from those that may be read whole. */
export interface ReaderReach {
  readonly account: string;
  /** Ties that open a sensitive incident to this reader. */
  readonly ties: readonly ReadingTie[];
  /** The own centre with those that were closed in its favour, and every centre below. */
  readonly own: readonly CentreId[];
  readonly below: readonly CentreId[];
}

/** How much of an incident a caller may read, and that it was read: one door for every route that shows one. */
@Injectable()
export class IncidentReading {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly audit: ReadAudit,
  ) {}

  standing(by: Caller): Standing {
    return standingOf(this.access, this.tree, by);
  }

  viewOf(by: Caller, incident: IncidentRow): ReadingView {
    return viewFor(by, incident, this.standing(by));
  }

  /** @throws Fault `incident.unknown`, whether it is foreign or unknown */
  requireSeen<T extends { readonly incident: IncidentRow }>(
    by: Caller,
    id: IncidentId,
    state: T | undefined,
  ): T {
    if (!state || !this.maySee(by, state.incident)) throw new Fault('incident.unknown', { id });
    return state;
  }

  /**
   * @throws Fault `incident.unknown`, whether it is foreign or unknown; `incident.sealed` where only its card may be
   * seen
   */
  requireWhole<T extends { readonly incident: IncidentRow }>(
    by: Caller,
    id: IncidentId,
    state: T | undefined,
  ): T {
    const seen = this.requireSeen(by, id, state);
    if (this.viewOf(by, seen.incident) === 'masked') throw new Fault('incident.sealed', { id });
    return seen;
  }

  /** @throws Fault `scope.denied` for whoever reads a sensitive incident and does not handle it */
  requireHandling(by: Caller, incident: IncidentRow): void {
    if (!handles(by, incident, this.standing(by)))
      throw new Fault('scope.denied', { seen: by.centre, wanted: incident.centre });
  }

  /** Whether it is for the caller to act on, whole: what `requireWhole`, `requireAct` and `requireHandling` let pass. */
  isHandling(by: Caller, incident: IncidentRow): boolean {
    return (
      this.maySee(by, incident) &&
      this.viewOf(by, incident) !== 'masked' &&
      this.access.mayAct(by, incident.centre) &&
      handles(by, incident, this.standing(by))
    );
  }

  maySee(by: Caller, incident: IncidentRow): boolean {
    return this.access.mayRead(by, incident.seenBy);
  }

  /** @throws Fault `scope.denied` for an incident that another centre has */
  requireAct(by: Caller, { incident: { centre } }: { readonly incident: IncidentRow }): void {
    if (!this.access.mayAct(by, centre)) throw new Fault('scope.denied', { seen: by.centre, wanted: centre });
  }

  /** Writes down that an incident was read, and which part of it. */
  told(by: Caller, { id, number, label }: Told, part: string): Promise<void> {
    return this.audit.tell(by, {
      action: 'incident.read',
      subject: `incident:${id}`,
      detail: { part, number, label },
    });
  }

  /** Writes down that incidents were looked for by words: what they were is not kept, it may be a name. */
  searched(by: Caller, found: number): Promise<void> {
    return this.audit.tell(by, {
      action: 'incidents.searched',
      subject: `centre:${by.centre}`,
      detail: { found },
    });
  }

  reachOf(by: Caller): ReaderReach {
    const own = this.tree.all().flatMap(({ id }) => (this.tree.heirs(id).at(-1) === by.centre ? [id] : []));
    const below = this.tree.all().flatMap(({ id }) => (this.access.mayAct(by, id) ? [id] : []));
    return { account: by.account, ties: openingTies(readerOf(by)), own, below };
  }
}
