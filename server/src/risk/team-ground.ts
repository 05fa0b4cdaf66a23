import { Injectable } from '@nestjs/common';
import { DAILY_LEVEL, type TeamId } from '@app/shared';
import { GroundRepository } from '../patrols/ground.repository.js';
import type { VisitPlanRow } from '../patrols/ground.table.js';
import { LevelBook } from '../patrols/level-book.js';
import type { TeamRow } from '../teams/team.table.js';
import type { BeatGround } from './off-beat.rules.js';

/** A post is a door or a gate, not a point. */
const POST_M = 100;
const NOWHERE: BeatGround = { rings: [], places: [] };

/** Where each team is to be by the plan of the duty level that holds at its home. */
@Injectable()
export class TeamGround {
  constructor(
    private readonly ground: GroundRepository,
    private readonly levels: LevelBook,
  ) {}

  levelOf = ({ centre }: TeamRow): number => this.levels.at(centre).level;

  async of(teams: readonly TeamRow[]): Promise<Map<TeamId, BeatGround>> {
    const plans = await this.ground.plans(teams.map(({ id }) => id));
    const held = new Map(teams.map((team) => [team.id, this.#planOf(team, plans)]));
    const wanted = [...held.values()].filter((plan) => plan !== undefined);
    const beats = new Map((await this.ground.beatsBy(idsOf(wanted, 'beats'))).map((row) => [row.id, row]));
    const named = await this.ground.checkpointsBy(idsOf(wanted, 'checkpoints'));
    const points = new Map(named.map((row) => [row.id, row]));
    const inBeats = await this.ground.checkpointsOf([...beats.keys()]);
    return new Map(
      teams.map((team) => {
        const plan = held.get(team.id);
        const post = team.post ? [{ lng: team.post.lng, lat: team.post.lat, radiusM: POST_M }] : [];
        if (!plan) return [team.id, { ...NOWHERE, places: post }];
        const open = plan.beats
          .flatMap((id) => beats.get(id) ?? [])
          .filter(({ closedAt }) => closedAt === null);
        const places = [
          ...plan.checkpoints.flatMap((id) => points.get(id) ?? []),
          ...inBeats.filter(({ beat }) => beat !== null && plan.beats.includes(beat)),
        ].filter(({ closedAt }) => closedAt === null);
        return [
          team.id,
          { rings: open.flatMap(({ polygon }) => polygon.coordinates), places: [...places, ...post] },
        ];
      }),
    );
  }

  #planOf(team: TeamRow, plans: readonly VisitPlanRow[]): VisitPlanRow | undefined {
    const mine = plans.filter((plan) => plan.team === team.id);
    return (
      mine.find(({ level }) => level === this.levelOf(team)) ??
      mine.find(({ level }) => level === DAILY_LEVEL)
    );
  }
}

const idsOf = (plans: readonly VisitPlanRow[], of: 'beats' | 'checkpoints'): string[] => [
  ...new Set(plans.flatMap((plan) => plan[of])),
];
