import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import { Idempotency } from '../access/idempotency.js';
import { Journal } from '../journal/journal.js';
import { SosRepository } from './sos.repository.js';
import { placeOf, sealSos, type SosMoved } from './sos.rules.js';
import { TeamRepository } from './team.repository.js';
import type { TeamRow } from './team.table.js';

/** Places of calls by teams whose force does not release them precisely: shown while the call is open, kept no longer. */
@Injectable()
export class SosPlaces {
  constructor(
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly journal: Journal,
    private readonly calls: SosRepository,
    private readonly teams: TeamRepository,
  ) {}

  /**
   * An ended call says of a team that is not released precisely no more than its frames do, here, in what was told
   * before and in what a call answers that comes again; any other step is what it is.
   */
  async sealed(tx: EntityManager, moved: SosMoved): Promise<SosMoved> {
    const team = moved.fact === 'sos.ended' ? await this.teams.find(moved.next.team, tx) : null;
    if (!team || team.grain === 'precise') return moved;
    const next = sealSos(moved, team.grain);
    const { id } = next.next;
    const patch = { place: placeOf(next.next) };
    await this.journal.redact(tx, { kind: 'sos', id }, { patch });
    await this.idempotency.scrub(tx, [id], patch);
    await this.calls.forgetPlaces(tx, team.id);
    return next;
  }

  /** Where somebody is whose force does not release that is shown while he calls for help: and that it was is kept. */
  async noteShown(tx: EntityManager, team: TeamRow, { next }: SosMoved): Promise<void> {
    if (team.grain === 'precise' || next.lng === null) return;
    const detail = { team: team.id, grain: team.grain, presses: next.presses, scopes: next.seenBy.length };
    const line = {
      caller: null,
      action: 'sos.place-shown',
      subject: `sos:${next.id}`,
      outcome: 'done',
    } as const;
    await this.audit.write(tx, { ...line, detail });
  }
}
