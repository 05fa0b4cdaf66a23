import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { Id, Instant, toInstant, toMs, TrackPage } from '@app/shared';
import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { TokenMay } from '../access/guard.js';
import { SignedIn } from '../access/signed-in.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { TeamLookup } from '../teams/team-lookup.js';
import { pointUnder } from './track-grain.rules.js';
import { readTrack, type TrackPoint } from './track.query.js';

const LONGEST_MS = 24 * 3_600_000;
const MAX_POINTS = 20_000;

const TracksQuery = z.strictObject({
  team: Id,
  from: Instant,
  to: Instant,
  limit: z.coerce.number().int().min(1).max(MAX_POINTS).default(MAX_POINTS),
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f-]{36}$/, 'expected the `next` of the page before')
    .optional(),
});
type TracksQuery = z.infer<typeof TracksQuery>;

/** Where a team was: at most 24 h and 20,000 points at a time, oldest first. */
@Controller('api/tracks')
export class TracksController {
  constructor(
    private readonly teams: TeamLookup,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: TrackPage })
  @TokenMay('read')
  async read(
    @Query({ schema: TracksQuery }) query: TracksQuery,
    @SignedIn() caller: Caller,
  ): Promise<TrackPage> {
    const [from, to] = [toMs(query.from), toMs(query.to)];
    if (!(from <= to && to - from <= LONGEST_MS))
      throw new Fault('request.malformed', {
        seen: { from: query.from, to: query.to },
        wanted: 'from ≤ to, within 24 h',
      });
    const { id: team, grain } = await this.teams.read(query.team, caller);
    if (grain === 'on-request') throw new Fault('position.withheld', { team });
    const { limit } = query;
    const rows = await readTrack(this.database, {
      team,
      from,
      to,
      limit: limit + 1,
      after: placeOf(query.cursor),
    });
    const points = rows.slice(0, limit).map((point) => pointUnder(grain, point));
    const last = points.at(-1);
    return {
      items: points.map(({ observedAt, ...point }) => ({ ...point, at: toInstant(observedAt) })),
      next: rows.length > limit && last ? `${last.observedAt}.${last.device}` : null,
    };
  }
}

function placeOf(cursor: string | undefined): Pick<TrackPoint, 'observedAt' | 'device'> | undefined {
  const [observedAt, device] = cursor?.split('.') ?? [];
  return observedAt && device ? { observedAt: Number(observedAt), device } : undefined;
}
