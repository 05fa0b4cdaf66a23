import { Injectable } from '@nestjs/common';
import type { Replay, ReplayIncident, ReplayQuery } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { IncidentListQuery } from '../incidents/incident-list.query.js';
import { IncidentLists } from '../incidents/incident-lists.js';
import { cardOf } from '../incidents/incident-view.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import type { TeamRow } from '../teams/team.table.js';
import { readToldSteps, sampleTracks, type ToldStep } from './replay.query.js';
import { type ReplayWindow, TrackReads } from './track-reads.js';
import { replayedIncident, stepOf, tracksOf } from './replay.rules.js';

const MOST_INCIDENTS = 1_000;
/** Replays that one process reads at a time. */
const AT_ONCE = 2;

/** Where teams were and what incidents there were, in a window of the past, for whoever sees them. */
@Injectable()
export class ReplayReader {
  #running = 0;

  constructor(
    private readonly reads: TrackReads,
    private readonly lists: IncidentLists,
    private readonly database: Database,
    private readonly incidents: IncidentListQuery,
  ) {}

  /**
   * The newest fix per team and step, and incidents with their states.
   * @throws Fault as `TrackReads.open`, `request.too-many`
   */
  async read(by: Caller, asked: ReplayQuery): Promise<Replay> {
    if (this.#running >= AT_ONCE) throw new Fault('request.too-many', { most: AT_ONCE });
    this.#running += 1;
    try {
      const { window, teams } = await this.reads.open(by, asked, { action: 'tracks.replayed' });
      const [tracks, incidents] = await Promise.all([
        this.#tracks(teams, window),
        this.#incidents(by, window),
      ]);
      return { from: asked.from, to: asked.to, ...tracks, ...incidents };
    } finally {
      this.#running -= 1;
    }
  }

  async #tracks(
    teams: readonly TeamRow[],
    { from, to }: ReplayWindow,
  ): Promise<Pick<Replay, 'stepMs' | 'teams'>> {
    const stepMs = stepOf(to - from, teams.length);
    const ids = teams.map(({ id }) => id);
    const fixes = await sampleTracks(this.database, ids, { from, to, stepMs });
    return { stepMs, teams: tracksOf(teams, fixes, from) };
  }

  async #incidents(
    by: Caller,
    { scope, from, to }: ReplayWindow,
  ): Promise<Pick<Replay, 'incidents' | 'isShort'>> {
    const reach = { ...this.lists.reachOf(by, undefined), scope };
    const at = (ms: number) => new Date(ms).toISOString();
    const limit = MOST_INCIDENTS;
    const pages = await Promise.all([
      this.incidents.page({ limit, openAt: at(from) }, reach),
      this.incidents.page({ limit, since: at(from), until: at(to) }, reach),
    ]);
    const states = new Map(pages.flatMap((page) => page.states).map((state) => [state.incident.id, state]));
    const told = new Map<string, ToldStep[]>();
    for (const step of await readToldSteps(this.database, [...states.keys()], { scope, to })) {
      const held = told.get(step.id);
      if (held) held.push(step);
      else told.set(step.id, [step]);
    }
    const incidents: ReplayIncident[] = [...states.values()].map((state) =>
      replayedIncident(cardOf(state), { row: state.incident, told: told.get(state.incident.id), from }),
    );
    return { incidents, isShort: pages.some(({ next }) => next !== null) };
  }
}
