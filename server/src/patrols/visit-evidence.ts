import { Injectable } from '@nestjs/common';
import type { Force, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { TeamRepository } from '../teams/team.repository.js';
import type { TeamRow } from '../teams/team.table.js';
import { type CheckInRow, CheckInRepository } from './check-in.repository.js';
import { companionTeams, presentForces, readFixes } from './evidence.query.js';
import type { Span } from './visit-window.rules.js';
import type { Evidence, PlaceDoubts } from './visit.rules.js';
import type { VisitRow } from './visit.repository.js';

const DAY_MS = 86_400_000;
const SLACK_MS = 1_800_000;
/** Days before that a shift is compared with. */
const DAYS_BEFORE = [1, 2, 7];

/** All that a judgement of a shift rests on: stored fixes and kept check-ins. */
@Injectable()
export class VisitEvidence {
  constructor(
    private readonly checkIns: CheckInRepository,
    private readonly teams: TeamRepository,
  ) {}

  teamOf(tx: EntityManager, id: TeamId): Promise<TeamRow | null> {
    return this.teams.find(id, tx);
  }

  async noteDoubts(tx: EntityManager, doubts: PlaceDoubts, kept: readonly CheckInRow[]): Promise<void> {
    for (const { id, placeDoubt } of kept) {
      const doubt = doubts.get(id);
      if (doubt !== undefined && doubt !== placeDoubt) await this.checkIns.doubt(tx, id, doubt);
    }
  }

  async of(
    tx: EntityManager,
    team: TeamRow,
    span: Span,
    rows: readonly VisitRow[],
  ): Promise<Evidence & { readonly checkIns: readonly CheckInRow[] }> {
    const forces = presentForces(team.forces);
    const tracks = await readFixes(tx, [team.id], span);
    const before = tracks.length === 0 ? [] : await this.#before(tx, team, span);
    const lacking = rows.flatMap((row) => row.terms.forces).filter((force) => !forces.includes(force));
    return {
      mode: team.mode,
      forces,
      checkIns: await this.checkIns.ofTeam(team.id, span, tx),
      tracks: tracks.map(({ device, fixes }) => ({
        fixes,
        before: before.filter((track) => track.device === device).flatMap((track) => track.fixes),
      })),
      companions: lacking.length === 0 ? [] : await this.#companions(tx, team, span, [...new Set(lacking)]),
    };
  }

  async #before(tx: EntityManager, team: TeamRow, span: Span) {
    const days = [];
    for (const day of DAYS_BEFORE.toReversed()) {
      const [from, to] = [span.from - day * DAY_MS - SLACK_MS, span.to - day * DAY_MS + SLACK_MS];
      days.push(...(await readFixes(tx, [team.id], { from, to })));
    }
    return days;
  }

  async #companions(tx: EntityManager, team: TeamRow, span: Span, lacking: readonly Force[]) {
    const others = await companionTeams(tx, lacking, { team: team.id, ...span });
    const tracks = await readFixes(
      tx,
      others.map(({ id }) => id),
      span,
    );
    return tracks.map((track) => ({
      fixes: track.fixes,
      forces: others.find(({ id }) => id === track.team)?.forces ?? [],
    }));
  }
}
