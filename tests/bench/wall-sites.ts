import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { randomFrom } from '../../server/src/demo/simulator/random.js';

export const SITES = 100_000;

/** The city's key sites become a hundred thousand places. */
export async function giveSites(page: Page): Promise<void> {
  const random = randomFrom(4).next;
  const features = Array.from({ length: SITES }, (_, n) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [98.1 + random() * 0.4, 39.65 + random() * 0.3] },
    properties: { circle: [1, 3, 5][n % 50 === 0 ? 0 : 1 + (n % 2)], names: namesOf(`点位${n}`) },
  }));
  const body = JSON.stringify({ type: 'FeatureCollection', features });
  await page.route('**/api/basemap/key-sites.json', (route) =>
    route.fulfill({ contentType: 'application/json', body }),
  );
}

const namesOf = (name: string) => ({ hans: name, hant: name, en: name });

/** Takes the map and drags it to and fro. */
export async function dragMap(page: Page, seconds: number): Promise<void> {
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('a map is wanted; the page shows none');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = performance.now() + seconds * 1_000;
  for (let step = 0; performance.now() < end; step++) {
    await page.mouse.move(x + 120 * Math.sin(step / 8), y + 80 * Math.cos(step / 8));
    await pause(16);
  }
  await page.mouse.up();
}
