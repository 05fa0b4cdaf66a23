import { type DutyLevel, toInstant } from '@app/shared';
import { dutyLevelCard, isStanding } from './duty-level.rules.js';
import type { DutyLevelRow } from './duty-level.table.js';

/** A level as HTTP answers it to somebody whom it binds, or who set it. */
export const dutyLevelView = (row: DutyLevelRow, mayAct: boolean): DutyLevel => ({
  ...dutyLevelCard(row),
  reason: row.reason,
  ...(row.liftReason === null ? {} : { liftReason: row.liftReason }),
  by: row.byName,
  endedAt: row.endedAt === null ? null : toInstant(row.endedAt),
  mayLift: mayAct && isStanding(row),
});
