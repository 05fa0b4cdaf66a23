import { Injectable } from '@nestjs/common';
import type { CentreId, Force, TeamId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { TeamRepository } from '../teams/team.repository.js';
import type { TeamRow } from '../teams/team.table.js';
import { type CheckInRow, CheckInRepository } from './check-in.repository.js';
import {
  companionTeams,
  type DeviceFixes,
  presentForces,
  readFixes,
  type StayAt,
  teamsAt,
} from './evidence.query.js';
import { WAY_MS } from './spoof.js';
import { type Stay, staysIn } from './stays.js';
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
    private readonly tree: CentreTree,
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
    const before = await this.#before(tx, team, unsettledSpan(tracks, rows));
    return {
      mode: team.mode,
      forces,
      checkIns: await this.checkIns.ofTeam(team.id, span, tx),
      tracks: tracks.map(({ device, fixes }) => ({
        fixes,
        before: before.filter((track) => track.device === device).flatMap((track) => track.fixes),
      })),
      companions: await this.#companions(tx, team, span, lackingStays(tracks, rows, forces)),
    };
  }

  /** Days before, around what is still to be believed. */
  async #before(tx: EntityManager, team: TeamRow, span: Span | null) {
    if (!span) return [];
    const days = [];
    for (const day of DAYS_BEFORE.toReversed()) {
      const [from, to] = [span.from - day * DAY_MS - SLACK_MS, span.to - day * DAY_MS + SLACK_MS];
      days.push(...(await readFixes(tx, [team.id], { from, to })));
    }
    return days;
  }

  /**
   * Whoever reads the visit learns that they were there, so only teams count that are shown at the team's home: its own,
   * those below, and those that are shared with it.
   */
  async #companions(tx: EntityManager, team: TeamRow, span: Span, { lacking, stays }: Lacking) {
    if (stays.length === 0) return [];
    const shown = { forces: lacking, homes: this.#shownAt(team.centre) };
    const others = await companionTeams(tx, shown, { team: team.id, ...span });
    const there = await teamsAt(
      tx,
      others.map(({ id }) => id),
      stays,
    );
    const tracks = there.length === 0 ? [] : await readFixes(tx, there, span);
    return tracks.map((track) => ({
      fixes: track.fixes,
      forces: others.find(({ id }) => id === track.team)?.forces ?? [],
    }));
  }

  /** Centres whose teams are shown at a home: itself, those below, and closed ones that these took over from. */
  #shownAt(home: CentreId): CentreId[] {
    return this.tree
      .all()
      .map(({ id }) => id)
      .filter((id) => this.tree.seenBy([id]).includes(home));
  }
}

interface Lacking {
  readonly lacking: readonly Force[];
  readonly stays: readonly StayAt[];
}

/** What a team was at without a force that is asked for there, and which forces these are. */
function lackingStays(
  tracks: readonly DeviceFixes[],
  rows: readonly VisitRow[],
  own: readonly Force[],
): Lacking {
  const points = new Map(rows.map(({ checkpoint, terms }) => [checkpoint, terms]));
  const lacking = new Set<Force>();
  const stays: StayAt[] = [];
  for (const terms of points.values()) {
    const lacks = terms.forces.filter((force) => !own.includes(force));
    if (lacks.length === 0) continue;
    for (const force of lacks) lacking.add(force);
    for (const { fixes } of tracks)
      for (const stay of staysIn(fixes, terms)) stays.push({ ...stay, area: terms });
  }
  return { lacking: [...lacking], stays };
}

/**
 * From the first to the last stay that is long enough and not credited yet, with the way to it; null: there is none, and
 * the days before, which are dear to read, say nothing new.
 */
function unsettledSpan(tracks: readonly DeviceFixes[], rows: readonly VisitRow[]): Span | null {
  const points = new Map(rows.map((row) => [row.checkpoint, row]));
  const stays = [...points].flatMap(([checkpoint, { terms }]) => {
    const credited = rows.filter((row) => row.checkpoint === checkpoint && row.state === 'done');
    const isKnown = ({ from }: Stay) =>
      credited.some(({ cameAt, leftAt }) => cameAt !== null && cameAt <= from && from <= (leftAt ?? cameAt));
    return tracks
      .flatMap(({ fixes }) => staysIn(fixes, terms))
      .filter((stay) => stay.to - stay.from >= terms.dwellS * 1000 && !isKnown(stay));
  });
  if (stays.length === 0) return null;
  return {
    from: Math.min(...stays.map(({ from }) => from)) - WAY_MS,
    to: Math.max(...stays.map(({ to }) => to)),
  };
}
