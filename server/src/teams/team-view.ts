import { type Team, toInstant } from '@app/shared';
import type { LastFix } from './last-fixes.js';
import { cardOf } from './team.rules.js';
import type { TeamRow } from './team.table.js';

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** A team as HTTP answers it. */
export function teamView(team: TeamRow, fix: LastFix | undefined): Team {
  const position = fix && {
    lng: fix.lng,
    lat: fix.lat,
    headingDeg: known(fix.headingDeg),
    speedKmh: known(fix.speedKmh),
    observedAt: toInstant(fix.observedAt),
  };
  return {
    ...cardOf(team),
    sharedWith: [...team.sharedWith],
    capabilities: [...team.capabilities],
    equipment: [...team.equipment],
    post: team.post,
    position: position ?? null,
  };
}
