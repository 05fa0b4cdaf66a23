import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident, NewDevice, Team } from '@app/shared';
import type { Browser, Page } from 'playwright-core';
import { resolve } from 'node:path';
import { ageless } from '../support/ages.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';

/** A busy machine paints late: what is right stays right. */
const SOON_MS = 60_000;

const CORE = { lng: 98.2888, lat: 39.7721 };
/** Teams that get a position, nearest first. */
const NEAR = ['雄关201', '雄关203', '雄关206'];

let app: RunningApp;
let browser: Browser;
let commander: Person;
let incident: Incident;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  commander = await app.signIn('commander');
  const { body } = await commander.get<{ items: Team[] }>('/api/teams?limit=200');
  for (const [index, callSign] of NEAR.entries()) {
    const team = body.items.find((one) => one.callSign === callSign);
    const { body: device } = await commander.post<NewDevice>('/api/devices', { team: team?.id });
    const fix = {
      device: device.id,
      at: new Date().toISOString(),
      lng: CORE.lng,
      lat: CORE.lat + 0.004 * (index + 1),
    };
    await commander.post('/api/positions', [fix]);
  }
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(async () => {
  const asked = { category: 'fire', severity: 3, ...CORE };
  incident = (await commander.post<Incident>('/api/incidents', asked)).body;
});

/** A console with the incident of this test open. */
async function openConsole(person = commander): Promise<Seat> {
  const seat = await takeSeat(browser, { url: app.url, person });
  await seat.page.goto('/command?still=1');
  await seat.page.waitForSelector('.link-state.is-live');
  await seat.page.locator('.queue-row', { hasText: incident.number }).click();
  await seat.page.locator('.incident', { hasText: incident.number }).waitFor({ timeout: SOON_MS });
  return seat;
}

const step = (page: Page, name: RegExp) => page.locator('.acts .button', { hasText: name });
const read = async () => (await commander.get<Incident>(`/api/incidents/${incident.id}`)).body;

describe('the console', () => {
  it('sends two teams by keyboard, and takes one of them back with one click', async () => {
    const seat = await openConsole();
    const { page } = seat;
    await page.waitForSelector('.candidate[data-team]', { timeout: SOON_MS });
    const first = await page.locator('.candidate[data-team]').first().innerText();
    expect(first).toMatch(/雄关201[\s\S]*\d+ 米[\s\S]*\d+ 分钟[\s\S]*余 2 组/);

    await page.locator('.candidate-list').focus();
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector('.toast', { timeout: SOON_MS });
    const sent = await read();
    expect(sent.assignments.map(({ callSign, step }) => [callSign, step])).toEqual([
      ['雄关201', 'dispatched'],
      ['雄关203', 'dispatched'],
    ]);

    await page.locator('.toast .button', { hasText: '召回 雄关203' }).click();
    await page.locator('.crew li', { hasText: /雄关203[\s\S]*已召回/ }).waitFor({ timeout: SOON_MS });
    const { assignments, status } = await read();
    expect(assignments.map(({ step }) => step)).toEqual(['dispatched', 'recalled']);
    expect(status).toBe('dispatched');
    await page.locator('.toast .button', { hasText: '召回 雄关201' }).click();
    await page.waitForSelector('.toast', { state: 'detached', timeout: SOON_MS });
    expect((await read()).status).toBe('accepted');
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });

  it('keeps those who cannot go in sight, each with its reason', async () => {
    const seat = await openConsole();
    expect(await ageless(seat.page)).toEqual([]);
    await seat.page.waitForSelector('.candidate.is-unfree', { timeout: SOON_MS });
    const words = await seat.page.locator('.candidate.is-unfree').allInnerTexts();
    expect(words.length).toBeGreaterThan(50);
    expect(words.some((text) => text.includes('位置未知'))).toBe(true);
    expect(words.some((text) => text.includes('视频巡组'))).toBe(true);
    await seat.close();
  });

  it('says to the slower of two who was faster, keeps what was typed and offers what is legal now', async () => {
    const duty = await app.signIn('duty');
    const slow = await openConsole();
    await slow.page.locator('.acts .field').fill('对面商户来电');
    // The slower one's picture stands still while the other acts, as on a bad link.
    await slow.context.setOffline(true);
    const fast = await openConsole(duty);
    await step(fast.page, /^受理$/).click();
    await fast.page.locator('.facts-head', { hasText: '待派遣' }).waitFor({ timeout: SOON_MS });
    await fast.close();

    await slow.page.routeWebSocket(/socket\.io/, () => undefined);
    await slow.page.route('**/api/incidents/*', (route) => route.abort());
    await slow.context.setOffline(false);
    await step(slow.page, /^受理$/).click();
    await slow.page.waitForSelector('.note.is-stale', { timeout: SOON_MS });
    const words = await slow.page.locator('.note.is-stale').innerText();
    for (const part of ['incident.stale', '市级值班长', '受理', '待派遣']) expect(words).toContain(part);
    expect(await slow.page.locator('.acts .field').inputValue()).toBe('对面商户来电');
    expect(await step(slow.page, /^受理$/).count()).toBe(0);
    expect(await step(slow.page, /^办结$/).count()).toBe(1);
    await slow.close();
  }, 300_000);

  it('asks for a reason before it rejects, and says a refusal in a sentence with its code', async () => {
    const seat = await openConsole();
    const { page } = seat;
    await step(page, /^不予受理$/)
      .first()
      .click();
    await page.locator('.acts form .field').fill('重复来电');
    await page.route('**/reject', (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: 'service.unavailable', detail: {}, requestId: 'abcdef012345' } },
      }),
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('.note.is-fault', { timeout: SOON_MS });
    const words = await page.locator('.note.is-fault').innerText();
    expect(words).toContain('服务暂时不可用');
    expect(words).toContain('service.unavailable');
    await page.unroute('**/reject');
    expect(await page.locator('.acts form .field').inputValue()).toBe('重复来电');
    await page.locator('.acts form .field').press('Enter');
    await page.locator('.facts-head', { hasText: '不予受理' }).waitFor({ timeout: SOON_MS });
    await seat.close();
  });
});
