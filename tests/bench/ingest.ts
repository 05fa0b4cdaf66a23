import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Database, type Lane } from '../../server/src/platform/database.js';
import type { StoredFix } from '../../server/src/positions/position.rules.js';
import { insertFixes } from '../../server/src/positions/track.query.js';
import { TrackWriter } from '../../server/src/positions/track-writer.js';
import { MOSQUITTO } from '../support/mosquitto.js';
import { BrokerDoor } from './ingest-broker.js';
import { benchDoors } from './ingest-doors.js';
import { type BenchRow, inTurns, median, p99, type Plot } from './measure.js';
import { openServer } from './open-server.js';

const BATCH = 100;
const RATE = 20_000;
const WINDOW_MS = 200;
const LOWER_RATES = [2_000, 8_000];
const RUN_MS = 2_000;
const WARM_UP_MS = 500;

/** Fixes of a fleet, each a new one. */
class Source {
  readonly #devices = Array.from({ length: 2_000 }, () => randomUUID());
  #at = Date.now() - 3_600_000;
  #next = 0;

  batch(size = BATCH): StoredFix[] {
    return Array.from({ length: size }, () => {
      const device = this.#devices[this.#next++ % this.#devices.length] ?? '';
      if (this.#next % this.#devices.length === 0) this.#at += 10;
      const observedAt = this.#at;
      const place = { lng: 98.2888, lat: 39.7721, speedKmh: 30, headingDeg: 90 };
      return { device, team: device, observedAt, receivedAt: Date.now(), ...place };
    });
  }
}

/** Row 5 of the goals, on the whole server over an existing demo database. */
export async function benchIngest(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const broker = MOSQUITTO ? await BrokerDoor.open() : undefined;
  const app = await openServer(databaseUrl, { DEMO: 'on', ...broker?.env });
  const lane = app.get(Database).lane('bench');
  try {
    const writer = app.get(TrackWriter);
    return [
      await acknowledgement(writer, lane, isQuick),
      await throughput(writer, lane, isQuick ? 1 : 5),
      await duplicates(writer, lane),
      ...(await benchDoors({ app, databaseUrl, broker, isQuick })),
    ];
  } finally {
    await lane.end();
    await app.close();
    await broker?.close();
  }
}

/** Ms from when each batch was due to its commit, at `rate` positions a second: a late start counts as delay. */
async function openLoop(
  write: (fixes: StoredFix[]) => Promise<void>,
  source: Source,
  { rate, ms }: { rate: number; ms: number },
): Promise<number[]> {
  const perSecond = rate / BATCH;
  const seen: number[] = [];
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let sent = 0; sent < (ms / 1_000) * perSecond;) {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
    for (; sent < due; sent++) {
      const dueAt = start + ((sent + 1) / perSecond) * 1_000;
      pending.push(write(source.batch()).then(() => void seen.push(performance.now() - dueAt)));
    }
    await pause(1);
  }
  await Promise.all(pending);
  return seen;
}

const msOf = (isWarmUp: boolean): number => (isWarmUp ? WARM_UP_MS : RUN_MS);

async function acknowledgement(writer: TrackWriter, lane: Lane, isQuick: boolean): Promise<BenchRow> {
  const source = new Source();
  const waits = async (rate: number, times: number) => {
    const [adaptive = [], windowed = []] = await inTurns(times, [
      async (isWarmUp) =>
        p99(await openLoop((fixes) => writer.write(fixes), source, { rate, ms: msOf(isWarmUp) })),
      async (isWarmUp) => {
        const window = new WindowWriter(lane);
        const late = p99(
          await openLoop((fixes) => window.write(fixes), source, { rate, ms: msOf(isWarmUp) }),
        );
        await window.end();
        return late;
      },
    ]);
    return { rate, adaptive: median(adaptive), windowed: median(windowed) };
  };
  const all = await waits(RATE, isQuick ? 1 : 5);
  const rates = [];
  for (const rate of isQuick ? [] : LOWER_RATES) rates.push(await waits(rate, 1));
  rates.push(all);
  const ratio = all.windowed / all.adaptive;
  const plot: Plot = {
    name: '5-rate',
    title: 'Acknowledged after commit',
    x: 'positions/s',
    y: 'ms at p99',
    series: [
      { name: 'ours', points: rates.map(({ rate, adaptive }) => [rate, adaptive]) },
      { name: `a window of ${WINDOW_MS} ms`, points: rates.map(({ rate, windowed }) => [rate, windowed]) },
    ],
  };
  return {
    name: `5a acknowledged after commit at ${RATE} positions/s, p99 against a ${WINDOW_MS} ms window`,
    goal: '≤ 1/20',
    measured: `1/${ratio.toFixed(0)} (${all.adaptive.toFixed(1)} against ${all.windowed.toFixed(1)} ms)`,
    holds: ratio >= 20,
    plots: isQuick ? [] : [plot],
  };
}

/** The usual way: flush every 200 ms. */
class WindowWriter {
  #waiting: { fixes: StoredFix[]; done: () => void }[] = [];
  readonly #timer = setInterval(() => void this.#flush(), WINDOW_MS);

  constructor(readonly lane: Lane) {}

  write(fixes: StoredFix[]): Promise<void> {
    return new Promise((done) => this.#waiting.push({ fixes, done }));
  }

  async #flush(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    await insertFixes(
      this.lane,
      group.flatMap(({ fixes }) => fixes),
    );
    for (const { done } of group) done();
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }
}

/** Fixes per second that `send` commits, called over and over by `senders` at a time. */
async function closedLoop(send: () => Promise<number>, senders: number, ms: number): Promise<number> {
  const start = performance.now();
  const loops = Array.from({ length: senders }, async () => {
    let sum = 0;
    while (performance.now() - start < ms) sum += await send();
    return sum;
  });
  const sums = await Promise.all(loops);
  return sums.reduce((a, b) => a + b, 0) / ((performance.now() - start) / 1_000);
}

async function throughput(writer: TrackWriter, lane: Lane, repeats: number): Promise<BenchRow> {
  const source = new Source();
  const [grouped = [], single = []] = await inTurns(repeats, [
    (isWarmUp) => closedLoop(() => writer.write(source.batch()).then(() => BATCH), 32, msOf(isWarmUp) / 2),
    (isWarmUp) => closedLoop(() => insertFixes(lane, source.batch(1)).then(() => 1), 1, msOf(isWarmUp) / 2),
  ]);
  const ratio = median(grouped) / median(single);
  return {
    name: '5b stored positions/s against one commit per row',
    goal: '≥ 20',
    measured: `${ratio.toFixed(0)} (${Math.round(median(grouped))} against ${Math.round(median(single))} positions/s)`,
    holds: ratio >= 20,
  };
}

async function duplicates(writer: TrackWriter, lane: Lane): Promise<BenchRow> {
  const fixes = new Source().batch(1_000);
  await writer.write(fixes);
  await writer.write(fixes);
  const ids = fixes.map(({ device }) => device);
  const [row] = (await lane.query('select count(*)::int as held from track where device = any($1)', [
    ids,
  ])) as {
    held: number;
  }[];
  return {
    name: '5c the same 1000 positions stored twice',
    goal: '1000 rows',
    measured: `${row?.held} rows of ${2 * fixes.length} sent`,
    holds: row?.held === 1_000,
  };
}
