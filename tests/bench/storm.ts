import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Server } from 'socket.io';
import { formatCursor } from '../../server/src/journal/cursor.js';
import { Journal } from '../../server/src/journal/journal.js';
import { Tailer } from '../../server/src/journal/tailer.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { type BenchRow, cpuOf, inTurns, median, type Plot } from './measure.js';
import { forkBeside } from './beside.js';
import { openServer } from './open-server.js';
import { readToken } from './read-token.js';
import { addTeams, incidentsOf, moveTeams, type StormScope, tellEntries } from './storm-city.js';
import type { StormOrder, StormTold } from './storm-clients.js';

const SIZES = [20, 1_000, 20_000];
const MISSED = 100;
const SCREENS = 1_000;
const FEWER_SCREENS = [30, 200];
/** The naive way is measured on few and counted per screen: on all it would take half a minute. */
const NAIVE_SCREENS = 20;

/** µs of CPU per screen. */
interface Cost {
  readonly ours: number;
  readonly bare: number;
  readonly naive: number;
}

/** Row 7 of the goals: all screens back at once, against bare handshakes and against a JSON snapshot for each. */
export async function benchStorm(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const scopes = await addTeams(databaseUrl, SIZES);
  const app = await openServer(databaseUrl);
  const storm = await Storm.open(app, scopes, await readToken(databaseUrl));
  // The first turns find code that nobody has compiled yet, more of it in ours than in the bare way.
  const repeats = isQuick ? 3 : 5;
  try {
    const city = scopes.at(-1);
    if (!city) throw new Error('no scopes');
    const goal = await storm.cost(city, SCREENS, repeats);
    const { last } = storm;
    if (isQuick) return rowsOf(city, goal, last);
    const byTeams: [number, Cost][] = [];
    for (const scope of scopes.slice(0, -1))
      byTeams.push([scope.teams, await storm.cost(scope, SCREENS, repeats - 2, goal)]);
    byTeams.push([city.teams, goal]);
    const byScreens: [number, Cost][] = [];
    for (const many of FEWER_SCREENS) byScreens.push([many, await storm.cost(city, many, repeats - 1, goal)]);
    byScreens.push([SCREENS, goal]);
    return rowsOf(city, goal, last, plotsOf(byTeams, byScreens));
  } finally {
    await storm.close();
    await app.close();
  }
}

class Storm {
  last: StormTold | undefined;

  private constructor(
    private readonly clients: ChildProcess,
    private readonly order: Pick<StormOrder, 'token' | 'cursor' | 'entries'>,
    private readonly urls: Record<StormOrder['kind'], string>,
    readonly close: () => Promise<void>,
  ) {}

  static async open(
    app: NestExpressApplication,
    scopes: readonly StormScope[],
    token: string,
  ): Promise<Storm> {
    const tailer = app.get(Tailer);
    const seenBy = scopes.map(({ scope }) => scope);
    const city = seenBy.at(-1) ?? '';
    moveTeams(app.get(Fleet), tailer, city);
    const journal = app.get(Journal);
    // Before the first entry there is no place to resume from.
    await tellEntries(journal, tailer, { cards: incidentsOf(city, 1), seenBy });
    const cursor = formatCursor(tailer.pictures.head);
    const cards = incidentsOf(city, MISSED);
    await tellEntries(journal, tailer, { cards, seenBy });
    const plain = await openPlain(cards, tailer, city);
    const clients = forkBeside('storm-clients');
    const urls = { ...plain.urls, screens: (await app.getUrl()).replace('http', 'ws') };
    return new Storm(clients, { token, cursor, entries: MISSED }, urls, async () => {
      clients.disconnect();
      await once(clients, 'exit');
      plain.close();
    });
  }

  /** CPU per screen of so many that come back to a scope at once; the naive way is measured where none is given. */
  async cost({ scope }: StormScope, many: number, repeats: number, known?: Cost): Promise<Cost> {
    const [ours = [], bare = []] = await inTurns(repeats, [
      () => this.#run('screens', scope, many),
      () => this.#run('bare', scope, many),
    ]);
    const [naive = []] = known ? [] : await inTurns(1, [() => this.#run('naive', scope, NAIVE_SCREENS)]);
    return { ours: median(ours), bare: median(bare), naive: known?.naive ?? median(naive) };
  }

  async #run(kind: StormOrder['kind'], scope: string, many: number): Promise<number> {
    const order: StormOrder = { ...this.order, kind, many, scope, url: this.urls[kind] };
    const cpu = await cpuOf(async () => {
      this.clients.send(order);
      const [told] = (await once(this.clients, 'message')) as [StormTold];
      if (kind === 'screens') this.last = told;
    });
    // That they go again is no part of it.
    this.clients.send({ kind: 'calm' });
    await once(this.clients, 'message');
    return (cpu / many) * 1e6;
  }
}

function rowsOf(
  { teams }: StormScope,
  { ours, bare, naive }: Cost,
  last: StormTold | undefined,
  plots: readonly Plot[] = [],
): BenchRow[] {
  if (last?.mode !== 'resume' || last.backlog !== MISSED || last.teams !== teams)
    throw new Error(`the screens were not told what they lack: ${JSON.stringify(last)}`);
  const us = (value: number) => `${value.toFixed(0)} µs`;
  return [
    {
      name: `7a ${SCREENS} screens back, ${teams} teams, ${MISSED} missed entries: CPU per screen against a bare Socket.IO handshake`,
      goal: '≤ 1.5',
      measured: `${(ours / bare).toFixed(2)} (${us(ours)} against ${us(bare)}; ${(last.bytes / 1_000).toFixed(0)} kB each)`,
      holds: ours / bare <= 1.5,
      plots,
    },
    {
      name: '7b the same against a JSON snapshot and an event per entry for each',
      goal: '≤ 1/20',
      measured: `1/${(naive / ours).toFixed(1)} (${us(naive)})`,
      holds: naive / ours >= 20,
    },
    {
      name: '7c until the last of them is whole',
      goal: '≤ 10 s',
      measured: `${(last.ms / 1_000).toFixed(1)} s`,
      holds: last.ms <= 10_000,
    },
  ];
}

type Costs = readonly (readonly [at: number, cost: Cost])[];

function plotsOf(byTeams: Costs, byScreens: Costs): Plot[] {
  const y = 'µs of CPU per screen';
  const line = (name: string, of: (cost: Cost) => number, costs: Costs) => ({
    name,
    points: costs.map(([at, cost]) => [at, of(cost)] as const),
  });
  const series = (costs: Costs) => [
    line('ours', ({ ours }) => ours, costs),
    line('bare Socket.IO handshake', ({ bare }) => bare, costs),
  ];
  const naive = line('JSON to each (measured once)', (cost) => cost.naive, byScreens);
  return [
    { name: '7-teams', title: `${SCREENS} screens back at once`, x: 'teams', y, series: series(byTeams) },
    {
      name: '7-screens',
      title: `Screens of a city with ${SIZES.at(-1)} teams, back at once`,
      x: 'screens',
      y,
      series: [...series(byScreens), naive],
    },
  ];
}

/** Socket.IO without anything, and Socket.IO as one would use it at first: everything as JSON, to each by itself. */
async function openPlain(
  cards: readonly object[],
  tailer: Tailer,
  scope: string,
): Promise<{ urls: { bare: string; naive: string }; close: () => void }> {
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
  return { urls: { bare: bare.url, naive: naive.url }, close };
}
