import { Injectable } from '@nestjs/common';
import type { CentreId, TeamId } from '@app/shared';
import { Database } from '../platform/database.js';

/** Which team a handheld of the demo belongs to. */
@Injectable()
export class HandheldTeamQuery {
  constructor(private readonly database: Database) {}

  /** The open team that is named; else one that has a plan, and is on shift, where there is one. */
  async find(named: TeamId | undefined): Promise<{ id: TeamId; centre: CentreId } | undefined> {
    const [team] = await this.database.query<{ id: TeamId; centre: CentreId }>(FIND, [named ?? null]);
    return team;
  }
}

const FIND = `
  select t.id, t.centre
    from team t
   where t.closed_at is null and ($1::uuid is null or t.id = $1)
   order by exists (select 1 from patrol_plan p where p.team = t.id) desc,
            exists (select 1 from patrol_shift s where s.team = t.id and s.state in ('on', 'handing')) desc,
            t.forces ? 'police' desc, t.mode = 'foot' desc, t.call_sign
   limit 1`;
