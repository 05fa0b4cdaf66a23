import { Injectable } from '@nestjs/common';
import type { Id, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import type { Draft } from '../journal/journal.js';
import { Fault } from '../platform/fault.js';
import { SosPlaces } from './sos-places.js';
import { SosRepository } from './sos.repository.js';
import { shareSos, sosCard, type SosMoved, type SosShared } from './sos.rules.js';
import type { SosRow } from './sos.table.js';
import { TeamLookup } from './team-lookup.js';
import { TeamRepository } from './team.repository.js';
import type { TeamRow } from './team.table.js';

/** Writes calls for help, and says who may do something about one. */
@Injectable()
export class SosDesk {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly calls: SosRepository,
    private readonly lookup: TeamLookup,
    private readonly teams: TeamRepository,
    readonly places: SosPlaces,
  ) {}

  /** @throws Fault `team.unknown`, `scope.denied` */
  async requireOwn(id: TeamId, by: Caller): Promise<void> {
    const team = await this.lookup.read(id, by);
    const isOwn = by.handheld ? by.handheld.team === id : this.access.mayAct(by, team.centre);
    if (!isOwn)
      throw new Fault('scope.denied', { id, centre: team.centre, wanted: 'a team of the own subtree' });
  }

  /** A team, open or closed, and its open call, which nobody else changes until the transaction ends. */
  async openOf(tx: EntityManager, id: TeamId): Promise<{ team: TeamRow | null; open: SosRow | null }> {
    const open = await this.calls.lockOpen(tx, id);
    return { open, team: await this.teams.find(id, tx) };
  }

  /** @throws Fault `sos.unknown` */
  async lock(tx: EntityManager, id: string, by: Caller): Promise<SosRow> {
    const sos = await this.calls.lock(tx, id);
    if (!sos || !this.access.mayRead(by, sos.seenBy)) throw new Fault('sos.unknown', { id });
    return sos;
  }

  /** Writes it; the caller's command appends the draft, last. */
  async write(tx: EntityManager, { fact, next }: SosMoved | SosShared, at: number): Promise<Draft> {
    await this.calls.write(tx, next);
    const { id, version, seenBy } = next;
    return { fact, kind: 'sos', id, version, at, card: sosCard(next), seenBy };
  }

  /** An open call goes to whom its team goes; undefined where it is so, or over. */
  async share(tx: EntityManager, id: Id, at: number): Promise<Draft | undefined> {
    const sos = await this.calls.lock(tx, id);
    const team = sos && sos.state !== 'ended' ? await this.teams.find(sos.team, tx) : null;
    if (!sos || !team || String(team.seenBy) === String(sos.seenBy)) return undefined;
    return this.write(tx, shareSos(sos, team.seenBy), at);
  }

  /** What a person did about a call. */
  async note(tx: EntityManager, by: Caller, { fact, next }: SosMoved): Promise<void> {
    const { team, outcome } = next;
    const detail = { team, ...(outcome === null ? {} : { outcome }) };
    await this.audit.write(tx, {
      caller: by,
      action: fact === 'sos.sealed' ? 'sos.ended' : fact,
      subject: `sos:${next.id}`,
      outcome: 'done',
      detail,
    });
  }
}
