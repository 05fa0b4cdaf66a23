import { Injectable } from '@nestjs/common';
import { type Handheld, type Id, toInstant } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { TeamLookup } from '../teams/team-lookup.js';
import { checkInView, CheckInRepository } from './check-in.repository.js';
import { ownTeam } from './own-team.js';
import { PatrolPlaces } from './patrol-places.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { VisitReader } from './visit-reader.js';

const DAY_MS = 86_400_000;

/** All that a team's handheld shows of its patrol: its own, and of nobody else. */
@Injectable()
export class HandheldReader {
  constructor(
    private readonly teams: TeamLookup,
    private readonly shifts: PatrolShiftReader,
    private readonly visits: VisitReader,
    private readonly places: PatrolPlaces,
    private readonly checkIns: CheckInRepository,
    private readonly clock: Clock,
  ) {}

  /** Notes that the handheld spoke to us. @throws Fault `team.unknown` for one that is closed */
  async read(by: Caller, device: Id): Promise<Handheld> {
    const { team: id, home } = ownTeam(by);
    const now = this.clock.now();
    const team = await this.teams.read(id, by);
    if (team.closedAt !== null) throw new Fault('team.unknown', { id });
    const around = { from: now - DAY_MS, to: now + DAY_MS };
    const shifts = await this.shifts.ofTeam(by, id, around);
    const visits = await this.visits.ofShifts(
      by,
      shifts.map((shift) => shift.id),
    );
    const kept = await this.checkIns.ofTeam(id, around);
    await this.checkIns.noteContact(by.account, device, now);
    return {
      team: this.teams.view(team),
      home: this.places.home(home),
      shifts,
      visits,
      stops: await this.places.stops(visits.map(({ checkpoint }) => checkpoint)),
      checkIns: kept.map(checkInView),
      at: toInstant(now),
    };
  }
}
