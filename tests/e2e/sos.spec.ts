import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sos, Team } from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import type { Person } from '../support/app.js';
import type { Seat } from '../support/browser.js';
import { Office } from '../support/office.js';

const SOON = { timeout: 45_000 };

let office: Office;
let duty: Person;
let team: Team;

beforeAll(async () => {
  office = await Office.open();
  duty = await office.app.signIn('duty');
  const [first] = (await duty.get<{ items: Team[] }>('/api/teams?limit=1')).body.items;
  if (!first) throw new Error('a team wanted');
  team = first;
}, 120_000);
afterAll(() => office?.close());

async function open(person: Person, path: string): Promise<Seat> {
  const seat = await office.seat(person);
  await seat.page.goto(`${path}?still=1`);
  return seat;
}

describe('a call for help', () => {
  it('is on every screen, cannot be put away, and goes when a person has ended it', async () => {
    const paths = ['/wall', '/command', '/duty'];
    const seats: Seat[] = [];
    for (const path of paths) {
      const seat = await open(duty, path);
      await seat.page.waitForSelector('.link-state.is-live', SOON);
      seats.push(seat);
    }
    const { status } = await duty.post<Sos>('/api/sos', { team: team.id, lng: 98.28, lat: 39.77 });
    expect(status).toBe(201);
    for (const { page } of seats) {
      const call = page.locator('.sos-call.is-calling', { hasText: `${team.callSign} 求助` });
      await call.waitFor(SOON);
      expect(await call.innerText()).toMatch(/位置 98\.2800, 39\.7700/);
      await page.keyboard.press('Escape');
      expect(await call.isVisible()).toBe(true);
    }
    const [wall, command] = seats;
    await command?.page.locator('.sos-acts .button', { hasText: '我来响应' }).click();
    await wall?.page.locator('.sos-call.is-answered').waitFor(SOON);
    await command?.page.locator('.sos-acts .button', { hasText: '结束求助' }).click();
    await command?.page.locator('.sos-acts .button', { hasText: '演练' }).click();
    for (const { page } of seats) await page.locator('.sos-call').waitFor({ state: 'detached', ...SOON });
    for (const seat of seats) {
      expect(seat.complaints).toEqual([]);
      await seat.close();
    }
  }, 240_000);
});

describe('the replay', () => {
  it('shows where a team was at a moment, and its track as a file', async () => {
    const from = Math.floor((Date.now() - 1_800_000) / 1000);
    await office.app.app.get(Database).query(
      `insert into track (device, team, observed_at, lng, lat, received_at)
       select d.id, d.team, to_timestamp($2::float8 + s), 98.25 + s / 1e5, 39.75, now()
         from (select id, team from device where team = $1 limit 1) d, generate_series(0, 599) s`,
      [team.id, from],
    );
    const { page, complaints, close } = await open(duty, '/replay');
    const row = page.locator('button.replay-row', { hasText: team.callSign });
    // At the end of the window the team has been silent for twenty minutes.
    await row.filter({ hasText: /1\d 分钟|20 分钟/ }).waitFor(SOON);
    await page.locator('.replay-slider').fill('0');
    await row.filter({ hasText: '尚无位置' }).waitFor(SOON);
    await page.locator('.replay-player .button', { hasText: '300×' }).click();
    await page.locator('.replay-player .button', { hasText: '播放' }).click();
    await row.filter({ hasText: /\d 秒前的位置/ }).waitFor(SOON);
    await row.click();
    await page.locator('.replay-form .button', { hasText: '导出轨迹' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.ant-dropdown-menu-item', { hasText: 'GPX' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('tracks.gpx');
    expect(complaints).toEqual([]);
    await close();
  }, 180_000);
});
