import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { openBrowser, takeSeat } from '../support/browser.js';
import { ROOT } from '../support/server.js';
import { heapAfterGarbage, Inspector } from './inspector.js';
import { type Cluster, Stage } from './stage.js';
import { type Trend, trendOf } from '../support/trend.js';

export interface SoakOrder {
  readonly cluster: Cluster;
  readonly databaseUrl: string;
  readonly logs: string;
  readonly minutes: number;
  /** Makes the page leak on purpose: the soak must fail. */
  readonly isLeaking: boolean;
  readonly say: (line: string) => void;
}

/** What is watched, and by how much an hour of it may grow. */
export const MEASURES = {
  'browser heap': { unit: 'MB', perHour: 30 },
  'browser nodes': { unit: '', perHour: 3_000 },
  'browser listeners': { unit: '', perHour: 600 },
  'server a heap': { unit: 'MB', perHour: 60 },
  'server b heap': { unit: 'MB', perHour: 60 },
  'server a handles': { unit: '', perHour: 30 },
  'server b handles': { unit: '', perHour: 30 },
  'database connections': { unit: '', perHour: 20 },
} as const;
export type Measure = keyof typeof MEASURES;

export interface Watched extends Trend {
  readonly measure: Measure;
  readonly unit: string;
  /** Minutes and values, after warm-up. */
  readonly samples: readonly (readonly [number, number])[];
  /** Per hour; it may be as large as `bound`. */
  readonly bound: number;
  readonly holds: boolean;
}

export interface SoakResult {
  readonly rows: readonly Watched[];
  readonly warmUpMinutes: number;
  readonly entries: number;
  readonly fixes: number;
  /** What the browser complained about. */
  readonly complaints: readonly string[];
}

const MB = 1 << 20;
const RATE = 10;
const EVERY_MS = 5_000;
/** Caches fill and code is compiled in this part of the time, at most five minutes of it. */
const WARM_UP = 0.3;
const WARM_UP_MINUTES = 5;
const LIVE_MS = 120_000;

/** A wall in a real browser on a city that lives ten times as fast, and what that costs as time goes by. */
export async function runSoak(order: SoakOrder): Promise<SoakResult> {
  const { cluster, databaseUrl, logs, minutes, say } = order;
  const env = { WEB_DIR: join(ROOT, 'web/dist') };
  const stage = await Stage.open({
    cluster,
    databaseUrl,
    logs,
    env,
    seed: 7,
    rate: RATE,
    pace: RATE,
    isInspected: true,
  });
  const browser = await openBrowser();
  try {
    const [first] = stage.servers;
    if (!first?.process) throw new Error('a stage without servers');
    const person = await first.process.signIn('display');
    const { page, context, complaints } = await takeSeat(browser, { url: first.url, person });
    await page.goto('/wall');
    await page.waitForSelector('.link-state.is-live', { timeout: LIVE_MS });
    if (order.isLeaking) await leak(page);
    const probe = await Probe.open(stage, await context.newCDPSession(page));
    const warmUpMinutes = Math.min(WARM_UP_MINUTES, minutes * WARM_UP);
    say(`warming up for ${warmUpMinutes.toFixed(1)} min`);
    await pause(warmUpMinutes * 60_000);
    const rows = await watch(probe, minutes - warmUpMinutes, say);
    probe.close();
    const [done] = await stage.rows<{ entries: number; fixes: number }>(
      'select (select seq from counter)::float8 as entries, (select count(*) from track)::float8 as fixes',
    );
    return { rows, warmUpMinutes, entries: done?.entries ?? 0, fixes: done?.fixes ?? 0, complaints };
  } finally {
    await browser.close();
    await stage.close();
  }
}

async function watch(probe: Probe, minutes: number, say: SoakOrder['say']): Promise<Watched[]> {
  const samples = new Map<Measure, (readonly [number, number])[]>();
  const since = performance.now();
  for (let at = 0; at < minutes; at = (performance.now() - since) / 60_000) {
    const seen = await probe.sample();
    for (const [measure, value] of seen) samples.set(measure, [...(samples.get(measure) ?? []), [at, value]]);
    say(
      `${at.toFixed(1)} min: ${[...seen].map(([measure, value]) => `${measure} ${round(value)}`).join(', ')}`,
    );
    await pause(EVERY_MS);
  }
  return [...samples].map(([measure, points]) => {
    const { slope, least } = trendOf(points);
    const { unit, perHour: bound } = MEASURES[measure];
    const hourly = { slope: slope * 60, least: least * 60 };
    return { measure, unit, samples: points, ...hourly, bound, holds: hourly.least <= bound };
  });
}

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1));

/** Keeps 2,000 objects more each second: some megabytes a minute. */
async function leak(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const kept = [];
    setInterval(() => kept.push(Array.from({ length: 2_000 }, (_, i) => ({ i }))), 1_000);
    window.kept = kept;
  })()`);
}

/** Everything that is watched, at one moment. */
class Probe {
  private constructor(
    private readonly stage: Stage,
    private readonly cdp: CDPSession,
    private readonly inspectors: readonly Inspector[],
  ) {}

  static async open(stage: Stage, cdp: CDPSession): Promise<Probe> {
    const ports = stage.servers.map(({ inspectorPort }) => inspectorPort ?? 0);
    return new Probe(stage, cdp, await Promise.all(ports.map((port) => Inspector.open(port))));
  }

  async sample(): Promise<Map<Measure, number>> {
    const browser = (method: string) => this.cdp.send(method as 'Runtime.getHeapUsage') as Promise<unknown>;
    const seen = new Map<Measure, number>();
    seen.set(
      'browser heap',
      (await heapAfterGarbage(<T>(method: string) => browser(method) as Promise<T>)) / MB,
    );
    const { nodes, jsEventListeners } = await this.cdp.send('Memory.getDOMCounters');
    seen.set('browser nodes', nodes).set('browser listeners', jsEventListeners);
    for (const [index, name] of (['a', 'b'] as const).entries()) {
      const inspector = this.inspectors[index];
      if (!inspector) continue;
      const heap = await heapAfterGarbage(<T>(method: string) => inspector.send<T>(method));
      seen.set(`server ${name} heap`, heap / MB);
      const pid = this.stage.servers[index]?.process?.child.pid ?? 0;
      seen.set(`server ${name} handles`, (await readdir(`/proc/${pid}/fd`)).length);
    }
    const [row] = await this.stage.rows<{ many: number }>(
      "select count(*)::int as many from pg_stat_activity where application_name like 'xiongguan%'",
    );
    return seen.set('database connections', row?.many ?? 0);
  }

  close(): void {
    for (const inspector of this.inspectors) inspector.close();
  }
}
