import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Incident } from '@app/shared';
import pg from 'pg';
import type { Person } from '../support/app.js';
import { BUILT_SERVER, freePort, openServer, ROOT, type ServerProcess } from '../support/server.js';
import { BareDesk } from './desk-bare.js';
import { benchLists } from './desk-lists.js';
import { benchScreen } from './desk-screen.js';
import { type BenchRow, inTurns, median, p95, p99 } from './measure.js';

const WRITERS = 16;
const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' } as const;
const LONGEST_MS = 150;
const WARM_UP_MS = 500;
const SECRET = 'bench-simulator-secret-0';

/** Row 11 of the goals: what an incident desk does, at the doors of whole servers of their own. */
export async function benchDesk(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const servers: ServerProcess[] = [];
  const open = async (env: Record<string, string> = {}) => {
    const server = await openServer(databaseUrl, { port: await freePort(), env });
    servers.push(server);
    return server;
  };
  try {
    const [first, second] = await Promise.all([
      open({ SIMULATOR_SECRET: SECRET, WEB_DIR: join(ROOT, 'web/dist') }),
      open({ SITE: 'other' }),
    ]);
    const rows = await benchCommands({ first, second, client }, isQuick);
    rows.push(await benchScreen(first, isQuick ? 30 : 150));
    rows.push(await besideSimulator(first, isQuick ? 40 : 300));
    rows.push(await benchLists(first, client, isQuick ? 40 : 200));
    return rows;
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
    await client.end();
  }
}

interface Pace {
  readonly rate: number;
  readonly p99Ms: number;
}

/** Sixteen writers through the whole course of incidents of their own, on one process and on two, against bare HTTP and SQL. */
async function benchCommands(
  { first, second, client }: { first: ServerProcess; second: ServerProcess; client: pg.Client },
  isQuick: boolean,
): Promise<BenchRow[]> {
  const bare = await BareDesk.open(client);
  const [here, there] = [await first.signIn('duty'), await second.signIn('duty')];
  const ms = isQuick ? 1_500 : 6_000;
  const late: number[][] = [[], [], []];
  const way = (index: number, writers: readonly (() => Promise<unknown>)[]) => async (isWarmUp: boolean) => {
    const pace = await writeFor(isWarmUp ? WARM_UP_MS : ms, writers);
    if (!isWarmUp) late[index]?.push(pace.p99Ms);
    return pace.rate;
  };
  const own = (by: (n: number) => Person) => Array.from({ length: WRITERS }, (_, n) => courseOf(by(n)));
  try {
    const [plain = [], one = [], two = []] = await inTurns(isQuick ? 2 : 5, [
      way(
        0,
        Array.from({ length: WRITERS }, () => () => bare.write()),
      ),
      way(
        1,
        own(() => here),
      ),
      way(
        2,
        own((n) => (n % 2 === 0 ? here : there)),
      ),
    ]);
    const [p, a, b] = [median(plain), median(one), median(two)];
    const lateOf = (index: number) => median(late[index] ?? []).toFixed(0);
    return [
      {
        name: `11a commands of a desk, ${WRITERS} writers: rate against bare HTTP with two statements`,
        goal: 'told',
        measured: `${(a / p).toFixed(2)} (${a.toFixed(0)} against ${p.toFixed(0)}/s; p99 ${lateOf(1)} against ${lateOf(0)} ms)`,
        holds: true,
      },
      {
        name: '11b the same on two processes: rate against one',
        goal: '≥ 1',
        measured: `${(b / a).toFixed(2)} (${b.toFixed(0)}/s; p99 ${lateOf(2)} ms)`,
        holds: b / a >= 1,
      },
    ];
  } finally {
    await bare.close();
  }
}

const NEXT: Partial<Record<Incident['status'], string>> = {
  reported: 'accept',
  accepted: 'complete',
  handled: 'close',
};

/** Each call is the next command: report, accept, complete, close. */
function courseOf(by: Person): () => Promise<unknown> {
  let at: Incident | undefined;
  return async () => {
    const next = at && NEXT[at.status];
    const { status, body } =
      at && next
        ? await by.post<Incident>(`/api/incidents/${at.id}/${next}`, { version: at.version })
        : await by.post<Incident>('/api/incidents', REPORT);
    if (status >= 300) throw new Error(`${next ?? 'report'}: ${status} ${JSON.stringify(body)}`);
    at = body;
  };
}

async function writeFor(ms: number, writers: readonly (() => Promise<unknown>)[]): Promise<Pace> {
  const times: number[] = [];
  const start = performance.now();
  const run = async (write: () => Promise<unknown>) => {
    while (performance.now() - start < ms) {
      const since = performance.now();
      await write();
      times.push(performance.now() - since);
    }
  };
  await Promise.all(writers.map(run));
  return { rate: times.length / ((performance.now() - start) / 1_000), p99Ms: p99(times) };
}

/** What an operator waits for, one action after the other, while the simulator plays the city. */
async function besideSimulator(server: ServerProcess, count: number): Promise<BenchRow> {
  const simulator = fork(join(BUILT_SERVER, 'demo/simulator/main.js'), {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] ?? '', SIMULATOR_URL: server.url, SIMULATOR_SECRET: SECRET },
  });
  try {
    const act = courseOf(await server.signIn('commander'));
    const times: number[] = [];
    for (let i = 0; i < count + 20; i++) {
      const since = performance.now();
      await act();
      if (i >= 20) times.push(performance.now() - since);
    }
    return {
      name: '11d an action of an operator while the simulator runs, p95',
      goal: `≤ ${LONGEST_MS} ms`,
      measured: `${p95(times).toFixed(1)} ms (p50 ${median(times).toFixed(1)}, p99 ${p99(times).toFixed(1)}, ${count} actions)`,
      holds: p95(times) <= LONGEST_MS,
    };
  } finally {
    simulator.kill('SIGTERM');
  }
}
