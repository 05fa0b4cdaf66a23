import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Centre, type Checkpoint, CHECKPOINT_DEFAULTS, readCodeText } from '@app/shared';
import decodeQr from 'qr/decode.js';
import type { Page } from 'playwright-core';
import { Office } from '../support/office.js';

const SOON = { timeout: 30_000 };
let office: Office;

beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

const SIDE = 400;
const PIXELS = `(() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = ${SIDE};
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, ${SIDE}, ${SIDE});
  context.drawImage(document.querySelector('.code-card img'), 40, 40, ${SIDE - 80}, ${SIDE - 80});
  return [...context.getImageData(0, 0, ${SIDE}, ${SIDE}).data];
})()`;

/** What a camera would read from the first card. */
const readQr = async (page: Page): Promise<string> =>
  decodeQr({ width: SIDE, height: SIDE, data: new Uint8ClampedArray(await page.evaluate<number[]>(PIXELS)) });

it('a checkpoint of 巡区 has a sheet of A6 with its name and a code that a handheld can read', async () => {
  const commander = await office.app.signIn('commander');
  const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
  const home = items.find(({ level }) => level === 'county');
  const made = await commander.post<Checkpoint>('/api/checkpoints', {
    centre: home?.id,
    names: { hans: '甲号北门', hant: '甲號北門', en: 'North Gate A' },
    lng: 98.2888,
    lat: 39.7721,
    ...CHECKPOINT_DEFAULTS,
  });
  expect(made.status).toBe(201);
  const seat = await office.seat(commander);
  const { page } = seat;
  await page.goto('/centre?tab=patrol&view=ground&still=1');
  await page.locator('.shape-list .shape-line', { hasText: '甲号北门' }).click(SOON);
  const [sheet] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: '打印打卡码' }).click(SOON),
  ]);
  await sheet.locator('.code-card img').waitFor(SOON);
  expect(await sheet.locator('.code-card header').innerText()).toBe('甲号北门\n\n甲號北門 · North Gate A');
  const typed = await sheet.locator('.code-typed').innerText();
  expect(readCodeText(await readQr(sheet))).toEqual({
    checkpoint: made.body.id,
    code: typed,
  });
  const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => [
    Math.round(Number(w) / 2.8346),
    Math.round(Number(h) / 2.8346),
  ]);
  expect(pages).toEqual([[105, 148]]);

  await sheet.getByRole('button', { name: '换新码' }).click();
  await sheet.getByRole('button', { name: '换新', exact: true }).click();
  await sheet.locator('.code-typed').filter({ hasNotText: typed }).waitFor(SOON);
  expect(seat.complaints).toEqual([]);
  await seat.close();
});
