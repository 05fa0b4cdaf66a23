import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident } from '@app/shared';
import type { Page } from 'playwright-core';
import { ageless } from '../support/ages.js';
import type { Person } from '../support/app.js';
import type { Seat } from '../support/browser.js';
import { Office } from '../support/office.js';

const PLACE = { lng: 98.2888, lat: 39.7721 };

let office: Office;
let county: Person;

beforeAll(async () => {
  office = await Office.open();
  county = await office.app.signIn('county');
}, 120_000);
afterAll(() => office?.close());

const report = async (part: object = {}): Promise<Incident> => {
  const { body } = await county.post<Incident>('/api/incidents', {
    category: 'traffic',
    severity: 4,
    ...PLACE,
    ...part,
  });
  return body;
};

async function openCentre(query = '', person = county): Promise<Seat> {
  const seat = await office.seat(person);
  await seat.page.goto(`/centre?still=1${query}`);
  await seat.page.waitForSelector('.link-state.is-live', { timeout: 45_000 });
  return seat;
}

/** Goes on with Tab until the field with this id has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let pressed = 0; pressed < 30; pressed++) {
    if (await page.evaluate(`document.activeElement?.id === ${JSON.stringify(id)}`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${id} was not reached with Tab`);
}

async function fillByKeyboard(page: Page): Promise<void> {
  await page.waitForSelector('#report-category:focus');
  await page.keyboard.type('fire');
  // As a person would: Enter when the list has found it, Tab when the list has closed.
  await page.locator('.ant-select-item-option-active', { hasText: '火情烟雾' }).waitFor({ timeout: 15_000 });
  await page.keyboard.press('Enter');
  await page.waitForSelector('#report-category[aria-expanded="false"]');
  await tabTo(page, 'report-place');
  await page.keyboard.type('雄关广场东门');
  await tabTo(page, 'report-lng');
  await page.keyboard.type('98.2888');
  await page.keyboard.press('Tab');
  await page.keyboard.type('39.7721');
}

describe('the list beside an open incident', () => {
  it.each(['zh-Hans', 'zh-Hant', 'en'])(
    'keeps status and due time in sight on a small screen (%s)',
    async (lang) => {
      await report();
      const seat = await openCentre(`&lang=${lang}`);
      const { page } = seat;
      await page.locator('.ant-table-row').first().click();
      await page.locator('.ant-drawer .incident').waitFor();
      await page.waitForFunction(
        `document.querySelector('.ant-drawer-content-wrapper')?.getBoundingClientRect().right <= innerWidth`,
      );
      const drawer = await page.locator('.ant-drawer-content-wrapper').boundingBox();
      const row = page.locator('.ant-table-row.is-selected');
      for (const part of ['.status', '.due']) {
        const box = await row.locator(part).first().boundingBox();
        expect([part, box !== null && box.x + box.width <= (drawer?.x ?? 0)]).toEqual([part, true]);
      }
      await seat.close();
    },
  );
});

describe('the report form', () => {
  it('takes a report by keyboard alone and shows its number, the centre that has it and its clock', async () => {
    const seat = await openCentre('&tab=report');
    await fillByKeyboard(seat.page);
    await seat.page.keyboard.press('Enter');
    await seat.page.waitForSelector('.report-done', { timeout: 15_000 });
    const number = await seat.page.locator('.report-number strong').innerText();
    const words = await seat.page.locator('.report-done').innerText();
    const { body } = await county.get<{ items: Incident[] }>('/api/incidents?open=true');
    const made = body.items.find((item) => item.number === number.trim());
    expect(made).toMatchObject({ category: 'fire', place: '雄关广场东门', lng: 98.2888, lat: 39.7721 });
    const { body: tree } = await county.get<{ items: Centre[] }>('/api/centres');
    expect(words).toContain(tree.items.find(({ id }) => id === made?.centre)?.name);
    expect(words).toMatch(/受理剩余 \d+ 分/);
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });

  it('finds a place by what it is called, and sends what was typed with its point', async () => {
    const seat = await openCentre('&tab=report');
    const { page } = seat;
    await page.waitForSelector('#report-category:focus');
    await page.keyboard.type('fire');
    await page
      .locator('.ant-select-item-option-active', { hasText: '火情烟雾' })
      .waitFor({ timeout: 15_000 });
    await page.keyboard.press('Enter');
    await page.waitForSelector('#report-category[aria-expanded="false"]');
    await tabTo(page, 'report-place');
    const { body: grids } = await county.get<{ items: { code: string; anchor: [number, number] }[] }>(
      '/api/grids?limit=1',
    );
    const [grid] = grids.items;
    await page.keyboard.type(grid?.code ?? '');
    // What was found for a part of it stands there until then.
    await page.locator('.ant-select-item-option:only-child .place-option').waitFor({ timeout: 15_000 });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(`document.querySelector('#report-lng').value !== ''`);
    await page.keyboard.type(' 三号楼');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.report-done', { timeout: 15_000 });
    const { body } = await county.get<{ items: Incident[] }>('/api/incidents?limit=1');
    expect(body.items[0]).toMatchObject({ grid: grid?.code, place: expect.stringMatching(/三号楼$/) });
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });

  it('fits on a small screen with its map, without scrolling', async () => {
    const seat = await openCentre('&tab=report');
    await seat.page.waitForSelector('.report-form');
    const hidden = await seat.page.evaluate(`
      [...document.querySelectorAll('.report-form, .centre, html')]
        .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
        .map((box) => box.className || box.tagName)`);
    expect(hidden).toEqual([]);
    const box = await seat.page.locator('.report-form button[type=submit]').boundingBox();
    expect((box?.y ?? 768) + (box?.height ?? 0)).toBeLessThan(768);
    await seat.close();
  });

  it('keeps what was typed through an error, a reload and a sign-out, and reports it once', async () => {
    const seat = await openCentre('&tab=report');
    const { page, context } = seat;
    await fillByKeyboard(page);
    await page.locator('#report-place').fill('只报一次');
    // The answer is lost on its way: the report was taken, the person cannot know it.
    await page.route('**/api/incidents', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.locator('.report-form button[type=submit]').click();
    await page.waitForSelector('.note.is-fault', { timeout: 15_000 });
    expect(await page.locator('.note-code').innerText()).toContain('offline');
    await page.unroute('**/api/incidents');

    await page.request.delete('/api/session', { headers: { origin: office.app.url } });
    await page.reload();
    await page.waitForURL(/\/signin/, { timeout: 15_000 });
    const again = await office.app.signIn('county');
    const [name = '', value = ''] = (again.headers['cookie'] ?? '').split('=');
    await context.addCookies([{ name, value, url: office.app.url }]);
    county = again;
    await page.goto('/centre?still=1&tab=report');
    await page.waitForSelector('.report-form', { timeout: 30_000 });
    expect(await page.locator('#report-place').inputValue()).toBe('只报一次');
    await page.locator('.report-form button[type=submit]').click();
    await page.waitForSelector('.report-done', { timeout: 15_000 });

    const { body } = await county.get<{ items: Incident[] }>('/api/incidents?open=true');
    expect(body.items.filter(({ place }) => place === '只报一次')).toHaveLength(1);
    await seat.close();
  });
});

describe('the list of incidents', () => {
  it('gathers what comes in a bar and leaves the rows where they are', async () => {
    await report();
    const seat = await openCentre();
    const { page } = seat;
    await page.waitForSelector('.ant-table-row', { timeout: 20_000 });
    const rows = () => page.locator('.ant-table-row .number').allInnerTexts();
    const before = await rows();
    const fresh = await report({ category: 'medical' });
    await page.waitForSelector('.fresh-bar', { timeout: 15_000 });
    expect(await page.locator('.fresh-bar').innerText()).toContain('1 条新事件');
    expect(await rows()).toEqual(before);
    await page.locator('.fresh-bar').click();
    await page.locator('.ant-table-row', { hasText: fresh.number }).waitFor({ timeout: 15_000 });
    expect((await rows())[0]).toBe(fresh.number);
    await seat.close();
  });

  it('shows the whole incident beside the list, and what may be done next', async () => {
    const { number } = await report({ description: '井盖缺失' });
    const seat = await openCentre();
    const { page } = seat;
    await page.locator('.ant-table-row', { hasText: number }).click();
    await page.waitForSelector('.incident', { timeout: 15_000 });
    const words = await page.locator('.incident').innerText();
    for (const part of [number, '井盖缺失', '受理', '不予受理', '流转记录']) expect(words).toContain(part);
    expect(await ageless(page)).toEqual([]);
    await page.locator('.acts .button', { hasText: /^受理$/ }).click();
    await page.locator('.facts-head', { hasText: '待派遣' }).waitFor({ timeout: 15_000 });
    await seat.close();
  });

  it('lists exactly what a figure counted', async () => {
    const seat = await openCentre('&tab=figures');
    const { page } = seat;
    await page.waitForSelector('.figure strong', { timeout: 30_000 });
    expect(await ageless(page)).toEqual([]);
    const reported = page.locator('.figure').first();
    const value = Number(await reported.locator('strong').innerText());
    expect(value).toBeGreaterThan(0);
    await reported.click();
    await page.waitForSelector('.ant-table-row', { timeout: 15_000 });
    expect(await page.locator('.ant-table-row').count()).toBe(value);
    await seat.close();
  });
});

describe('a session that ends', () => {
  it('leads to the door and, signed in again, back to the page it was on', async () => {
    const person = await office.app.signIn('county');
    const seat = await openCentre('&tab=teams', person);
    const { page } = seat;
    await person.ask('DELETE', '/api/session');
    await page.waitForURL(/\/signin\?to=/, { timeout: 20_000 });
    await page.locator('.signin-demo > div button', { hasText: '县区级中心' }).click();
    await page.waitForURL(/\/centre\?.*tab=teams/, { timeout: 20_000 });
    await page.waitForSelector('.link-state.is-live', { timeout: 45_000 });
    await page.waitForSelector('.ant-table-row', { timeout: 20_000 });
    expect(new URL(page.url()).pathname).toBe('/centre');
    await seat.close();
  });
});

describe('somebody with another role', () => {
  it('reads a sentence and finds a way to sign in, never a blank page', async () => {
    const display = await office.app.signIn('display');
    for (const path of ['/command', '/centre', '/admin']) {
      const seat = await office.seat(display);
      await seat.page.goto(path);
      await seat.page.waitForSelector('.desk-refusal', { timeout: 30_000 });
      const words = await seat.page.locator('.desk-refusal').innerText();
      expect(words).toContain('大屏');
      await seat.page.locator('.desk-refusal .button').nth(1).click();
      await seat.page.waitForURL(new RegExp(`/signin\\?to=${encodeURIComponent(path)}`));
      await seat.close();
    }
  });
});
