import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openApp, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { openRedis, type RunningRedis } from '../support/redis.js';

let redis: RunningRedis;
let proxy: Proxy;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  redis = await openRedis();
  proxy = await openProxy(Number(new URL(redis.url).port));
  const env = {
    WEB_DIR: resolve('web/dist'),
    REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
    LOG_LEVEL: 'silent',
  };
  app = await openApp({ env });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await proxy?.close();
  await redis?.close();
});

const SCREENS = [
  { path: '/wall?still=1', who: 'display', width: 1920, height: 1080 },
  { path: '/command', who: 'commander', width: 1366, height: 768 },
  { path: '/centre', who: 'county', width: 1366, height: 768 },
] as const;

async function openScreen({ path, who, ...size }: (typeof SCREENS)[number]): Promise<Seat> {
  const seat = await takeSeat(browser, { url: app.url, person: await app.signIn(who), ...size });
  await seat.page.goto(path);
  await seat.page.waitForSelector('.link-state.is-live', { timeout: 45_000 });
  return seat;
}

describe.each(SCREENS)('$path, while servers cannot hear each other', (screen) => {
  it('says that positions stand still and since when, stays live otherwise, and takes it back', async () => {
    const seat = await openScreen(screen);
    const still = seat.page.locator('.banner.is-still');
    expect(await still.count()).toBe(0);
    proxy.cut();
    await still.waitFor({ timeout: 30_000 });
    expect(await still.innerText()).toMatch(
      /^巡组位置停止更新 \d+ 秒，所示为 \d\d:\d\d 时的位置；事件和预警照常$/,
    );
    expect(await seat.page.locator('.link-state.is-live').count()).toBe(1);
    const box = await still.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= screen.width).toBe(true);
    proxy.resume();
    await still.waitFor({ state: 'detached', timeout: 30_000 });
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });
});
