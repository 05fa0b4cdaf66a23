import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Id, type IncidentCard, type TeamCard, uuidv7 } from '@app/shared';
import pg from 'pg';
import { Server } from 'socket.io';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { createApp } from '../../server/src/app.js';
import { formatCursor } from '../../server/src/journal/cursor.js';
import { Journal } from '../../server/src/journal/journal.js';
import { Tailer } from '../../server/src/journal/tailer.js';
import { readConfig } from '../../server/src/platform/config.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { type BenchRow, cpuOf, inTurns, median } from './measure.js';
import { readToken } from './read-token.js';
import type { StormOrder, StormTold } from './storm-clients.js';

const TEAMS = 20_000;
const MISSED = 100;
const SCREENS = 1_000;
/** The naive way is measured on few and counted per screen: on all it would take half a minute. */
const NAIVE_SCREENS = 20;
const mint = () => uuidv7(Date.now(), randomBytes(10));

/** Row 7 of the goals: all screens back at once, against bare handshakes and against a JSON snapshot for each. */
export async function benchStorm(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  await addTeams(databaseUrl);
  const app = await createApp(
    readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', PORT: '0', JT808_PORT: '0' }),
  );
  await app.listen(0, '127.0.0.1');
  const tailer = app.get(Tailer);
  const scope = app.get(CentreTree).root()?.id ?? '';
  moveTeams(app.get(Fleet), tailer, scope);
  // Before the first entry there is no place to resume from.
  await tellEntries(app.get(Journal), tailer, incidentsOf(scope, 1));
  const cursor = formatCursor(tailer.pictures.head);
  const cards = incidentsOf(scope, MISSED);
  await tellEntries(app.get(Journal), tailer, cards);
  const plain = await openPlain(cards, tailer, scope);
  const clients = fork(fileURLToPath(new URL('./storm-clients.js', import.meta.url)));
  const token = await readToken(databaseUrl);
  const url = (await app.getUrl()).replace('http', 'ws');
  let last: StormTold | undefined;
  const storm = async (kind: StormOrder['kind'], many: number): Promise<number> => {
    const at = kind === 'screens' ? url : kind === 'bare' ? plain.bare : plain.naive;
    const order: StormOrder = { kind, many, url: at, token, scope, cursor, entries: MISSED };
    return cpuOf(async () => {
      clients.send(order);
      const [told] = (await once(clients, 'message')) as [StormTold];
      if (kind === 'screens') last = told;
    });
  };
  try {
    const [ours = [], bare = [], naive = []] = await inTurns(isQuick ? 3 : 5, [
      async () => (await storm('screens', SCREENS)) / SCREENS,
      async () => (await storm('bare', SCREENS)) / SCREENS,
      async () => (await storm('naive', NAIVE_SCREENS)) / NAIVE_SCREENS,
    ]);
    return rowsOf({ ours, bare, naive }, last);
  } finally {
    clients.disconnect();
    await once(clients, 'exit');
    plain.close();
    await app.close();
  }
}

function rowsOf(
  { ours, bare, naive }: Record<'ours' | 'bare' | 'naive', number[]>,
  last: StormTold | undefined,
): BenchRow[] {
  if (last?.mode !== 'resume' || last.backlog !== MISSED || last.teams < TEAMS)
    throw new Error(`the screens were not told what they lack: ${JSON.stringify(last)}`);
  const us = (values: number[]) => `${(median(values) * 1e6).toFixed(0)} µs`;
  const handshake = median(ours) / median(bare);
  const snapshot = median(naive) / median(ours);
  const what = `${SCREENS} screens back, ${TEAMS} teams, ${MISSED} missed entries`;
  return [
    {
      name: `7a ${what}: CPU per screen against a bare Socket.IO handshake`,
      goal: '≤ 1.5',
      measured: `${handshake.toFixed(2)} (${us(ours)} against ${us(bare)})`,
      holds: handshake <= 1.5,
    },
    {
      name: '7b the same against a JSON snapshot and an event per entry for each',
      goal: '≤ 1/20',
      measured: `1/${snapshot.toFixed(1)} (${us(naive)})`,
      holds: snapshot >= 20,
    },
    {
      name: '7c until the last of them is whole',
      goal: '≤ 10 s',
      measured: `${(last.ms / 1_000).toFixed(1)} s`,
      holds: last.ms <= 10_000,
    },
  ];
}

/** Teams in the picture of the whole city, as the loader of a city would have put them. */
async function addTeams(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ id: Id }>('select id from centre where parent is null');
  const centre = rows[0]?.id ?? '';
  const cards = Array.from({ length: TEAMS }, (_, n): TeamCard => ({
    id: mint(),
    callSign: `巡${n}`,
    mode: 'vehicle',
    tier: 3,
    status: 'patrolling',
    version: 1,
    statusAt: new Date().toISOString(),
    centre,
    forces: { police: 2, militia: 2 },
    incidents: [],
  }));
  await client.query(
    `insert into picture (kind, id, version, card, seen_by)
     select 'team', (card ->> 'id')::uuid, 1, card, array[$2::uuid] from jsonb_array_elements($1) card`,
    [JSON.stringify(cards), centre],
  );
  await client.end();
}

function moveTeams(fleet: Fleet, tailer: Tailer, scope: string): void {
  const at = Date.now();
  let n = 0;
  for (const { kind, id } of tailer.pictures.of(scope).items()) {
    if (kind !== 'team') continue;
    const [lng, lat] = [98.1 + (n % 200) * 0.002, 39.6 + Math.floor(n / 200) * 0.002];
    fleet.upsert({
      team: id,
      lng,
      lat,
      speedKmh: 30,
      headingDeg: n % 360,
      observedAt: at,
      receivedAt: at,
    });
    n += 1;
  }
}

/** Incidents, each with a team on its way. */
function incidentsOf(centre: Id, count: number): IncidentCard[] {
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

async function tellEntries(journal: Journal, tailer: Tailer, cards: readonly IncidentCard[]): Promise<void> {
  for (const card of cards) {
    const { id, version, centre } = card;
    const fact = { fact: 'incident.reported', kind: 'incident' as const, id, version, at: Date.now(), card };
    await journal.transaction((tx) => journal.append(tx, [{ ...fact, seenBy: [centre] }]));
  }
  await tailer.poll();
}

/** Socket.IO without anything, and Socket.IO as one would use it at first: everything as JSON, to each by itself. */
async function openPlain(
  cards: readonly object[],
  tailer: Tailer,
  scope: string,
): Promise<{ bare: string; naive: string; close: () => void }> {
  const open = async () => {
    const http = createServer();
    const io = new Server(http, {
      transports: ['websocket'],
      perMessageDeflate: false,
      serveClient: false,
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return { io, url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}` };
  };
  const [bare, naive] = [await open(), await open()];
  bare.io.of('/live').on('connection', () => undefined);
  naive.io.of('/live').on('connection', (socket) => {
    socket.emit('snapshot', [...tailer.pictures.of(scope).items()]);
    for (const card of cards) socket.emit('entry', card);
  });
  const close = () => {
    void bare.io.close();
    void naive.io.close();
  };
  return { bare: bare.url, naive: naive.url, close };
}
