import { Injectable } from '@nestjs/common';
import { type CheckIn, type CheckInDraft, toMs } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { findCode } from './check-code.js';
import { CheckCodeRepository } from './check-code.repository.js';
import { doubtOf, isTimely } from './check-in.rules.js';
import { checkInView, CheckInRepository, type CheckInRow } from './check-in.repository.js';
import { ownTeam } from './own-team.js';
import { PatrolPlaces } from './patrol-places.js';
import { VisitSchedule } from './visit.schedule.js';

/** As many of one team within a minute: what a queue of a whole shift holds comes in soon, and made-up ones in no flood. */
const MOST_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/**
 * Keeps a check-in by code, once, whatever may be doubted about it; its visits are judged after the commit,
 * but for those of long ago, whose positions may be gone by now.
 */
@Injectable()
export class TakeCheckIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly places: PatrolPlaces,
    private readonly codes: CheckCodeRepository,
    private readonly checkIns: CheckInRepository,
    private readonly visits: VisitSchedule,
  ) {}

  /**
   * @throws Fault `checkpoint.unknown`, `request.too-many`, `idempotency.mismatch` for an id that told another check-in
   * before
   */
  async run(draft: CheckInDraft, by: Caller): Promise<CheckIn> {
    const { team, home } = ownTeam(by);
    const receivedAt = this.clock.now();
    const claimedAt = toMs(draft.at);
    const row = await this.database.transaction(async (tx) => {
      await this.places.require(tx, draft.checkpoint, { team, home });
      const found = findCode(draft.code, await this.codes.of(tx, draft.checkpoint), {
        claimedAt,
        receivedAt,
      });
      const contactAt = await this.checkIns.contactOf(tx, by.account, draft.device);
      const doubt = doubtOf(found, { claimedAt, receivedAt, contactAt });
      const { at: _at, ...told } = draft;
      const kept: CheckInRow = {
        ...told,
        team,
        account: by.account,
        claimedAt,
        receivedAt,
        doubt,
        kind: found?.kind ?? null,
        placeDoubt: null,
      };
      const known = await this.checkIns.find(tx, draft.id);
      if (!known) await this.#insert(tx, kept);
      const stored = known ?? (await this.checkIns.find(tx, draft.id));
      if (!stored || !isSame(stored, kept)) throw new Fault('idempotency.mismatch', { id: draft.id });
      return stored;
    });
    if (isTimely({ claimedAt, receivedAt })) this.visits.announce(team, { from: claimedAt, to: claimedAt });
    return checkInView(row);
  }

  async #insert(tx: EntityManager, row: CheckInRow): Promise<void> {
    const seen = await this.checkIns.countSince(tx, row.team, row.receivedAt - MINUTE_MS);
    if (seen >= MOST_A_MINUTE)
      throw new Fault('request.too-many', { seen, wanted: `at most ${MOST_A_MINUTE} within a minute` });
    await this.checkIns.insert(tx, row);
  }
}

const isSame = (a: CheckInRow, b: CheckInRow): boolean =>
  a.account === b.account &&
  a.checkpoint === b.checkpoint &&
  a.code === b.code &&
  a.claimedAt === b.claimedAt;
