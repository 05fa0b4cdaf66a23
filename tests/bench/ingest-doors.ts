import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Metrics } from '../../server/src/platform/metrics.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { Intake } from '../../server/src/positions/intake.js';
import { DeviceBook } from '../../server/src/teams/device-book.js';
import { provideTerminals } from '../support/terminals.js';
import { forkBeside } from './beside.js';
import { BareDoor } from './ingest-bare.js';
import { type BrokerDoor, CONNECTIONS } from './ingest-broker.js';
import { tokenOf } from './ingest-token.js';
import { type BenchRow, inTurns, median, type Plot } from './measure.js';

const BATCH = 100;
const OTHER_BATCHES = [10, 1_000];
const TERMINALS = 200;
const RUN_MS = { quick: 1_000, long: 1_500 };
const WARM_UP_MS = 300;

interface Doors {
  readonly app: NestExpressApplication;
  readonly databaseUrl: string;
  /** None: no row of MQTT. */
  readonly broker: BrokerDoor | undefined;
  readonly isQuick: boolean;
}

/** A process of this folder that loads a door as fast as it is answered, and what that is told. */
interface Load {
  readonly process: 'ingest-load' | 'ingest-terminals' | 'ingest-sockets' | 'ingest-publisher';
  readonly order: object;
}

/** What a door took from a load: µs of this process for a position, and positions a second. */
interface Taken {
  readonly us: number;
  readonly perSecond: number;
}

/** What a position costs at each door, beside batches over HTTP, all in the same turns. */
export async function benchDoors(doors: Doors): Promise<BenchRow[]> {
  const { app, databaseUrl, broker, isQuick } = doors;
  const { caller, secret } = await tokenOf(databaseUrl);
  const bare = await BareDoor.open(app.get(Intake), caller);
  const devices = [...app.get(DeviceBook).all()].map(({ id }) => id);
  const terminals = await provideTerminals(databaseUrl, TERMINALS);
  const url = await app.getUrl();
  const posts = { secret, devices, batch: BATCH };
  const http = (to: string, batch = BATCH): Load => ({
    process: 'ingest-load',
    order: { ...posts, batch, url: `${to}/api/positions` },
  });
  const loads: Load[] = [
    http(url),
    http(bare.url),
    { process: 'ingest-terminals', order: { port: app.get(Jt808Door).port, terminals } },
    { process: 'ingest-sockets', order: { ...posts, url } },
  ];
  if (broker) loads.push({ process: 'ingest-publisher', order: { url: broker.url, devices } });
  await broker?.heard(app);

  const processes = await Processes.open(loads);
  const measure = async (of: readonly Load[], repeats: number) => {
    const rates = of.map((): number[] => []);
    const way = (load: Load, i: number) => async (isWarmUp: boolean) => {
      const ms = isWarmUp ? WARM_UP_MS : isQuick ? RUN_MS.quick : RUN_MS.long;
      const { us, perSecond } = await taken(app, processes.of(load), { ...load.order, ms });
      if (!isWarmUp) rates[i]?.push(perSecond);
      return us;
    };
    const us = await inTurns(repeats, of.map(way));
    return us.map((each, i) => ({ us: median(each), perSecond: median(rates[i] ?? []) }));
  };
  const costs = await measure(loads, isQuick ? 1 : 5);
  const bySize: Sized[] = [];
  for (const batch of isQuick ? [] : OTHER_BATCHES)
    bySize.push([batch, await measure([http(url, batch), http(bare.url, batch)], 1)]);
  await processes.end();
  bare.close();
  return rowsOf(costs, bySize);
}

/** The processes of some loads, begun before anything is measured and told again for each turn. */
class Processes {
  private constructor(private readonly byName: ReadonlyMap<string, ChildProcess>) {}

  static async open(loads: readonly Load[]): Promise<Processes> {
    const names = [...new Set(loads.map(({ process: name }) => name))];
    const begun = names.map(async (name) => {
      const child = forkBeside(name);
      await once(child, 'message');
      return [name, child] as const;
    });
    return new Processes(new Map(await Promise.all(begun)));
  }

  of({ process: name }: Load): ChildProcess {
    const child = this.byName.get(name);
    if (!child) throw new Error(`no process for the load ${name}`);
    return child;
  }

  async end(): Promise<void> {
    for (const child of this.byName.values()) {
      child.disconnect();
      await once(child, 'exit');
    }
  }
}

/** Runs a load to its end, beside what was committed meanwhile. */
async function taken(app: NestExpressApplication, load: ChildProcess, order: object): Promise<Taken> {
  const counter = app.get(Metrics).registry.getSingleMetric('xiongguan_fixes_accepted_total');
  const count = async () => (await counter?.get())?.values[0]?.value ?? 0;
  load.send(order);
  await once(load, 'message');
  const [before, since, cpu] = [await count(), performance.now(), process.cpuUsage()];
  await once(load, 'message');
  const { user, system } = process.cpuUsage(cpu);
  const [many, tookMs] = [(await count()) - before, performance.now() - since];
  return { us: (user + system) / many, perSecond: (many / tookMs) * 1_000 };
}

type Sized = readonly [batch: number, costs: readonly Taken[]];

/** `costs` in the order of the loads. */
function rowsOf(costs: readonly Taken[], bySize: readonly Sized[]): BenchRow[] {
  const [http, bare, terminals, sockets, mqtt] = costs;
  if (!http || !bare || !terminals || !sockets) throw new Error('a door was not measured');
  const beside = (one: Taken, other: Taken) =>
    `${(one.us / other.us).toFixed(2)} (${one.us.toFixed(2)} against ${other.us.toFixed(2)} µs per position)`;
  const rows: BenchRow[] = [
    {
      name: `5d HTTP batches of ${BATCH} against bare node:http with the same checks and commit, by CPU`,
      goal: '≥ 0.6',
      measured: `${(bare.us / http.us).toFixed(2)} (${http.us.toFixed(2)} against ${bare.us.toFixed(2)} µs per position)`,
      holds: bare.us / http.us >= 0.6,
      plots: bySize.length > 0 ? [plotOf([...bySize, [BATCH, costs]])] : [],
    },
    {
      name: `5e JT/T 808, ${TERMINALS} terminals, one position a message, against HTTP batches of ${BATCH}, by CPU`,
      goal: '≤ 3',
      measured: beside(terminals, http),
      holds: terminals.us / http.us <= 3,
    },
    {
      name: `5f Socket.IO, JSON batches of ${BATCH}, against HTTP batches of as many, by CPU`,
      goal: '≤ 1.2',
      measured: beside(sockets, http),
      holds: sockets.us / http.us <= 1.2,
    },
  ];
  if (!mqtt) return rows;
  return [
    ...rows,
    {
      name: `5g MQTT 5, one position a message, against HTTP batches of ${BATCH}, by CPU`,
      goal: 'told',
      measured: `${beside(mqtt, http)}; ${mqtt.perSecond.toFixed(0)} taken a second over ${CONNECTIONS} connections`,
      holds: true,
    },
  ];
}

function plotOf(costs: readonly Sized[]): Plot {
  const bySize = [...costs].sort(([a], [b]) => a - b);
  const line = (name: string, at: number) => ({
    name,
    points: bySize.map(([batch, each]) => [batch, each[at]?.us ?? NaN] as const),
  });
  return {
    name: '5-http',
    title: 'Positions over HTTP',
    x: 'positions in a batch',
    y: 'µs of CPU per position',
    series: [line('ours', 0), line('bare node:http', 1)],
  };
}
