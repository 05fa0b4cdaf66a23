import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Person } from '../support/app.js';
import { type Seat, takeSeat } from '../support/browser.js';
import type { MovingCity } from './wall-city.js';

/**
 * Without its draw calls a page does everything but let the GPU draw: in software a full wall takes half a second a
 * frame there, and hardly any frame would be measured.
 */
const DRAW_NOTHING = `for (const call of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'])
  WebGL2RenderingContext.prototype[call] = () => undefined;`;
/** Until fonts, chunks, first labels and tiles are there. */
const SETTLE_MS = 3_000;
/** What a wall asks for when all else is drawn: opening it is not what is measured here. */
const LAST = '**/api/basemap/buildings.json';

export interface Opening {
  readonly url: string;
  readonly person: Person;
  readonly city: MovingCity;
  /** What is done to the page before it is opened. */
  readonly before?: (page: Page) => Promise<void>;
}

export const openWall = (browser: Browser, opening: Opening): Promise<Seat> =>
  open(browser, opening, { path: '/wall', ready: '.link-state.is-live', last: LAST });

/** The same teams of a scope as GeoJSON, given to the map anew with each frame. */
export const openPlain = (browser: Browser, opening: Opening & { scope: string }): Promise<Seat> =>
  open(browser, opening, {
    path: `/plain-wall/index.html?scope=${opening.scope}`,
    ready: 'body[data-shown]',
  });

async function open(
  browser: Browser,
  { url, person, city, before }: Opening,
  { path, ready, last }: { path: string; ready: string; last?: string },
): Promise<Seat> {
  const seat = await takeSeat(browser, { url, person });
  await seat.page.addInitScript(DRAW_NOTHING);
  await before?.(seat.page);
  await city.run(1_000, async () => {
    const [came] = await Promise.all([
      last === undefined ? undefined : seat.page.waitForResponse(last, { timeout: 60_000 }),
      seat.page.goto(path),
    ]);
    await came?.finished();
    await seat.page.waitForSelector(ready, { timeout: 60_000, state: 'attached' });
    await seat.page.waitForSelector('canvas.maplibregl-canvas', { timeout: 60_000 });
    await pause(SETTLE_MS);
  });
  return seat;
}

/** The product's pages with the baseline's beside them, built in the same way. */
export async function buildPages(): Promise<string> {
  const pages = resolve('.build/bench-pages');
  await rm(pages, { recursive: true, force: true });
  await cp(resolve('web/dist'), pages, { recursive: true });
  const vite = resolve('node_modules/vite/bin/vite.js');
  const page = [resolve('tests/bench/plain-wall'), '--base', '/plain-wall/'];
  const config = [
    '--config',
    resolve('tests/bench/plain-wall/vite.config.ts'),
    '--outDir',
    join(pages, 'plain-wall'),
  ];
  const child = spawn(
    process.execPath,
    [vite, 'build', ...page, ...config, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: resolve('web'),
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the plain wall could not be built: code ${code}`);
  return pages;
}
