import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { resolve } from 'node:path';
import type { Session } from '@app/shared';
import { ageless } from '../support/ages.js';
import { ask, connected, once, openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';
import { openProxy, type Proxy } from '../support/proxy.js';

const LIVE = '.link-state.is-live';
const WALL = '/wall?still=1';

let app: RunningApp;
let browser: Browser;
let duty: Person;
let display: Person;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  duty = await app.signIn('duty');
  display = await app.signIn('display');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const report = (part: object = {}) =>
  duty.post('/api/incidents', {
    category: 'fire',
    severity: 3,
    lng: 98.28,
    lat: 39.77,
    source: 'phone',
    ...part,
  });

async function openWall(part: { url?: string; width?: number; height?: number } = {}): Promise<Seat> {
  const seat = await takeSeat(browser, { url: app.url, person: display, ...part });
  await seat.page.goto(WALL);
  await seat.page.waitForSelector(LIVE, { timeout: 45_000 });
  return seat;
}

/** Answers nothing to requests of this address until they are let go. */
async function holdUp(page: Page, address: string): Promise<{ letGo: () => Promise<void> }> {
  let go = (): void => undefined;
  const gone = new Promise<void>((resolve) => (go = resolve));
  await page.route(address, async (route) => {
    await gone;
    await route.continue();
  });
  return {
    letGo: async () => {
      const answered = page.waitForResponse(address);
      go();
      await (await answered).finished();
    },
  };
}

describe('the wall', () => {
  it('shows a report by itself: number, what, place, and that nobody is going', async () => {
    const seat = await openWall();
    const { body } = await report({ place: '雄关广场' });
    const row = seat.page.locator('.attention-row', { hasText: String(body['number']) });
    await row.waitFor({ timeout: 15_000 });
    const words = await row.innerText();
    for (const part of ['火情烟雾', '雄关广场', '待受理', '尚无人前往']) expect(words).toContain(part);
    await seat.close();
  });

  it('counts what it names: the figure, its list and the picture are equal', async () => {
    const seat = await openWall();
    await seat.page.waitForSelector('.figure strong', { timeout: 20_000 });
    const figure = seat.page.locator('.figure').nth(1);
    const value = Number(await figure.locator('strong').innerText());
    await figure.click();
    expect(await seat.page.locator('.sheet h2').innerText()).toContain(`共 ${value} 条`);
    expect(await ageless(seat.page)).toEqual([]);
    const { body } = await display.get<{ items: unknown[] }>('/api/incidents?open=true&limit=200');
    expect(body.items).toHaveLength(value);
    await seat.close();
  });

  it('says of every part how old it is, and one that does not is found', async () => {
    const seat = await openWall();
    await seat.page.waitForSelector('.legend');
    expect(await ageless(seat.page)).toEqual([]);
    await seat.page.evaluate(`document.querySelector('.wall-right').append(
      Object.assign(document.createElement('div'), { className: 'new', textContent: '12 起' }))`);
    await seat.page.evaluate(`document.querySelector('.map-tag').remove()`);
    const found = await ageless(seat.page);
    expect(found.map((line) => line.split(':')[0])).toEqual(['div.map-view', 'div.new']);
    await seat.close();
  });

  it('shows what needs somebody before its map, and what moves before the ground', async () => {
    await report();
    const seat = await takeSeat(browser, { url: app.url, person: display });
    const { page } = seat;
    const [engine, ground] = [
      await holdUp(page, '**/maplibre-engine-*.js'),
      await holdUp(page, '**/api/basemap'),
    ];
    await page.goto(WALL);
    await page.waitForSelector('.attention-row');
    await page.waitForSelector('.map-coming');
    await engine.letGo();
    await page.waitForSelector('.legend');
    await page.locator('.map-tag', { hasText: '底图载入中' }).waitFor();
    await ground.letGo();
    await page.locator('.map-tag', { hasText: '示意' }).waitFor();
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });

  it('speaks the language chosen, and remembers it', async () => {
    const seat = await openWall();
    await seat.page.selectOption('.strip select', 'en');
    await seat.page.waitForSelector('text=Needs somebody');
    await seat.page.reload();
    await seat.page.waitForSelector('text=Needs somebody');
    await seat.page.selectOption('.strip select', 'zh-Hant');
    await seat.page.waitForSelector('text=待處理事項');
    await seat.close();
  });

  it('breaks no security policy and complains about nothing', async () => {
    const seat = await openWall();
    await seat.page.waitForSelector('.map-tag', { timeout: 45_000 });
    await seat.page.waitForSelector('.chart canvas', { timeout: 30_000 });
    expect(seat.page.workers().some((worker) => worker.url().includes('fleet-worker'))).toBe(true);
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });
});

describe.each([
  [1920, 1080, 14, 48],
  [3840, 2160, 28, 96],
])('the wall at %d × %d', (width, height, smallestPx, figurePx) => {
  it('has no text under its size, and nothing scrolls', async () => {
    await report({ severity: 2, category: 'hazard', place: '胜利北路与新华路交叉口西北角公交站' });
    const seat = await openWall({ width, height });
    await seat.page.waitForSelector('.attention-row', { timeout: 20_000 });
    const seen = await seat.page.evaluate<Measured>(MEASURE);
    expect(seen.small.filter((line) => Number(line.split(' ')[0]) < smallestPx)).toEqual([]);
    expect(seen.figure).toBeGreaterThanOrEqual(figurePx);
    expect(seen.scrolls).toBe(false);
    await seat.close();
  });
});

interface Measured {
  readonly small: string[];
  readonly figure: number;
  readonly scrolls: boolean;
}

/** Every text that is seen with its size on the screen, that of a key figure, and whether anything scrolls. */
const MEASURE = `(() => {
  const small = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    const box = element.getBoundingClientRect();
    if (text === '' || box.width === 0 || element.closest('option')) continue;
    const svg = element.closest('svg');
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    small.push(parseFloat(getComputedStyle(element).fontSize) * scale + ' ' + text);
  }
  const root = document.documentElement;
  return {
    small,
    figure: parseFloat(getComputedStyle(document.querySelector('.figure-value')).fontSize),
    scrolls: root.scrollHeight > innerHeight || root.scrollWidth > innerWidth,
  };
})()`;

describe('a wall whose link is lost', () => {
  let proxy: Proxy;
  let seat: Seat;
  beforeAll(async () => {
    await report({ place: '断线之前' });
    proxy = await openProxy(Number(new URL(app.url).port));
    const url = `http://127.0.0.1:${proxy.port}`;
    seat = await takeSeat(browser, { url, person: display });
    await seat.page.goto(WALL);
    await seat.page.waitForSelector(LIVE, { timeout: 45_000 });
    await seat.page.waitForSelector('.attention-row', { timeout: 15_000 });
  }, 60_000);
  afterAll(async () => {
    await seat?.close();
    await proxy?.close();
  });

  it('says so, dims what is old and keeps it on the screen', async () => {
    proxy.pause();
    await seat.page.waitForSelector('.banner.is-blind', { timeout: 10_000 });
    expect(await seat.page.locator('.panel.is-stale').count()).toBeGreaterThan(0);
    expect(await seat.page.locator('.panel:not(.is-stale), .figures:not(.is-stale)').count()).toBe(0);
    const [banner, figures] = await Promise.all(
      ['.banner.is-blind', '.figures'].map((part) => seat.page.locator(part).boundingBox()),
    );
    expect(banner?.y).toBeGreaterThan((figures?.y ?? NaN) + (figures?.height ?? NaN));
    expect(await seat.page.locator('.attention-row').count()).toBeGreaterThan(0);
  });

  it('comes back by itself and says how many entries it caught up', async () => {
    await report({ severity: 4, place: '迟到的消息' });
    // Told before a pulse that is held up with it: what comes after the last of them is news, not caught up.
    const watch = await connected(duty.socket());
    await ask(watch, 'join', {
      protocol: 1,
      scope: (await display.get<Session>('/api/session')).body.centre.id,
    });
    await once(watch, 'pulse');
    await once(watch, 'pulse');
    watch.disconnect();
    proxy.resume();
    const words = /链路已恢复：中断 \d+ .*补收 [1-9]\d* 条记录/;
    await seat.page.locator('.banner', { hasText: words }).waitFor({ timeout: 30_000 });
    await seat.page.waitForSelector(LIVE);
  });
});

describe('sound', () => {
  it('is one click away when the browser wants one, and muting is seen', async () => {
    const seat = await openWall();
    const allow = seat.page.locator('button', { hasText: '浏览器未允许声音' });
    if (await allow.isVisible()) await allow.click();
    const on = seat.page.locator('button', { hasText: '声音已开' });
    await on.waitFor({ timeout: 15_000 });
    await on.click();
    await seat.page.waitForSelector('text=已静音');
    await seat.close();
  });
});
