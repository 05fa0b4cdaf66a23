import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DAILY_LEVEL, type Level, type TeamId } from '@app/shared';
import { dateOf } from '../clocks/wall-clock.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Leader } from '../platform/leader.js';
import { PlanPatrol } from './plan-patrol.js';
import { type Pattern, patternOf, PATTERNS, turnsOf } from './turns.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Today, and as far as the board of shifts shows. */
const DAYS = 4;

/**
 * Goes on with the patrols that the demo city was given, day by day: whoever has been on shift is planned for the next
 * days too. What somebody has planned, changed or called off on a day stands; a day is planned once, by whoever leads.
 */
@Injectable()
export class PlanAheadSchedule implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly leader: Leader,
    private readonly plan: PlanPatrol,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.leader.every('demo-shifts', EVERY_MS, () => this.run());
  }

  /** `now`: ms since 1970. */
  async run(now = this.clock.now()): Promise<void> {
    for (const pattern of PATTERNS)
      for (let day = 0; day < DAYS; day++)
        await this.#planDay(pattern, dateOf(now + day * DAY_MS, this.config.timeZone), now);
  }

  async #planDay(pattern: Pattern, from: string, now: number): Promise<void> {
    const turns = turnsOf(pattern, from, 1, this.config.timeZone);
    const [first, last] = [turns[0], turns.at(-1)];
    if (!first || !last || last.endsAt <= now) return;
    const teams = await this.#unplanned(pattern, { from: first.startsAt, to: first.startsAt + DAY_MS, now });
    if (teams.length === 0) return;
    const crews = turns.map(({ crew }) => crew);
    const terms = { pattern, from, days: 1, crews, turnDays: 1, preview: false };
    for (const team of teams) await this.plan.run({ teams: [team], ...terms });
  }

  async #unplanned(
    pattern: Pattern,
    { from, to, now }: { from: number; to: number; now: number },
  ): Promise<TeamId[]> {
    const rows = await this.database.query<{ id: TeamId; level: Level }>(UNPLANNED, [
      DAILY_LEVEL,
      new Date(from),
      new Date(to),
      new Date(now),
    ]);
    return rows.filter(({ level }) => patternOf(level) === pattern).map(({ id }) => id);
  }
}

const UNPLANNED = `
  select t.id, c.level
    from team t join centre c on c.id = t.centre
   where t.demo and t.closed_at is null
     and exists (select from patrol_plan p where p.team = t.id and p.level = $1)
     and exists (select from patrol_shift s where s.team = t.id and s.starts_at < $4)
     and not exists (select from patrol_shift s where s.team = t.id and s.starts_at >= $2 and s.starts_at < $3)
   order by t.id`;
