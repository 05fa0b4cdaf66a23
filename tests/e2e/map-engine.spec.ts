import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';

let server: ChildProcess;
let browser: Browser;
let url: string;

/** The web sources as modules, one by one: a process of its own, since the bundler does not run inside of a test. */
async function serveSources(): Promise<string> {
  const vite = resolve('node_modules/vite/bin/vite.js');
  const args = [vite, '--host', '127.0.0.1', '--port', '0'];
  server = spawn(process.execPath, args, {
    cwd: resolve('web'),
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((done, fail) => {
    server.once('exit', (code) => fail(new Error(`the web sources are not served: code ${code}`)));
    server.stdout?.on('data', (told: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(told.toString());
      if (found) done(found[0]);
    });
  });
}

beforeAll(async () => {
  url = await serveSources();
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.kill();
});

async function openPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  // A page of the same origin without the product on it.
  await page.route('**/blank', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<div id="map" style="width:800px;height:600px"></div>',
    }),
  );
  await page.goto(`${url}blank`);
  return page;
}

/** What every engine must do, run inside of a page; answers what was seen. */
const CONTRACT = `async ({ module, name }) => {
  const engine = await (await import(module))[name]({
    container: document.getElementById('map'),
    camera: { center: [98.28, 39.77], zoom: 12 },
    background: '#000000',
  });
  const square = (id, lng) => ({ type: 'Feature', properties: { id }, geometry: { type: 'Polygon',
    coordinates: [[[lng, 39.76], [lng + 0.01, 39.76], [lng + 0.01, 39.78], [lng, 39.78], [lng, 39.76]]] } });
  const data = (...features) => ({ type: 'FeatureCollection', features });
  engine.setSource('areas', data(square('a', 98.275)));
  engine.addLayer({ id: 'low', type: 'fill', source: 'areas', paint: { 'fill-color': '#ff0000' } });
  engine.addLayer({ id: 'high', type: 'fill', source: 'areas', paint: { 'fill-color': '#00ff00' } }, 'no such layer');
  engine.addLayer({ id: 'low', type: 'fill', source: 'areas', paint: { 'fill-color': '#0000ff' } }, 'high');
  let matrix;
  engine.addPainter('painter', { start() {}, paint(_gl, seen) { matrix = Array.from(seen); }, end() {} });
  await engine.idle();

  const [x, y] = engine.project([98.28, 39.77]);
  const back = engine.unproject(x, y);
  const mx = (98.29 + 180) / 360;
  const my = (1 - Math.log(Math.tan(Math.PI / 4 + (39.775 * Math.PI) / 360)) / Math.PI) / 2;
  const clip = matrix && [0, 1, 3].map((row) => matrix[row] * mx + matrix[4 + row] * my + matrix[12 + row]);
  const painted = clip && [(clip[0] / clip[2] + 1) * 400, (1 - clip[1] / clip[2]) * 300];
  const projected = engine.project([98.29, 39.775]);

  const clicked = new Promise((done) => engine.onClick(['low', 'high', 'gone'], (hits) => done(hits.map((hit) => [hit.layer, hit.id]))));
  const pointed = [];
  engine.onPointer((at) => pointed.push(at));
  const canvas = document.querySelector('canvas');
  const at = { clientX: x, clientY: y, bubbles: true, button: 0 };
  for (const kind of ['mousedown', 'mouseup', 'click']) canvas.dispatchEvent(new MouseEvent(kind, at));
  const hits = await clicked;
  canvas.dispatchEvent(new MouseEvent('mousemove', at));
  canvas.dispatchEvent(new MouseEvent('mouseout', at));

  engine.setFilter('high', ['==', ['get', 'id'], 'none']);
  engine.setVisible('low', false);
  engine.setSource('areas', data(square('b', 98.275)));
  engine.moveTo({ center: [98.3, 39.8], zoom: 13 }, 0);
  const camera = engine.camera();
  engine.fit([98.2, 39.7, 98.4, 39.9], 20, 0);
  const wide = engine.camera();
  const surface = engine.surface() === canvas;
  engine.removeSource('areas');
  engine.removeSource('areas');
  engine.removeLayer('painter');
  engine.destroy();
  return { kind: engine.kind, x, y, back, painted, projected, hits, pointed: [pointed.at(-2) ?? [], pointed.at(-1) ?? []], camera, wide, surface };
}`;

interface Seen {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly back: number[];
  /** Missing where nothing was drawn. */
  readonly painted?: number[];
  readonly projected: number[];
  readonly hits: string[][];
  /** The last two words about the pointer: on the map, and gone. */
  readonly pointed: number[][];
  readonly camera: { center: number[]; zoom: number };
  readonly wide: { zoom: number };
  /** Whether what it calls its surface is what hears the pointer. */
  readonly surface: boolean;
}

// mapbox-gl has no token here: it draws nothing then, so what is drawn and hit is held against maplibre-gl alone.
describe.each([
  ['maplibre', '/src/map/maplibre-engine.ts', 'createMaplibreEngine', true],
  ['mapbox', '/src/map/mapbox-engine.ts', 'createMapboxEngine', false],
])('the engine %s', (kind, module, name, draws) => {
  it('keeps the contract of map/engine.ts', async () => {
    const page = await openPage();
    const seen = await page.evaluate<Seen>(`(${CONTRACT})(${JSON.stringify({ module, name })})`);
    expect(seen.kind).toBe(kind);
    expect(seen.x).toBeCloseTo(400, 0);
    expect(seen.y).toBeCloseTo(300, 0);
    expect(seen.back[0]).toBeCloseTo(98.28, 5);
    expect(seen.back[1]).toBeCloseTo(39.77, 5);
    expect(seen.painted !== undefined).toBe(draws);
    if (seen.painted) {
      expect(seen.painted[0]).toBeCloseTo(seen.projected[0] ?? NaN, 0);
      expect(seen.painted[1]).toBeCloseTo(seen.projected[1] ?? NaN, 0);
      expect(seen.hits).toEqual([
        ['high', 'a'],
        ['low', 'a'],
      ]);
    }
    expect(seen.pointed[0]?.[0]).toBeCloseTo(98.28, 2);
    expect(seen.pointed[1]).toEqual([]);
    expect(seen.camera.center[0]).toBeCloseTo(98.3, 5);
    expect(seen.camera.zoom).toBe(13);
    expect(seen.wide.zoom).toBeLessThan(12);
    expect(seen.surface).toBe(true);
    await page.close();
  });
});

const OPEN = `async ({ module, name }) => {
  globalThis.engine = await (await import(module))[name]({
    container: document.getElementById('map'),
    camera: { center: [98.28, 39.77], zoom: 12 },
    background: '#000000',
  });
}`;

describe('a map that somebody draws on', () => {
  it('is not dragged while its handling says so', async () => {
    const page = await openPage();
    const options = { module: '/src/map/maplibre-engine.ts', name: 'createMaplibreEngine' };
    await page.evaluate(`(${OPEN})(${JSON.stringify(options)})`);
    const lng = () => page.evaluate<number>('engine.camera().center[0]');
    const drag = async () => {
      await page.mouse.move(400, 300);
      await page.mouse.down();
      await page.mouse.move(300, 300, { steps: 10 });
      await page.mouse.up();
    };
    await page.evaluate('engine.setHandling({ drag: false })');
    await drag();
    expect(await lng()).toBe(98.28);
    await page.evaluate('engine.setHandling({ drag: true })');
    await drag();
    await page.waitForFunction('engine.camera().center[0] > 98.281');
    await page.close();
  });
});
