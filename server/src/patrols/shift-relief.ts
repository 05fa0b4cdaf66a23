import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Draft } from '../journal/journal.js';
import { TeamDesk } from '../teams/team-desk.js';
import { TeamRepository } from '../teams/team.repository.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { isRunning } from './patrol-shift.rules.js';
import type { PatrolShiftRow } from './patrol-shift.table.js';

/** What the beginning and the end of a shift do to its team. */
@Injectable()
export class ShiftRelief {
  constructor(
    private readonly shifts: PatrolShiftRepository,
    private readonly teams: TeamRepository,
    private readonly desk: TeamDesk,
  ) {}

  /** Whether a shift's end would leave its team on an incident without a crew. */
  async isHeld(tx: EntityManager, shift: PatrolShiftRow): Promise<boolean> {
    const team = await this.teams.find(shift.team, tx);
    return team !== null && team.incidents.length > 0 && !(await this.shifts.hasOther(tx, shift));
  }

  /**
   * The first shift takes its team out of its rest, the last one sends it there. Between two the vehicle stays on the
   * street, and an incident keeps it in any case.
   */
  async relieve(tx: EntityManager, shift: PatrolShiftRow, now: number): Promise<Draft[]> {
    const found = await this.teams.find(shift.team, tx);
    if (!found || found.closedAt !== null) return [];
    const [team] = await this.teams.lockMany(tx, [shift.team]);
    if (!team) return [];
    const isOn = isRunning(shift) || (await this.shifts.hasOther(tx, shift));
    const draft = await this.desk.relieve(tx, team, { isOn, at: now });
    return draft ? [draft] : [];
  }
}
