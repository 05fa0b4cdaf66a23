import { setTimeout as pause } from 'node:timers/promises';
import { distanceM, type PictureItem } from '@app/shared';
import { Person } from '../support/app.js';
import type { Finding } from './check-clients.js';
import type { Crowd, Guest } from './crowd.js';
import type { ClientHistory } from './history.js';
import { printItem } from './print.js';
import { readStart } from './read-truth.js';
import type { Stage } from './stage.js';
import { digestOf, type SeenItem } from './truth.js';
import type { Standing } from './witness.js';

const SETTLE_MS = 45_000;
const PROVEN_MS = 2_500;
/** What a frame rounds away, and the corner of its grid. */
const FRAME_ERROR_M = 0.36;
const FRAMES = 4;

/** Waits until every client is live and holds what the rows of the picture say for its scope. */
export async function settle(stage: Stage, crowd: Crowd, guests: readonly Guest[]): Promise<Finding[]> {
  const scopeOf = new Map(guests.map(({ name, scope }) => [name, scope]));
  const since = Date.now();
  let late: Standing[] = [];
  do {
    // Read anew: a clock may fire at any time.
    const { items } = await readStart(stage);
    late = (await crowd.standing()).filter(({ name, digest, provenMs }) => {
      const right = digestOf(seenBy(items, scopeOf.get(name) ?? ''));
      return provenMs === null || provenMs > PROVEN_MS || digest !== right;
    });
    if (late.length > 0) await pause(200);
  } while (late.length > 0 && Date.now() - since < SETTLE_MS);
  const frames = new Map((await crowd.standing()).map((standing) => [standing.name, standing.frames]));
  await crowd.until((standing) => standing.frames >= (frames.get(standing.name) ?? 0) + FRAMES, SETTLE_MS);
  return late.map(({ name, cursor, provenMs }) => ({
    kind: 'picture',
    what: `not whole after ${Date.now() - since} ms: at ${cursor}, proven ${Math.round(provenMs ?? Infinity)} ms ago`,
    client: name,
    at: Date.now(),
  }));
}

const seenBy = (items: readonly SeenItem[], scope: string): SeenItem[] =>
  items.filter((item) => item.seenBy.includes(scope));

/** What each server answers over HTTP for each scope, as a client that was told it and nothing else. */
export async function askOverHttp(stage: Stage, guests: readonly Guest[]): Promise<ClientHistory[]> {
  const asked: ClientHistory[] = [];
  for (const { url, name: server } of stage.servers)
    for (const { name, scope, person } of guests) {
      const { body } = await new Person(url, person.headers).get<Answer>(`/api/journal?scope=${scope}`);
      const { cursor, digest, snapshot: items = [] } = body;
      const step = { at: Date.now(), did: 'snapshot', asked: null, cursor, digest } as const;
      asked.push({
        name: `${name} over HTTP at ${server}`,
        scope,
        steps: [{ ...step, items: items.map(printItem) }],
        last: { cursor, digest, items, positions: {} },
      });
    }
  return asked;
}

interface Answer {
  readonly cursor: string;
  readonly digest: string;
  readonly snapshot?: readonly PictureItem[];
}

/** Each team stands on every screen where its newest stored fix is. */
export async function checkPositions(stage: Stage, clients: readonly ClientHistory[]): Promise<Finding[]> {
  const rows = await stage.rows<{ team: string; lng: number; lat: number; at: Date }>(
    `select distinct on (team) team, lng, lat, observed_at as at from track order by team, observed_at desc`,
  );
  const findings: Finding[] = [];
  for (const { name, last } of clients) {
    const teams = new Set(last.items.filter(({ kind }) => kind === 'team').map(({ id }) => id));
    for (const { team, lng, lat, at } of rows) {
      if (!teams.has(team)) continue;
      const shown = last.positions[team];
      const offM = shown ? distanceM([lng, lat], shown) : Infinity;
      if (offM > FRAME_ERROR_M)
        findings.push({
          kind: 'position',
          what: `team ${team} stands ${offM.toFixed(2)} m from its fix of ${at.toISOString()}`,
          client: name,
          entity: `team:${team}`,
          at: Date.now(),
        });
    }
  }
  return findings;
}
