import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Id } from '@app/shared';
import pg from 'pg';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openApp } from '../support/app.js';
import { openBrowser, type Seat } from '../support/browser.js';
import type { BenchOrder } from './bench.js';
import type { BenchRow, Plot } from './measure.js';
import { addTeams, MovingCity, type Share } from './wall-city.js';
import { buildPages, openPlain, openWall } from './wall-pages.js';
import { dragMap, giveSites, SITES } from './wall-sites.js';
import { type Sample, trendOf } from '../support/trend.js';
import { type MainThread, readMainThread, tracedOf } from './wall-trace.js';

const SIZES = [1_000, 5_000, 10_000] as const;
const MB = 1_048_576;
/** The promise is for an hour at one tick a second; for the heap they come faster, and each counts for a second. */
const FAST_TICK_MS = 50;
const TICKS_PER_HOUR = 3_600;
/** Twenty seconds in which caches fill, then a minute with a look at the heap every five seconds. */
const WARM_UP_TICKS = 400;
const LOOKS = 13;
const TICKS_PER_LOOK = 100;

/** Row 9 of the goals: the main thread of a wall in a real browser, by tracing it, at several sizes. */
export async function benchWall({ databaseUrl, isQuick, isProfiled }: BenchOrder): Promise<BenchRow[]> {
  const shares = await sharesOf(databaseUrl);
  const [pages, teams, browser] = await Promise.all([
    buildPages(),
    addTeams(databaseUrl, shares),
    openBrowser(),
  ]);
  const app = await openApp({ databaseUrl, env: { WEB_DIR: pages } });
  try {
    const city = await MovingCity.open(app.app, teams);
    const display = await app.signIn('display');
    const trace = (seat: Seat) => traced(browser, { seat, city, isProfiled, seconds: isQuick ? 3 : 15 });
    const seen: MainThread[] = [];
    let growth: number | null = null;
    for (const { teams: many, centre } of isQuick ? shares.slice(-1) : shares) {
      const isWhole = many === SIZES.at(-1);
      const person = isWhole ? display : await app.signIn('county', centre);
      const wall = await openWall(browser, { url: app.url, person, city });
      seen.push(await trace(wall));
      if (isWhole && !isQuick) growth = await heapGrowth(wall, city);
      await wall.close();
    }
    const scope = shares.at(-1)?.centre ?? '';
    const plain = await openPlain(browser, { url: app.url, person: display, city, scope });
    const baseline = await trace(plain);
    await plain.close();
    const wall = await openWall(browser, { url: app.url, person: display, city, before: giveSites });
    const dragged = await traced(browser, {
      seat: wall,
      city,
      isProfiled,
      seconds: isQuick ? 3 : 10,
      work: dragMap,
    });
    await wall.close();
    if (isProfiled) await keepFrames([...seen, baseline, dragged]);
    return [
      ...rowsOf({ seen, sizes: isQuick ? SIZES.slice(-1) : SIZES, baseline, growth }),
      sitesRow(dragged),
    ];
  } finally {
    await browser.close();
    await app.close();
  }
}

interface Seen {
  readonly seen: readonly MainThread[];
  /** How many teams moved in each. */
  readonly sizes: readonly number[];
  readonly baseline: MainThread;
  /** MB an hour; null in the short form. */
  readonly growth: number | null;
}

function rowsOf({ seen, sizes, baseline, growth }: Seen): BenchRow[] {
  const plain = `; all as GeoJSON ${p95(baseline.frames).toFixed(1)} ms`;
  const perFrame = seen.map(({ frames, perSecond }, i): BenchRow => {
    const ms = p95(frames);
    return {
      name: `9a main thread of a wall with ${sizes[i]} moving teams, CPU per frame at p95`,
      goal: '≤ 4 ms',
      measured: `${ms.toFixed(1)} ms (most ${Math.max(...frames).toFixed(1)}, ${frames.length} frames, ${perSecond.toFixed(0)} ms in a second${i === sizes.length - 1 ? plain : ''})`,
      holds: ms <= 4,
    };
  });
  const long = seen.reduce((sum, { longTasks }) => sum + longTasks, 0);
  return [
    ...perFrame,
    {
      name: '9b frames of more than 50 ms, at all of these sizes',
      goal: '0',
      measured: `${long} (all as GeoJSON ${baseline.longTasks})`,
      holds: long === 0,
      plots: sizes.length > 1 ? [plotOf(seen, baseline)] : [],
    },
    {
      name: `9c growth of the heap in an hour of ticks, ${SIZES.at(-1)} teams`,
      goal: '≤ 5 MB',
      measured:
        growth === null ? 'by the long form: seconds say nothing of an hour' : `${growth.toFixed(1)} MB`,
      holds: growth === null ? null : growth <= 5,
    },
  ];
}

function plotOf(seen: readonly MainThread[], baseline: MainThread): Plot {
  const points = seen.map(({ frames }, i) => [SIZES[i] ?? NaN, p95(frames)] as const);
  return {
    name: '9-teams',
    title: 'Main thread of a wall, a frame',
    x: 'moving teams',
    y: 'ms of CPU at p95',
    series: [
      { name: 'ours', points },
      { name: 'all as GeoJSON', points: [[SIZES.at(-1) ?? NaN, p95(baseline.frames)]] },
    ],
  };
}

const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;

/** The city sees all teams; two of the centres below it see the first of them. */
async function sharesOf(databaseUrl: string): Promise<Share[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ id: Id }>(
    `select c.id from centre c left join centre p on p.id = c.parent
      where p.parent is null order by c.parent nulls last, c.id`,
  );
  await client.end();
  const centres = [...rows.slice(0, SIZES.length - 1), ...rows.slice(-1)];
  return centres.map(({ id }, i) => ({ centre: id, teams: SIZES[i] ?? 0 }));
}

function sitesRow({ frames, longTasks }: MainThread): BenchRow {
  const ms = p95(frames);
  return {
    name: `9d a map with ${SITES} places beside ${SIZES.at(-1)} moving teams, dragged: CPU per frame at p95`,
    goal: '≤ 16 ms',
    measured: `${ms.toFixed(1)} ms (most ${Math.max(...frames).toFixed(1)}, ${frames.length} frames, ${longTasks} over 50 ms)`,
    holds: ms <= 16,
  };
}

/** Walls by their size, the baseline, the one that is dragged. */
async function keepFrames(pages: readonly MainThread[]): Promise<void> {
  await mkdir('.bench', { recursive: true });
  await writeFile('.bench/wall-frames.txt', pages.map(({ slowest }) => slowest).join('\n\n----\n\n'));
}

interface Tracing {
  readonly seat: Seat;
  readonly city: MovingCity;
  readonly seconds: number;
  readonly isProfiled: boolean;
  readonly work?: (page: Page, seconds: number) => Promise<void>;
}

async function traced(
  browser: Browser,
  { seat, city, seconds, isProfiled, work }: Tracing,
): Promise<MainThread> {
  return city.run(1_000, async () => {
    await browser.startTracing(seat.page, { categories: tracedOf(isProfiled) });
    await (work?.(seat.page, seconds) ?? pause(seconds * 1_000));
    return readMainThread(await browser.stopTracing());
  });
}

/** MB by which an hour of ticks would raise what is left of the page's heap after its garbage was collected. */
async function heapGrowth({ page, context }: Seat, city: MovingCity): Promise<number> {
  const cdp = await context.newCDPSession(page);
  await city.run(FAST_TICK_MS, () => pause(WARM_UP_TICKS * FAST_TICK_MS));
  const looks: Sample[] = [[city.beats / TICKS_PER_HOUR, (await heapOf(cdp)) / MB]];
  while (looks.length < LOOKS) {
    await city.run(FAST_TICK_MS, () => pause(TICKS_PER_LOOK * FAST_TICK_MS));
    looks.push([city.beats / TICKS_PER_HOUR, (await heapOf(cdp)) / MB]);
  }
  return trendOf(looks).slope;
}

async function heapOf(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}
