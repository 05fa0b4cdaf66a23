import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Figures, IncidentStatus, TeamStatus } from '@app/shared';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { resolve } from 'node:path';
import { zhHans } from '../../web/src/ui/texts/zh-hans.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';

// A day of reports, one each 37 minutes, arrived and closed; every third of them too late. The newest are open.
const PAST = `
  insert into incident (id, number, category, severity, status, version, centre, origin, lng, lat, source, reporter,
                        occurred_at, recorded_at, status_at, accepted_at, dispatched_at, arrived_at, closed_at,
                        accept_due_at, arrive_due_at, seen_by)
  select gen_random_uuid(), 'past ' || n, 'other', 3, 'closed', 7, $1, $1, 98.29, 39.77, 'phone', gen_random_uuid(),
         at, at, at + late * 4, at + late, at + late, at + late * 2, at + late * 4, at + interval '15 minutes',
         at + late + interval '10 minutes', array[$1::uuid]
    from (select n, now() - n * interval '1 minute' * 37 as at,
                 case n % 3 when 0 then interval '14 minutes' else interval '7 minutes' end as late
            from generate_series(2, 60) n) past`;

let app: RunningApp;
let browser: Browser;
let duty: Person;
let seat: Seat;
let page: Page;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  duty = await app.signIn('duty');
  const { body } = await duty.get<{ centre: { id: string } }>('/api/session');
  const client = new pg.Client(app.databaseUrl);
  await client.connect();
  await client.query(PAST, [body.centre.id]);
  await client.end();
  for (const actions of [[], ['accept'], ['accept'], ['accept', 'complete']]) await report(actions);
  browser = await openBrowser();
  seat = await takeSeat(browser, { url: app.url, person: duty });
  page = seat.page;
  await page.goto('/wall?still=1');
  await page.waitForSelector('.link-state.is-live', { timeout: 45_000 });
  await page.waitForSelector('.figure strong', { timeout: 30_000 });
  for (const chart of ['.hours', '.status-age', '.teams'])
    await page.waitForSelector(`${chart} canvas`, { timeout: 30_000 });
}, 180_000);
afterAll(async () => {
  await seat?.close();
  await browser?.close();
  await app?.close();
});

async function report(actions: readonly string[]): Promise<void> {
  const wish = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
  let { body } = await duty.post<{ id: string; version: number }>('/api/incidents', wish);
  for (const action of actions)
    ({ body } = await duty.post(`/api/incidents/${body.id}/${action}`, { version: body.version }));
}

/** The list that has just been opened: its title, and how many rows its pages have together. */
async function listed(): Promise<{ title: string; rows: number }> {
  const head = page.locator('.sheet h2', { hasText: /共 \d+ 条/ });
  await head.waitFor({ timeout: 15_000 });
  const [title = '', said = ''] = (await head.innerText()).split(/ · 共 | 条/);
  const next = page.locator('.sheet button', { hasText: '下一页' });
  let rows = await page.locator('.sheet tbody tr').count();
  while ((await next.count()) > 0) {
    await next.click();
    rows += await page.locator('.sheet tbody tr').count();
  }
  expect(rows).toBe(Number(said));
  await page.locator('.sheet button', { hasText: '关闭' }).click();
  return { title, rows };
}

/** Opens the list behind each of `count` parts of a chart, side by side or one below the other. */
async function partsOf(chart: string, count: number, isBeside = false): Promise<Map<string, number>> {
  const box = await page.locator(`${chart} .chart`).boundingBox();
  if (!box) throw new Error(`${chart} is not drawn`);
  const found = new Map<string, number>();
  for (let part = 0; part < count; part++) {
    const share = (part + 0.5) / count;
    // Beside the axis' words, which belong to no part.
    const [x, y] = isBeside ? [0.07 + share * 0.9, 0.4] : [0.6, share];
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    const { title, rows } = await listed();
    found.set(title, rows);
  }
  return found;
}

describe('the list behind', () => {
  it.each([
    ['今日警情', /(\d+)\s*起\s*今日/],
    ['未结事件', /(\d+)\s*起/],
    ['到场用时中位数', /到场 (\d+) 起/],
    ['到场达标率', /超时 (\d+) 起/],
  ])('%s has as many incidents as it tells', async (title, told) => {
    const tile = page.locator('.figure', { hasText: title });
    const words = await tile.innerText();
    const value = told.exec(words)?.[1];
    await tile.click();
    const { rows } = await listed();
    expect(rows).toBeGreaterThan(0);
    expect([words, String(rows)]).toEqual([words, value]);
  });

  it('each hour has as many reports as its bar', async () => {
    const read = async () => {
      const { body } = await duty.get<Figures>('/api/figures');
      const wanted = body.hours.slice(0, -1).map(({ value }) => value);
      return { wanted, bars: [...(await partsOf('.hours', 24, true)).values()].slice(0, -1) };
    };
    let { wanted, bars } = await read();
    // Where an hour begins meanwhile every bar is another hour's, and the screen hears of it half a minute later.
    for (let again = 0; again < 2 && bars.join() !== wanted.join(); again++)
      ({ wanted, bars } = await read());
    expect(bars).toEqual(wanted);
    expect(wanted.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBeGreaterThan(20);
  });

  it('each status has as many open incidents as its bar', async () => {
    const { body } = await duty.get<{ items: { status: IncidentStatus }[] }>('/api/incidents?open=true');
    const wanted = new Map<string, number>();
    for (const status of ['reported', 'accepted', 'dispatched', 'handling', 'handled', 'suspended'] as const)
      wanted.set(zhHans.status[status], body.items.filter((item) => item.status === status).length);
    expect(await partsOf('.status-age', 6)).toEqual(wanted);
    expect([...wanted.values()]).toEqual(expect.arrayContaining([1, 2]));
  });

  it('each status has as many teams as its bar', async () => {
    const { body } = await duty.get<{ items: { status: TeamStatus }[] }>('/api/teams?limit=200');
    const wanted = new Map<string, number>();
    for (const { status } of body.items) {
      const name = zhHans.teamStatus[status];
      wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
    expect(wanted.size).toBeGreaterThan(0);
    expect(await partsOf('.teams', wanted.size)).toEqual(wanted);
  });
});
