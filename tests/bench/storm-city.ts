import { randomBytes } from 'node:crypto';
import { type Id, type IncidentCard, type TeamCard, uuidv7 } from '@app/shared';
import pg from 'pg';
import type { Journal } from '../../server/src/journal/journal.js';
import type { Tailer } from '../../server/src/journal/tailer.js';
import type { Fleet } from '../../server/src/positions/fleet.js';

const mint = () => uuidv7(Date.now(), randomBytes(10));

/** A scope and how many of the teams it sees. */
export interface StormScope {
  readonly scope: Id;
  readonly teams: number;
}

/** Teams in the picture, as the loader of a city would have put them: all at the city, fewer at some of its centres. */
export async function addTeams(databaseUrl: string, sizes: readonly number[]): Promise<StormScope[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ id: Id }>(
    'select id from centre order by parent nulls first, id limit $1',
    [sizes.length],
  );
  const most = Math.max(...sizes);
  const scopes = [...sizes]
    .sort((a, b) => b - a)
    .map((teams, i): StormScope => ({ scope: rows[i]?.id ?? '', teams }));
  const cards = Array.from({ length: most }, (_, n): TeamCard & { seenBy: Id[] } => ({
    id: mint(),
    callSign: `巡${n}`,
    mode: 'vehicle',
    tier: 3,
    status: 'patrolling',
    version: 1,
    statusAt: new Date().toISOString(),
    centre: rows[0]?.id ?? '',
    forces: { police: 2, militia: 2 },
    incidents: [],
    seenBy: scopes.filter(({ teams }) => n < teams).map(({ scope }) => scope),
  }));
  await client.query('delete from picture');
  await client.query(
    `insert into picture (kind, id, version, card, seen_by)
     select 'team', (card ->> 'id')::uuid, 1, card - 'seenBy',
            array(select jsonb_array_elements_text(card -> 'seenBy')::uuid)
       from jsonb_array_elements($1) card`,
    [JSON.stringify(cards)],
  );
  await client.end();
  return scopes.reverse();
}

export function moveTeams(fleet: Fleet, tailer: Tailer, scope: string): void {
  const at = Date.now();
  let n = 0;
  for (const team of tailer.pictures.of(scope).idsOf('team')) {
    const [lng, lat] = [98.1 + (n % 200) * 0.002, 39.6 + Math.floor(n / 200) * 0.002];
    fleet.upsert({ team, lng, lat, speedKmh: 30, headingDeg: n % 360, observedAt: at, receivedAt: at });
    n += 1;
  }
}

/** Incidents, each with a team on its way. */
export function incidentsOf(centre: Id, count: number): IncidentCard[] {
  const at = new Date().toISOString();
  return Array.from({ length: count }, (_, n) => ({
    id: mint(),
    number: `嘉综〔2026〕${n}`,
    category: 'traffic',
    severity: 3,
    status: 'handling',
    version: 1,
    centre,
    lng: 98.2888,
    lat: 39.7721,
    grid: '620201001007014',
    place: '新华北路',
    source: 'phone',
    since: at,
    statusAt: at,
    due: { stage: 'arrive', at, soonAt: at },
    teams: [{ id: mint(), step: 'departed', at }],
    simulated: true,
  }));
}

export async function tellEntries(
  journal: Journal,
  tailer: Tailer,
  { cards, seenBy }: { cards: readonly IncidentCard[]; seenBy: readonly Id[] },
): Promise<void> {
  for (const card of cards) {
    const fact = { fact: 'incident.reported', kind: 'incident' as const, id: card.id, version: 1 };
    await journal.transaction((tx) => journal.append(tx, [{ ...fact, at: Date.now(), card, seenBy }]));
  }
  await tailer.poll();
}
