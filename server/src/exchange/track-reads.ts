import { Injectable } from '@nestjs/common';
import { type ReplayQuery, type ScopeId, toMs, type TrackFormat } from '@app/shared';
import { Access } from '../access/access.js';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { TeamLookup } from '../teams/team-lookup.js';
import { TeamRepository } from '../teams/team.repository.js';
import type { TeamRow } from '../teams/team.table.js';
import { isReplayable } from './replay.rules.js';

const MOST_TEAMS = 10_000;

/** Ms since 1970, and whose eyes it is seen with. */
export interface ReplayWindow {
  readonly from: number;
  readonly to: number;
  readonly scope: ScopeId;
}

/** The one way to the tracks of a window: looks whether they may be read, and writes down that they were. */
@Injectable()
export class TrackReads {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly lookup: TeamLookup,
    private readonly teams: TeamRepository,
  ) {}

  /**
   * Looks whose tracks may be read, and writes down that they were: where a patrol was is told for a reason.
   * @throws Fault `centre.unknown`, `team.unknown`, `request.malformed`
   */
  async open(
    by: Caller,
    asked: ReplayQuery,
    { action, ...how }: { action: 'tracks.replayed' | 'tracks.exported'; format?: TrackFormat },
  ): Promise<{ window: ReplayWindow; teams: TeamRow[] }> {
    const window = this.#windowOf(by, asked);
    const { team, from, to } = asked;
    const found =
      team === undefined
        ? await this.teams.listSince(window.scope, window.from, MOST_TEAMS)
        : [await this.lookup.read(team, by)];
    // Of a force that releases no positions now, none are told, whenever they were stored.
    const teams = found.filter(({ grain }) => grain !== 'on-request');
    await this.database.transaction((tx) =>
      this.audit.write(tx, {
        caller: by,
        action,
        subject: team === undefined ? `centre:${window.scope}` : `team:${team}`,
        outcome: 'done',
        detail: { from, to, teams: teams.length, ...how },
      }),
    );
    return { window, teams };
  }

  /** @throws Fault `centre.unknown`, `request.malformed` */
  #windowOf(by: Caller, { scope = by.centre, from, to }: ReplayQuery): ReplayWindow {
    this.access.requireScope(by, scope);
    const window = { scope, from: toMs(from), to: Math.min(toMs(to), this.clock.now()) };
    if (!isReplayable(window.from, window.to))
      throw new Fault('request.malformed', { seen: { from, to }, wanted: 'from < to, within 24 h' });
    return window;
  }
}
