import { Injectable } from '@nestjs/common';
import { type ForceRequest, type Id, type IncidentId, liaisonOf, NAMELESS, toInstant } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { CentreTree } from '../access/centre-tree.js';
import { Fault } from '../platform/fault.js';
import { ForceRequestRepository } from './force-request.repository.js';
import { forceRequestCard, requestActionsFor, type RequestSide } from './force-request.rules.js';
import type { ForceRequestRow } from './force-request.table.js';

/** Requests as one caller may see them: whoever asked and those above, and the desk of the force. */
@Injectable()
export class ForceRequestReader {
  constructor(
    private readonly access: Access,
    private readonly tree: CentreTree,
    private readonly requests: ForceRequestRepository,
  ) {}

  async list(
    by: Caller,
    asked: { incident: IncidentId | undefined; limit: number },
  ): Promise<ForceRequest[]> {
    return this.views(by, await this.requests.list(by.centre, asked));
  }

  /** @throws Fault `force-request.unknown`, whether it is foreign or unknown; `force-request.stale` */
  async lockFor(
    tx: EntityManager,
    by: Caller,
    { id, version }: { id: Id; version: number },
  ): Promise<ForceRequestRow> {
    const row = await this.requests.lock(tx, id);
    if (!row || !this.access.mayRead(by, row.seenBy)) throw new Fault('force-request.unknown', { id });
    if (row.version === version) return row;
    const [current] = await this.views(by, [row], tx);
    throw new Fault('force-request.stale', { seen: version, current });
  }

  /** Nobody of the centres speaks for the force, and its desk for no centre. */
  sideOf(by: Caller, { force, centre }: ForceRequestRow): RequestSide {
    const desk = liaisonOf(by.role);
    if (desk) return desk.force === force ? 'liaison' : null;
    const mayAsk = by.role === 'duty' || by.role === 'commander' || by.role === 'staff';
    return mayAsk && this.access.mayAct(by, centre) ? 'asker' : null;
  }

  async views(by: Caller, rows: readonly ForceRequestRow[], tx?: EntityManager): Promise<ForceRequest[]> {
    const lines = await this.requests.lines(
      rows.map(({ id }) => id),
      tx,
    );
    const incidents = await this.requests.incidents(
      rows.flatMap(({ incident }) => incident ?? []),
      tx,
    );
    return rows.map((row) => ({
      ...forceRequestCard(row),
      text: row.text,
      by: row.byName,
      centreNames: this.tree.get(row.centre)?.names ?? NAMELESS,
      incidentNumber: (row.incident && incidents.get(row.incident)?.number) ?? null,
      actions: requestActionsFor(row, this.sideOf(by, row)),
      timeline: lines
        .filter(({ request }) => request === row.id)
        .map(({ fact, byName, at, text }) => ({ fact, by: byName, at: toInstant(at), text })),
    }));
  }
}
