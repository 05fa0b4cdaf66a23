import { Injectable } from '@nestjs/common';
import {
  type Deviation,
  type DeviationRule,
  DEVIATIONS,
  deskOf,
  deviationRule,
  type Force,
  type ScopeId,
  type TeamId,
  type TeamStatus,
} from '@app/shared';
import { PatrolShiftRepository } from '../patrols/patrol-shift.repository.js';
import { leaderOf } from '../teams/team.rules.js';
import { TeamRepository } from '../teams/team.repository.js';
import type { TeamRow } from '../teams/team.table.js';
import { DeviationBook } from './deviation-book.repository.js';
import { TeamGround } from './team-ground.js';
import { judgedBy, type WatchTerms } from './team-watch.rules.js';

/** A team on shift with how it is judged now. */
export interface Watched {
  readonly team: TeamRow;
  /** When its shift began, ms since 1970. */
  readonly startedAt: number;
  readonly terms: WatchTerms;
  /** The force that is asked about it, where that has a command of its own. */
  readonly asks: { readonly force: Force; readonly desk: ScopeId } | undefined;
}

/** Who is broken down, or never was on the street, deviates from nothing. */
const UNWATCHED: readonly TeamStatus[] = ['out-of-service'];
const ON_PATROL: readonly TeamStatus[] = ['patrolling', 'available'];

/** Teams whose shift is on, with rules and ground. */
@Injectable()
export class WatchedTeams {
  constructor(
    private readonly shifts: PatrolShiftRepository,
    private readonly teams: TeamRepository,
    private readonly ground: TeamGround,
    private readonly book: DeviationBook,
  ) {}

  async read(): Promise<Watched[]> {
    const on = new Map<TeamId, { startedAt: number; isHanding: boolean }>();
    for (const { team, startedAt, startsAt, state } of await this.shifts.running()) {
      const known = on.get(team);
      const at = startedAt ?? startsAt;
      on.set(team, {
        startedAt: Math.min(at, known?.startedAt ?? at),
        isHanding: state === 'handing' || (known?.isHanding ?? false),
      });
    }
    const teams = (await this.teams.findMany([...on.keys()])).filter(
      ({ closedAt, status }) => closedAt === null && !UNWATCHED.includes(status),
    );
    const grounds = await this.ground.of(teams);
    const { rules } = await this.book.read();
    return teams.flatMap((team) => {
      const shift = on.get(team.id);
      const ground = grounds.get(team.id);
      if (!shift || !ground) return [];
      const force = leaderOf(team);
      const desk = deskOf(force);
      const terms = {
        ground,
        rules: judgedBy(this.#rulesOf(team, force, rules), {
          isPrecise: team.grain === 'precise',
          keepsFixes: team.grain !== 'on-request',
          isOwnCommand: desk !== undefined,
        }),
        isExcused: shift.isHanding || team.incidents.length > 0 || !ON_PATROL.includes(team.status),
        mayStand: team.status === 'available',
      };
      return [
        { team, startedAt: shift.startedAt, terms, asks: desk === undefined ? undefined : { force, desk } },
      ];
    });
  }

  #rulesOf(
    team: TeamRow,
    force: Force,
    rules: readonly DeviationRule[],
  ): Partial<Record<Deviation, DeviationRule>> {
    const judged = { level: this.ground.levelOf(team), force, mode: team.mode };
    const found: Partial<Record<Deviation, DeviationRule>> = {};
    for (const kind of DEVIATIONS) {
      const rule = deviationRule(rules, kind, judged);
      if (rule && rule.afterS !== null) found[kind] = rule;
    }
    return found;
  }
}
