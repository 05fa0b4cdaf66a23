import { distanceM, type PictureItem } from '@app/shared';
import { Person } from '../support/app.js';
import type { Finding } from './check-clients.js';
import type { Crowd, Guest } from './crowd.js';
import type { ClientHistory } from './history.js';
import { printItem } from './print.js';
import { readStart } from './read-truth.js';
import type { Stage } from './stage.js';
import { digestOf, keyOf } from './truth.js';

const SETTLE_MS = 45_000;
const PROVEN_MS = 2_500;
/** What a frame rounds away, and the corner of its grid. */
const FRAME_ERROR_M = 0.36;
const FRAMES = 4;

/** Waits until every client is live and holds what the rows of the picture say for its scope. */
export async function settle(stage: Stage, crowd: Crowd, guests: readonly Guest[]): Promise<Finding[]> {
  const { items } = await readStart(stage);
  const scopeOf = new Map(guests.map(({ name, scope }) => [name, scope]));
  const digests = new Map(
    guests.map(({ scope }) => [scope, digestOf(items.filter(({ seenBy }) => seenBy.includes(scope)))]),
  );
  const since = Date.now();
  const late = await crowd.until(
    ({ name, digest, provenMs }) =>
      provenMs !== null && provenMs < PROVEN_MS && digest === digests.get(scopeOf.get(name) ?? ''),
    SETTLE_MS,
  );
  const frames = new Map((await crowd.standing()).map((standing) => [standing.name, standing.frames]));
  await crowd.until((standing) => standing.frames >= (frames.get(standing.name) ?? 0) + FRAMES, SETTLE_MS);
  return late.map(({ name, cursor, provenMs }) => ({
    kind: 'picture',
    what: `not whole after ${Date.now() - since} ms: at ${cursor}, proven ${Math.round(provenMs ?? Infinity)} ms ago`,
    client: name,
    at: Date.now(),
  }));
}

/** What each server answers over HTTP for each scope is what the rows of the picture say, card for card. */
export async function checkHttp(stage: Stage, guests: readonly Guest[]): Promise<Finding[]> {
  const { items } = await readStart(stage);
  const findings: Finding[] = [];
  const at = Date.now();
  for (const { url } of stage.servers)
    for (const { name, scope, person } of guests) {
      const { body } = await new Person(url, person.headers).get<Answer>(`/api/journal?scope=${scope}`);
      const told = new Map((body.snapshot ?? []).map((item) => [keyOf(item), printItem(item).print]));
      const client = `${name} over HTTP`;
      const rows = items.filter(({ seenBy }) => seenBy.includes(scope));
      if (body.digest !== digestOf(rows))
        findings.push({ kind: 'digest', what: `${body.digest}, by the rows ${digestOf(rows)}`, client, at });
      for (const row of rows)
        if (told.get(keyOf(row)) !== printItem(row).print)
          findings.push({
            kind: 'picture',
            what: `${keyOf(row)} is not the row's`,
            client,
            at,
            entity: keyOf(row),
          });
      if (told.size !== rows.length)
        findings.push({ kind: 'picture', what: `${told.size} entities, ${rows.length} rows`, client, at });
    }
  return findings;
}

interface Answer {
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
