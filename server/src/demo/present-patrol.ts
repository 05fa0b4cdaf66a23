import { Injectable } from '@nestjs/common';
import { PatrolCast } from './patrol-cast.js';
import { ForceDeeds, PatrolDeeds, VisitDeeds } from './patrol-deeds.js';
import type { Cast } from './present-cast.js';
import { tellLevel, tellRequests, tellTrade } from './present-forces.js';
import { tellContests } from './present-rounds.js';
import { tellPatrolShifts } from './present-shifts.js';
import type { Story } from './present-story.js';

/** The joint patrol of yesterday, today and tomorrow. */
@Injectable()
export class PresentPatrol {
  constructor(
    private readonly cast: PatrolCast,
    private readonly patrol: PatrolDeeds,
    private readonly forces: ForceDeeds,
    private readonly visits: VisitDeeds,
  ) {}

  async tell(story: Story, cast: Cast): Promise<void> {
    const told = { story, cast, scene: await this.cast.gather(cast.city.by) };
    tellLevel(told, this.patrol);
    const planned = tellPatrolShifts(told, this.patrol, this.visits);
    tellTrade(told, this.patrol, planned);
    tellRequests(told, this.forces);
    tellContests(told, this.visits);
  }
}
