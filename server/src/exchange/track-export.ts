import { Inject, Injectable } from '@nestjs/common';
import type { Language, ReplayQuery, TrackFormat } from '@app/shared';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Caller } from '../access/caller.js';
import { pointUnder } from '../positions/track-grain.rules.js';
import { readTrack } from '../positions/track.query.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import type { TeamRow } from '../teams/team.table.js';
import { type ReplayWindow, TrackReads } from './track-reads.js';
import { csvFile, gpxFile, type TrackFile } from './track-file.rules.js';

const PAGE = 5_000;
/** Files that one process writes at a time; each reads page by page and keeps none. */
const AT_ONCE = 2;

/** A file of tracks that may be written. */
export interface TrackPlan {
  readonly window: ReplayWindow;
  readonly teams: readonly TeamRow[];
  readonly file: TrackFile;
}

/** Every stored fix of a window as a file; the audit tells of each. */
@Injectable()
export class TrackExport {
  #running = 0;

  constructor(
    private readonly reads: TrackReads,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Fault as `TrackReads.open` */
  async plan(
    by: Caller,
    asked: ReplayQuery,
    { format, language }: { format: TrackFormat; language: Language },
  ): Promise<TrackPlan> {
    const { window, teams } = await this.reads.open(by, asked, { action: 'tracks.exported', format });
    return { window, teams, file: format === 'gpx' ? gpxFile() : csvFile(language, this.config.timeZone) };
  }

  /** @throws Fault `request.too-many` while others are being written */
  async write({ window, teams, file }: TrackPlan, out: Writable): Promise<void> {
    if (this.#running >= AT_ONCE) throw new Fault('request.too-many', { most: AT_ONCE });
    this.#running += 1;
    try {
      await say(out, file.head());
      for (const team of teams) await this.#writeTeam(team, { window, file, out });
      await say(out, file.foot());
      out.end();
    } finally {
      this.#running -= 1;
    }
  }

  async #writeTeam(
    { id: team, callSign, grain }: TeamRow,
    { window: { from, to }, file, out }: { window: ReplayWindow; file: TrackFile; out: Writable },
  ): Promise<void> {
    type After = Parameters<typeof readTrack>[1]['after'];
    let after: After;
    for (let isFirst = true; !out.destroyed; isFirst = false) {
      const points = await readTrack(this.database, { team, from, to, limit: PAGE, after });
      if (isFirst && points.length === 0) return;
      const isLast = points.length < PAGE;
      const told = points.map((point) => pointUnder(grain, point));
      await say(out, file.points(callSign, told, { isFirst, isLast }));
      after = points.at(-1);
      if (isLast) return;
    }
  }
}

async function say(out: Writable, text: string): Promise<void> {
  if (!out.destroyed && !out.write(text)) await Promise.race([once(out, 'drain'), once(out, 'close')]);
}
