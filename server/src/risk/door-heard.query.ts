import { Injectable } from '@nestjs/common';
import { deskOf, type PositionDoor, RUNNING_SHIFT_STATES } from '@app/shared';
import { Database } from '../platform/database.js';
import { leaderOf } from '../teams/team.rules.js';
import type { TeamRow } from '../teams/team.table.js';
import type { DoorSpeaker } from './door-silence.rules.js';

type Speaker = Omit<DoorSpeaker, 'desk'> & Pick<TeamRow, 'lead' | 'forces' | 'withheld'>;

/** When devices were last heard, and through which door; not crews' handhelds, which are silent when a crew likes. */
@Injectable()
export class DoorHeard {
  constructor(private readonly database: Database) {}

  /** Devices in use of teams on shift that have spoken. */
  async speakers(): Promise<DoorSpeaker[]> {
    const rows = await this.database.query<Speaker>(SPEAKERS, [RUNNING_SHIFT_STATES]);
    return rows.map(({ lead, forces, withheld, ...heard }) => ({
      ...heard,
      desk: deskOf(leaderOf({ lead, forces, withheld })),
    }));
  }

  /** The last word through each door, of any device in use, on shift or not; ms since 1970. */
  async lastByDoor(): Promise<ReadonlyMap<PositionDoor, number>> {
    const rows = await this.database.query<{ door: PositionDoor; at: number }>(LAST);
    return new Map(rows.map(({ door, at }) => [door, at]));
  }
}

const SPEAKERS = `
  select s.door, d.team, t.centre as home, t.demo, t.lead, t.forces, t.withheld, (extract(epoch from s.seen_at) * 1000)::float8 as "seenAt"
    from device d join device_seen s on s.device = d.id join team t on t.id = d.team
   where d.revoked_at is null and d.handheld is null and s.door is not null and t.closed_at is null
     and exists (select from patrol_shift p where p.team = d.team and p.state = any($1))`;

const LAST = `
  select s.door, (extract(epoch from max(s.seen_at)) * 1000)::float8 as at
    from device d join device_seen s on s.device = d.id
   where d.revoked_at is null and d.handheld is null and s.door is not null
   group by s.door`;
