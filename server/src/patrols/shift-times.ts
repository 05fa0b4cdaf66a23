import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EARLY_START_MINUTES } from '@app/shared';
import { ShiftSpans } from '../positions/shift-spans.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { spanOf } from './patrol-shift.rules.js';

/** Tells the doors of positions when a team is on shift: a crew's handheld is heard then and at no other time. */
@Injectable()
export class ShiftTimes implements OnModuleInit {
  constructor(
    private readonly spans: ShiftSpans,
    private readonly shifts: PatrolShiftRepository,
  ) {}

  onModuleInit(): void {
    this.spans.provide(async (team, { from, to }) => {
      // By their plan: one may have begun before it.
      const planned = { from, to: to + EARLY_START_MINUTES * 60_000 };
      const rows = await this.shifts.within({ ...planned, teams: [team] });
      return rows.filter((row) => row.team === team).map(spanOf);
    });
  }
}
