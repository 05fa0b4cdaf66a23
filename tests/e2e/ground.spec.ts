import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Checkpoint, PatrolBoard, PatrolPlanned, Team } from '@app/shared';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';

const SMALL = { width: 1366, height: 768 };
const SOON = { timeout: 30_000 };
const HOUR = 3_600_000;

let app: RunningApp;
let browser: Browser;
let commander: Person;
let county: Person;
let home: string;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  commander = await app.signIn('commander');
  const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
  home = items.find(({ level }) => level === 'county')?.id ?? '';
  county = await app.signIn('county', home);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function open(person: Person, view: string): Promise<Seat> {
  const seat = await takeSeat(browser, { url: app.url, person, ...SMALL });
  await seat.page.goto(`/centre?tab=patrol&view=${view}&still=1`);
  return seat;
}

const line = (page: Page, name: string) => page.locator('.shape-list .shape-line', { hasText: name });
const save = (page: Page) => page.locator('.ground-save .is-primary').click();
const saved = (page: Page) =>
  page.locator('.ground-save .is-primary', { hasText: '没有未保存的改动' }).waitFor(SOON);

/** Clicks places of the map, as shares of its width and height. */
async function clickMap(page: Page, ...places: readonly (readonly [number, number])[]): Promise<void> {
  const box = await page.locator('.ground-map canvas').boundingBox();
  if (!box) throw new Error('a map wanted, none seen');
  for (const [x, y] of places) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
  }
}

const CORNERS = [
  [0.25, 0.35],
  [0.4, 0.35],
  [0.4, 0.6],
  [0.25, 0.6],
] as const;

describe('the ground of a patrol', () => {
  it('is drawn on the map, taken back and drawn again, saved, and there after a reload', async () => {
    const seat = await open(commander, 'ground');
    const { page } = seat;
    await page.locator('.ground-map canvas').waitFor(SOON);
    await page.locator('.ground .button', { hasText: '画巡区' }).click();
    await page.locator('.ground-hint').waitFor(SOON);
    await clickMap(page, ...CORNERS);
    await page.keyboard.press('Enter');
    await line(page, '新巡区 1').waitFor(SOON);
    await page.locator('.ground .button', { hasText: '撤销' }).click();
    await line(page, '新巡区 1').waitFor({ state: 'detached', ...SOON });
    await page.locator('.ground .button', { hasText: '重做' }).click();
    await line(page, '新巡区 1').waitFor(SOON);
    await page.locator('.ground .button', { hasText: '加点位' }).click();
    await clickMap(page, [0.32, 0.5]);
    await line(page, '新点位 1').waitFor(SOON);
    await page.locator('.shape-form input').first().fill('甲号北门');
    const beat = page.locator('.shape-form label', { hasText: '所属巡区' }).locator('select');
    await beat.selectOption({ label: '新巡区 1' });
    await save(page);
    await saved(page);
    await page.reload();
    await line(page, '新巡区 1').waitFor(SOON);
    await line(page, '甲号北门').click();
    expect(await beat.locator('option:checked').innerText()).toBe('新巡区 1');
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });

  it('survives a save that is refused, with the reason', async () => {
    const seat = await open(commander, 'ground');
    const { page } = seat;
    await page.locator('.ground-map canvas').waitFor(SOON);
    await page.locator('.ground .button', { hasText: '画巡区' }).click();
    await page.locator('.ground-hint .button').click();
    await page.locator('.corners summary').click();
    const corners = page.locator('.corners textarea');
    const [a, b, c, d] = (await corners.inputValue()).split('\n');
    await corners.fill(['x', b, c].join('\n'));
    await page.locator('.corners .button').click();
    await page.locator('.corners .is-warned', { hasText: '第 1 行' }).waitFor(SOON);
    await corners.fill([a, c, b, d].join('\n'));
    await page.locator('.corners .button').click();
    await page.locator('.shape-form input').first().fill('蝴蝶结');
    await save(page);
    await page.locator('.note.is-fault', { hasText: '不自交' }).waitFor(SOON);
    await line(page, '蝴蝶结').locator('.tag').waitFor(SOON);
    await page.locator('.corners summary').click();
    await corners.fill([a, b, c, d].join('\n'));
    await page.locator('.corners .button').click();
    await save(page);
    await saved(page);
    await line(page, '蝴蝶结').waitFor(SOON);
    // The browser itself says that a request was answered 400.
    expect(seat.complaints.filter((told) => !told.includes('400'))).toEqual([]);
    await seat.close();
  });

  it('comes in from a file whole, or not at all and says which feature is wrong', async () => {
    const seat = await open(commander, 'ground');
    const { page } = seat;
    const square = [98.4, 98.41, 98.41, 98.4, 98.4].map((lng, i) => [lng, i === 2 || i === 3 ? 39.81 : 39.8]);
    const feature = (ring: string) => ({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [square] },
      properties: { name: '导入的巡区', ring },
    });
    const give = (collection: unknown) =>
      page.locator('.import-file input').setInputFiles({
        name: 'beats.geojson',
        mimeType: 'application/geo+json',
        buffer: Buffer.from(typeof collection === 'string' ? collection : JSON.stringify(collection)),
      });
    await line(page, '甲号北门').waitFor(SOON);
    await give('not json');
    await page.locator('.import-said', { hasText: '不是 JSON' }).waitFor(SOON);
    await give({ type: 'FeatureCollection', features: [feature('core'), feature('moon')] });
    await page.locator('.import-said li', { hasText: '第 2 个要素' }).waitFor(SOON);
    expect(await line(page, '导入的巡区').count()).toBe(0);
    await give({ type: 'FeatureCollection', features: [feature('core')] });
    await line(page, '导入的巡区').waitFor(SOON);
    expect(seat.complaints.filter((told) => !told.includes('400'))).toEqual([]);
    await seat.close();
  });
});

/** A team on a shift of four hours that began two hours ago: two of its four visits are missed. */
async function missedVisit(): Promise<void> {
  const draft = { callSign: '巡九九', centre: home, mode: 'foot', tier: 3, forces: { police: 2 } };
  const team = (await commander.post<Team>('/api/teams', draft)).body.id;
  const place = { names: { hans: '乙号地下通道', hant: '', en: '' }, lng: 98.2888, lat: 39.7721 };
  const terms = { radiusM: 60, dwellS: 120, visits: { 3: 4 } };
  const point = (await commander.post<Checkpoint>('/api/checkpoints', { centre: home, ...place, ...terms }))
    .body;
  const plan = { team, level: 3, order: 'free', beats: [], checkpoints: [point.id], version: 0 };
  expect((await commander.post('/api/patrol-plans', plan)).status).toBe(200);
  const day = new Date(Date.now() + 32 * HOUR).toISOString().slice(0, 10);
  const shifts = { teams: [team], pattern: 'peak', from: day, days: 1, crews: ['A'] };
  expect((await commander.post<PatrolPlanned>('/api/shifts', shifts)).status).toBe(201);
  const [from, to] = [new Date(Date.now() - 2 * HOUR), new Date(Date.now() + 2 * HOUR)];
  await app.app
    .get(Database)
    .query('update patrol_shift set starts_at = $2, ends_at = $3 where team = $1', [team, from, to]);
  const span = new URLSearchParams({ team, from: from.toISOString(), to: to.toISOString() });
  const [shift] = (await commander.get<PatrolBoard>(`/api/shifts?${span.toString()}`)).body.items;
  const start = await commander.post(`/api/shifts/${shift?.id}/start`, { version: shift?.version });
  expect(start.status).toBe(200);
  await app.app.get(VisitSchedule).sweep();
}

describe('visits', () => {
  it('that were missed are contested at one desk and dismissed at another, each seen at once', async () => {
    await missedVisit();
    const [desk, above] = [await open(county, 'visits'), await open(commander, 'visits')];
    const row = (page: Page) => page.locator('.visits tbody tr', { hasText: '乙号地下通道' }).first();
    for (const { page } of [desk, above]) await page.locator('.filters input').fill('巡九九');
    await row(desk.page).locator('.visit-phase.is-missed').waitFor(SOON);
    await row(desk.page).locator('button').click();
    await desk.page.locator('.visit-sheet textarea').fill('通道里没有信号');
    await row(above.page).waitFor(SOON);
    await desk.page.locator('.visit-sheet .button', { hasText: '提出申诉' }).click();
    // Told by a hint: nobody here reads again for a minute.
    await row(above.page).locator('td', { hasText: '待裁定' }).waitFor(SOON);
    await row(above.page).locator('button').click();
    await above.page.locator('.visit-contest', { hasText: '通道里没有信号' }).waitFor(SOON);
    await above.page.locator('.visit-sheet textarea').fill('同组另一部设备有信号');
    await above.page.locator('.visit-sheet .button', { hasText: '不采纳' }).click();
    await desk.page.locator('.visit-contest', { hasText: '同组另一部设备有信号' }).waitFor(SOON);
    expect(await desk.page.locator('.coverage-line', { hasText: '乙号地下通道' }).count()).toBe(0);
    await desk.page.locator('.coverage [role=tab]', { hasText: '按点位' }).click();
    const rate = desk.page.locator('.coverage-line', { hasText: '乙号地下通道' });
    expect(await rate.innerText()).toMatch(/0%\s+0\/2/);
    expect([...desk.complaints, ...above.complaints]).toEqual([]);
    await Promise.all([desk.close(), above.close()]);
  });
});
