import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Team } from '@app/shared';
import { Terminal } from '../../server/src/demo/client/terminal.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { Office } from '../support/office.js';

let office: Office;

beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

it('a list of terminals is mended line by line, taken, and a terminal is let in by the secret of the saved file', async () => {
  const admin = await office.app.signIn('admin');
  const [team] = (await admin.get<{ items: Team[] }>('/api/teams')).body.items;
  const seat = await office.seat(admin);
  const { page } = seat;
  await page.goto('/admin?tab=devices');
  const choose = async (csv: string) => {
    const file = { name: 'terminals.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('.device-list input[type=file]').setInputFiles(file);
  };
  await page.locator('.device-list').waitFor();
  await choose(`callSign,terminal\n${team?.callSign},13912345678\n无此队,abc\n`);
  await page.locator('.list-faults li').nth(1).waitFor();
  expect(await page.locator('.list-faults li').allInnerTexts()).toEqual([
    '第 3 行 callSign “无此队”： 没有这个名称',
    '第 3 行 terminal “abc”： 缺失或格式不对',
  ]);
  const pictures = process.env['PICTURES'];
  if (pictures) await page.screenshot({ path: `${pictures}/devices-faults.png` });

  await choose(`callSign,terminal\n${team?.callSign},13912345678\n`);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '保存密钥文件' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  if (pictures) await page.screenshot({ path: `${pictures}/devices-made.png` });
  const [, line = ''] = text.split('\r\n');
  const [callSign, number, , secret = ''] = line.split(',').map((field) => field.slice(1, -1));
  expect([callSign, number]).toEqual([team?.callSign, '13912345678']);

  const terminal = new Terminal({ number: '13912345678', dialect: 'y2019' });
  await terminal.open(office.app.app.get(Jt808Door).port ?? 0);
  expect(await terminal.authenticate(secret)).toBe(0);
  terminal.close();
  await page.locator('.ant-modal-footer button').last().click();
  await page.locator('td', { hasText: '13912345678' }).waitFor();
  if (pictures) await page.screenshot({ path: `${pictures}/devices.png` });
  expect(seat.complaints.filter((said) => !said.includes('422'))).toEqual([]);
  await seat.close();
});
