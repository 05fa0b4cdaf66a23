import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import type { Pulse, ScopeId } from '@app/shared';
import type { Browser } from 'playwright-core';
import type { Socket } from 'socket.io-client';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { Tailer } from '../../server/src/journal/tailer.js';
import { WallGateway } from '../../server/src/live/wall.gateway.js';
import { ask, connected, once, openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';

const LIVE = '.link-state.is-live';
const WALL = '/wall?still=1';

let app: RunningApp;
let browser: Browser;
let duty: Person;
let scope: ScopeId;
/** A screen of the test's own, which hears when a second has passed on the server. */
let watch: Socket;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  duty = await app.signIn('duty');
  scope = app.app.get(CentreTree).root()?.id ?? '';
  watch = await connected(duty.socket());
  await ask(watch, 'join', { protocol: 1, scope, lanes: ['journal'] });
}, 120_000);
afterAll(async () => {
  watch?.disconnect();
  await browser?.close();
  await app?.close();
});

async function pulses(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await once<Pulse>(watch, 'pulse');
}

const report = (place: string) =>
  duty.post('/api/incidents', {
    category: 'fire',
    severity: 3,
    lng: 98.28,
    lat: 39.77,
    source: 'phone',
    place,
  });

async function openWall(script?: string): Promise<Seat> {
  const seat = await takeSeat(browser, { url: app.url, person: duty, width: 1280, height: 720 });
  if (script) await seat.page.addInitScript(script);
  await seat.page.goto(WALL);
  await seat.page.waitForSelector(LIVE, { timeout: 45_000 });
  return seat;
}

/**
 * A page in which nothing runs for so many pulses of the server, while what is sent to it waits. By the debugger: when a
 * browser that is asked to freeze a page truly does so, nobody can tell.
 */
async function standStill(seat: Seat, meanwhile: () => Promise<unknown>, count: number): Promise<void> {
  const cdp = await seat.context.newCDPSession(seat.page);
  await cdp.send('Debugger.enable');
  const paused = new Promise((resolve) => cdp.once('Debugger.paused', resolve));
  await cdp.send('Debugger.pause');
  await paused;
  await meanwhile();
  await pulses(count);
  await cdp.send('Debugger.disable');
  await cdp.detach();
}

describe('a tab that was frozen', () => {
  it('ends in a true picture, says how much it missed, and shows which', async () => {
    const seat = await openWall();
    await report('冻结之前');
    await seat.page.locator('.attention-row', { hasText: '冻结之前' }).waitFor({ timeout: 20_000 });
    let number = '';
    await standStill(seat, async () => (number = String((await report('冻结之后')).body['number'])), 6);
    const banner = seat.page.locator('section.banner', { hasText: /链路已恢复：中断 \d+ / });
    await banner.waitFor({ timeout: 60_000 });
    await banner.locator('button', { hasText: '看是哪些' }).click();
    await banner.locator('.missed li', { hasText: number }).waitFor();
    await seat.page.locator('.attention-row', { hasText: '冻结之后' }).waitFor({ timeout: 20_000 });
    await seat.page.waitForSelector(LIVE);
    await seat.close();
  }, 180_000);
});

/** A PC's clock that is off by as many ms as somebody says; what counts passed time is left alone. */
const WRONG_CLOCK = `(() => {
  const Real = Date;
  window.clockOff = -5 * 3600000;
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length > 0) super(...parts); else super(Real.now() + window.clockOff); }
    static now() { return Real.now() + window.clockOff; }
  };
})()`;

describe('a clock that is set wrong', () => {
  it('changes no age and no time of day, at the start and when it leaps', async () => {
    const seat = await openWall(WRONG_CLOCK);
    expect(seat.complaints).toEqual([]);
    await report('时钟有误');
    const row = seat.page.locator('.attention-row', { hasText: '时钟有误' });
    await row.waitFor({ timeout: 20_000 });
    const look = async () => {
      const shown = (await seat.page.locator('.strip-time').innerText()).split(':').map(Number);
      const real = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'medium' })
        .format(new Date())
        .split(':')
        .map(Number);
      const seconds = ([h = NaN, m = NaN, s = NaN]: number[]) => 3600 * h + 60 * m + s;
      const apart = Math.abs(seconds(shown) - seconds(real));
      expect(Math.min(apart, 86_400 - apart)).toBeLessThan(30);
      expect(await row.innerText()).toMatch(/刚刚|秒前|1 分钟前/);
      expect(await seat.page.locator('.panel .age', { hasText: /小时|天/ }).count()).toBe(0);
    };
    await look();
    await seat.page.evaluate('window.clockOff = 7 * 3600000');
    await pulses(3);
    await seat.page.waitForSelector(LIVE);
    await look();
    await seat.close();
  });
});

describe('ages', () => {
  it.each(['/wall', '/command', '/centre'])(
    'stand on every panel of %s, and beside the link',
    async (path) => {
      const seat = await takeSeat(browser, { url: app.url, person: duty, width: 1366, height: 768 });
      await seat.page.goto(`${path}?still=1`);
      await seat.page.waitForSelector(LIVE, { timeout: 45_000 });
      expect(await seat.page.locator('.panel:not(:has(.age))').count()).toBe(0);
      expect(await seat.page.locator('.link-state .age').innerText()).toMatch(/刚刚|秒前/);
      await seat.close();
    },
  );
});

describe('sessions of one tab', () => {
  it('are one at most: another screen, a reload, back and forward', async () => {
    const { io } = app.app.get<{ io: { sockets: Map<string, unknown> } }>(WallGateway);
    const others = io.sockets.size;
    const seat = await openWall();
    const { page } = seat;
    const steps: (() => Promise<unknown>)[] = [
      () => page.goto('/command?still=1'),
      () => page.reload(),
      () => page.goBack(),
      () => page.goForward(),
    ];
    for (const step of steps) {
      await step();
      await page.waitForSelector(LIVE, { timeout: 45_000 });
      // Whoever has gone is missed by the next pulse at the latest.
      await pulses(2);
      expect(io.sockets.size - others).toBe(1);
    }
    await seat.close();
  }, 180_000);
});

describe('a picture that is not the server’s', () => {
  it('says so on the screen, is fetched anew, and is reported with both fingerprints', async () => {
    const { body } = await report('核对不一致');
    const seat = await openWall();
    const row = seat.page.locator('.attention-row', { hasText: '核对不一致' });
    await row.waitFor({ timeout: 20_000 });
    const differences = async () => {
      const page = await fetch(`${app.url}/metrics`);
      return Number(/^xiongguan_picture_differences_total (\d+)$/m.exec(await page.text())?.[1]);
    };
    const before = await differences();
    // Behind the journal's back: no entry tells of it.
    const picture = app.app.get(Tailer).pictures.of(scope);
    const held = picture.get('incident', String(body['id']));
    if (!held) throw new Error('the incident is wanted in the picture; it is not there');
    picture.apply({ ...held, version: held.version + 1, card: { ...held.card, place: '已经更正' } });
    await seat.page
      .locator('.banner.is-repaired', { hasText: '数据核对不一致' })
      .waitFor({ timeout: 30_000 });
    await seat.page.locator('.link-state', { hasText: /核对修复 [1-9]\d* 次/ }).waitFor();
    await pulses(1);
    expect(await differences()).toBeGreaterThan(before);
    await seat.page.waitForSelector(LIVE);
    await seat.close();
  });
});
