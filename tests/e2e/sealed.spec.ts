import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Incident } from '@app/shared';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Person } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';
import { act, FourLevels, read } from '../support/four-levels.js';

const SPOT = { lng: 98.27713, lat: 39.78219 };
const HIDDEN = ['槐树巷九号院', '当事人藏在地窖里', '涉及未成年人'];
const SHOTS = process.env['SHOTS'];

let city: FourLevels;
let browser: Browser;
let chief: Person;
let wall: Person;

beforeAll(async () => {
  city = await FourLevels.open({ WEB_DIR: resolve('web/dist') });
  browser = await openBrowser();
  [chief, wall] = await Promise.all([city.person('city', 'commander'), city.person('city', 'display')]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await city?.close();
});

async function seatOf(person: Person, path: string, size = { width: 1920, height: 1080 }): Promise<Seat> {
  const seat = await takeSeat(browser, { url: city.app.url, person, ...size });
  await seat.page.goto(path);
  return seat;
}

async function shoot({ page }: Seat, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Opens an incident from the list of the desk. */
async function opened({ page }: Seat, { number }: Incident): Promise<void> {
  await page.locator('tr', { hasText: number }).first().click();
  await page.waitForSelector('.incident');
}

const told = (): Promise<Incident> =>
  city.reported(chief, {
    ...SPOT,
    category: 'medical',
    severity: 1,
    place: HIDDEN[0],
    description: HIDDEN[1],
  });

it('a report marked sensitive on the form is a mask on the wall, and whole for who may read it', async () => {
  const form = await seatOf(chief, '/centre?still=1&tab=report', { width: 1366, height: 768 });
  await form.page.waitForSelector('#report-label');
  await form.page.getByRole('radio', { name: '敏感', exact: true }).check();
  await form.page.waitForSelector('.report-foot .facts-sensitive');
  await shoot(form, 'form');
  const reported = await told();
  const sealed = await act(chief, reported, 'seal', { reason: HIDDEN[2] });

  const screen = await seatOf(wall, '/wall?still=1');
  await screen.page.waitForSelector('.attention-row .is-sensitive');
  await shoot(screen, 'wall');
  const seen = await screen.page.innerText('body');
  for (const word of HIDDEN) expect(seen).not.toContain(word);

  const desk = await seatOf(chief, '/command?still=1');
  await desk.page.waitForSelector('.queue-row .is-sensitive');
  await desk.page
    .locator('.queue-row', { has: desk.page.locator('.is-sensitive') })
    .first()
    .click();
  await desk.page.waitForSelector('.facts .facts-sensitive');
  const whole = await desk.page.innerText('.incident');
  for (const word of HIDDEN) expect(whole).toContain(word);
  await shoot(desk, 'command');

  const clerk = await city.person('city', 'staff');
  const masked = await seatOf(clerk, '/centre?still=1', { width: 1366, height: 768 });
  await opened(masked, sealed);
  await masked.page.waitForSelector('.facts .facts-sensitive');
  const little = await masked.page.innerText('body');
  for (const word of HIDDEN) expect(little).not.toContain(word);
  await shoot(masked, 'centre-masked');
  for (const seat of [form, screen, desk, masked]) {
    expect(seat.complaints).toEqual([]);
    await seat.close();
  }
});

it('words are erased by hand on the desk, and the administrator sees by whom and who read before', async () => {
  const incident = await told();
  const desk = await seatOf(chief, '/centre?still=1');
  await opened(desk, incident);
  await desk.page.waitForSelector('.facts-text');
  await desk.page.getByRole('button', { name: '清除文字' }).click();
  await desk.page.getByLabel('清除哪一段').selectOption('all');
  await shoot(desk, 'erase');
  await desk.page.locator('form[aria-label="清除文字"] button[type="submit"]').click();
  await desk.page.waitForSelector('.facts-text', { state: 'detached' });
  expect(await read(chief, incident)).toMatchObject({ description: null, place: null });

  const audit = await seatOf(city.admin, '/admin?tab=audit', { width: 1366, height: 768 });
  await audit.page.locator('.audit-lines tr', { hasText: '查阅事件' }).first().waitFor();
  await audit.page.locator('.audit-lines tr', { hasText: '清除文字' }).first().waitFor();
  await shoot(audit, 'audit');
  for (const seat of [desk, audit]) {
    expect(seat.complaints).toEqual([]);
    await seat.close();
  }
});
