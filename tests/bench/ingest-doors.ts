import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../server/src/app.js';
import { readConfig } from '../../server/src/platform/config.js';
import { Metrics } from '../../server/src/platform/metrics.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { MqttDoor } from '../../server/src/positions/doors/mqtt/mqtt.door.js';
import { DeviceBook } from '../../server/src/teams/device-book.js';
import { MOSQUITTO, openBroker } from '../support/mosquitto.js';
import { provideTerminals } from '../support/terminals.js';
import { forkBeside } from './beside.js';
import type { Emits } from './ingest-sockets.js';
import type { Posts } from './ingest-load.js';
import { cpuPerFix, tokenOf } from './ingest-posts.js';
import type { Publishes } from './ingest-publisher.js';
import type { Tells } from './ingest-terminals.js';
import { type BenchRow, inTurns, median } from './measure.js';

const TERMINALS = 200;
/** What the door may keep open to a broker at most. */
const CONNECTIONS = 16;
const RUN_MS = 1_500;

interface Doors {
  readonly app: NestExpressApplication;
  readonly databaseUrl: string;
  readonly posts: Omit<Posts, 'ms'>;
}

/** What a position costs at each door, beside the same ones in batches over HTTP. */
export async function benchDoors(
  app: NestExpressApplication,
  databaseUrl: string,
  { repeats, batch }: { repeats: number; batch: number },
): Promise<BenchRow[]> {
  const { secret } = await tokenOf(databaseUrl);
  const devices = [...app.get(DeviceBook).all()].map(({ id }) => id);
  const posts = { url: `${await app.getUrl()}/api/positions`, secret, devices, batch };
  const doors = { app, databaseUrl, posts };
  const rows = [await overTerminals(doors, repeats), await overSockets(doors, repeats)];
  return MOSQUITTO ? [...rows, await overMqtt(doors, repeats)] : rows;
}

/** One position a message from some hundred terminals, beside HTTP batches of 100, in the same turns. */
async function overTerminals({ app, databaseUrl, posts }: Doors, repeats: number): Promise<BenchRow> {
  const port = app.get(Jt808Door).port ?? 0;
  const terminals = await provideTerminals(databaseUrl, TERMINALS);
  const [single = [], batched = []] = await inTurns(repeats, [
    () => cpuPerTold({ port, terminals }),
    () => cpuPerFix(posts),
  ]);
  const ratio = median(single) / median(batched);
  return {
    name: `5e JT/T 808, ${TERMINALS} terminals, one position a message, against HTTP batches of ${posts.batch}, by CPU`,
    goal: '≤ 3',
    measured: `${ratio.toFixed(2)} (${median(single).toFixed(2)} against ${median(batched).toFixed(2)} µs per position)`,
    holds: ratio <= 3,
  };
}

/** CPU of this process per position, µs, while the terminals of another process tell for a second and a half. */
async function cpuPerTold(order: Omit<Tells, 'ms'>): Promise<number> {
  const load = forkBeside('ingest-terminals');
  await once(load, 'message');
  load.send({ ...order, ms: 1_500 });
  await once(load, 'message');
  const before = process.cpuUsage();
  const [accepted] = (await once(load, 'message')) as [number];
  const { user, system } = process.cpuUsage(before);
  load.disconnect();
  await once(load, 'exit');
  return (user + system) / accepted;
}

/** Batches of 100 on sockets that stay, beside the same batches over HTTP, in the same turns. */
async function overSockets({ app, posts }: Doors, repeats: number): Promise<BenchRow> {
  const order = { ...posts, url: await app.getUrl() };
  const [socket = [], http = []] = await inTurns(repeats, [
    async () => (await besides('ingest-sockets', { ...order, ms: RUN_MS })).cpuUs,
    () => cpuPerFix(posts),
  ]);
  const ratio = median(socket) / median(http);
  return {
    name: `5f Socket.IO, JSON batches of ${posts.batch}, against HTTP batches of as many, by CPU`,
    goal: '≤ 1.2',
    measured: `${ratio.toFixed(2)} (${median(socket).toFixed(2)} against ${median(http).toFixed(2)} µs per position)`,
    holds: ratio <= 1.2,
  };
}

/** One position a message through a Mosquitto, acknowledged after its commit: what one costs, and how many a second. */
async function overMqtt({ databaseUrl, posts }: Doors, repeats: number): Promise<BenchRow> {
  const broker = await openBroker();
  const directory = await mkdtemp(join(tmpdir(), 'bench-mqtt-'));
  const file = join(directory, 'mapping.json');
  const topic = {
    topic: 'fleet/+/fix',
    device: { level: 2 },
    at: { path: 'ts', unit: 'ms' },
    lng: 'lng',
    lat: 'lat',
  };
  await writeFile(file, JSON.stringify({ shared: true, connections: CONNECTIONS, topics: [topic] }));
  const env = { DATABASE_URL: databaseUrl, DEMO: 'on', LOG_LEVEL: 'silent', PORT: '0', JT808_PORT: 'off' };
  const app = await createApp(readConfig({ ...env, MQTT_URL: broker.url, MQTT_MAPPING: file }));
  await app.listen(0, '127.0.0.1');
  try {
    for (const end = Date.now() + 30_000; app.get(MqttDoor).listening < CONNECTIONS; await pause(20))
      if (Date.now() > end) throw new Error('the door does not listen at the broker within 30 s');
    const rates: number[] = [];
    const url = `${await app.getUrl()}/api/positions`;
    const [told = [], batched = []] = await inTurns(repeats, [
      async () => {
        const { perSecond, cpuUs } = await taken(app, {
          url: broker.url,
          devices: posts.devices,
          ms: RUN_MS,
        });
        rates.push(perSecond);
        return cpuUs;
      },
      () => cpuPerFix({ ...posts, url }),
    ]);
    const [rate, cost, beside] = [median(rates), median(told), median(batched)];
    const ratio = cost / beside;
    return {
      name: `5g MQTT 5, one position a message, against HTTP batches of ${posts.batch}, by CPU`,
      goal: 'told',
      measured: `${ratio.toFixed(2)} (${cost.toFixed(1)} against ${beside.toFixed(2)} µs per position; ${rate.toFixed(0)} taken a second over ${CONNECTIONS} connections)`,
      holds: true,
    };
  } finally {
    await app.close();
    await broker.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Positions that the server has committed while another process publishes, and this one's CPU for each. */
async function taken(
  app: NestExpressApplication,
  order: Publishes,
): Promise<{ perSecond: number; cpuUs: number }> {
  const counter = app.get(Metrics).registry.getSingleMetric('xiongguan_fixes_accepted_total');
  const count = async () => (await counter?.get())?.values[0]?.value ?? 0;
  const [before, start] = [await count(), performance.now()];
  const { cpu } = await besides('ingest-publisher', order);
  const [after, tookMs] = [await count(), performance.now() - start];
  return { perSecond: ((after - before) / tookMs) * 1_000, cpuUs: cpu / (after - before) };
}

/** Runs another process to its end: what it counted, and CPU of this one, µs, in all and for each that it counted. */
async function besides(name: string, order: Publishes | Emits): Promise<{ cpu: number; cpuUs: number }> {
  const load = forkBeside(name);
  await once(load, 'message');
  load.send(order);
  await once(load, 'message');
  const before = process.cpuUsage();
  const [count] = (await once(load, 'message')) as [number];
  const { user, system } = process.cpuUsage(before);
  load.disconnect();
  await once(load, 'exit');
  return { cpu: user + system, cpuUs: (user + system) / count };
}
