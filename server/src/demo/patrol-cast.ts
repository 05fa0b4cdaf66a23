import { Inject, Injectable } from '@nestjs/common';
import { type CentreId, DAILY_LEVEL, type Id, type Mode, type TeamId } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { GroundReader } from '../patrols/ground-reader.js';
import { type PastPatrol, PastRounds } from './past-rounds.js';
import { NearestRoad } from './simulator/nearest-road.js';
import { randomFrom } from './simulator/random.js';
import { roadLinesOf } from './simulator/read-city.js';
import { roadGraph } from './simulator/road-graph.js';
import { stopsOf } from './simulator/rounds.js';
import { type Pattern, patternOf } from './turns.js';

const SEED = 20_261_101;

export interface Patrol extends PastPatrol {
  readonly centre: CentreId;
  readonly pattern: Pattern;
}

/** Who patrols by plan in the demo's last days, and on which streets. */
export interface PatrolScene {
  readonly patrols: readonly Patrol[];
  readonly rounds: PastRounds;
  readonly timeZone: string;
}

interface TeamOf {
  readonly id: TeamId;
  readonly callSign: string;
  readonly centre: CentreId;
  readonly level: string;
  readonly mode: Mode;
  readonly device: Id;
}

/** Finds the teams that have a plan of visits. */
@Injectable()
export class PatrolCast {
  constructor(
    private readonly database: Database,
    private readonly reader: GroundReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async gather(by: Caller): Promise<PatrolScene> {
    const [layer] = await this.database.query<{ features: unknown }>(
      "select features from basemap_layer where name = 'roads'",
    );
    const graph = roadGraph(roadLinesOf(layer?.features));
    const ground = {
      beats: await this.reader.beats(by, undefined),
      checkpoints: await this.reader.checkpoints(by, undefined),
    };
    const plans = await this.reader.plans(by, undefined);
    const random = randomFrom(SEED);
    const teams = await this.database.query<TeamOf>(TEAMS, [DAILY_LEVEL]);
    const patrols = teams.flatMap(({ level, ...team }): Patrol[] => {
      const plan = plans.find((one) => one.team === team.id && one.level === DAILY_LEVEL);
      if (!plan) return [];
      const stops = stopsOf(plan, ground, graph, random.fork(team.callSign));
      return [{ ...team, stops, pattern: patternOf(level) }];
    });
    const rounds = new PastRounds({ graph, nearest: new NearestRoad(graph) }, random.fork('rounds'));
    return { patrols, rounds, timeZone: this.config.timeZone };
  }
}

const TEAMS = `
  select t.id, t.call_sign as "callSign", t.centre, c.level, t.mode, d.id as device
    from team t join centre c on c.id = t.centre join device d on d.team = t.id and d.revoked_at is null
   where t.demo and d.demo and t.closed_at is null
     and exists (select from patrol_plan p where p.team = t.id and p.level = $1)
   order by t.call_sign`;
