import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident } from '@app/shared';
import type { Page } from 'playwright-core';
import type { Person } from '../support/app.js';
import type { Seat } from '../support/browser.js';
import { Office } from '../support/office.js';

const REPORT = { category: 'fire', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
const SOON = { timeout: 20_000 };

let office: Office;

beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

async function openDuty(person: Person, query = ''): Promise<Seat> {
  const seat = await office.seat(person);
  await seat.page.goto(`/duty${query}`);
  await seat.page.waitForSelector('.link-state.is-live', { timeout: 45_000 });
  return seat;
}
const press = (page: Page, name: RegExp) => page.locator('.duty-main .button', { hasText: name }).click();

describe('the duty desk', () => {
  it('hands a shift over between two people in two browsers, with what is to do', async () => {
    const [duty, commander] = await Promise.all([office.app.signIn('duty'), office.app.signIn('commander')]);
    const [first, second] = [await openDuty(duty), await openDuty(commander)];
    await first.page.locator('.shift-bar .button', { hasText: '开始值班' }).click();
    await first.page.locator('.shift-bar', { hasText: '当班 市级值班长' }).waitFor(SOON);
    await first.page.locator('.log-form select').selectOption('matter');
    await first.page.locator('.log-form textarea').fill('东门路灯三盏不亮');
    await first.page.locator('.log-form textarea').press('Control+Enter');
    await first.page.locator('.duty-list', { hasText: '东门路灯三盏不亮' }).waitFor(SOON);

    await press(first.page, /^全部正常$/);
    await first.page.locator('.handover-form textarea').fill('夜间平稳');
    await press(first.page, /^交班签字$/);
    await second.page.locator('.duty-sheet-head', { hasText: '市级值班长' }).waitFor(SOON);
    expect(await second.page.locator('.handover').innerText()).toMatch(/夜间平稳[\s\S]*接班签字/);
    await press(second.page, /^接班签字$/);

    for (const { page } of [first, second])
      await page.locator('.shift-bar', { hasText: '当班 市级指挥员' }).waitFor(SOON);
    const row = second.page.locator('.duty-list li', { hasText: '东门路灯三盏不亮' });
    await row.locator('.tag', { hasText: '已交接 1 次' }).waitFor(SOON);
    await second.page.locator('.duty-main [role=tab]', { hasText: '历史班次' }).click();
    await second.page.locator('.past-shifts li', { hasText: '已交接' }).waitFor(SOON);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  it('sends an instruction to a county, which signs for it and answers', async () => {
    const [duty, county] = await Promise.all([office.app.signIn('duty'), office.app.signIn('county')]);
    const [above, below] = [await openDuty(duty, '?tab=instructions'), await openDuty(county)];
    await press(above.page, /^下达指令$/);
    await above.page.locator('#instruction-to').click();
    await above.page.keyboard.type('雄关街道');
    await above.page.locator('.ant-select-tree-title', { hasText: /^雄关街道$/ }).click();
    await above.page.keyboard.press('Escape');
    await above.page.locator('.instructions textarea').fill('设警示牌并疏导');
    await press(above.page, /^下达$/);
    await above.page.locator('.instruction-state.is-sent').waitFor(SOON);

    await below.page.locator('.desk-head .duty-count').waitFor(SOON);
    await below.page.locator('.duty-main [role=tab]', { hasText: '指令' }).click();
    await press(below.page, /^签收$/);
    await below.page.locator('.instruction-line .button', { hasText: /^反馈$/ }).click();
    await below.page.locator('.instruction-line .field').fill('已到场');
    await below.page.locator('.instruction-line .field').press('Enter');

    await above.page.locator('.instruction-state.is-answered').waitFor(SOON);
    expect(await above.page.locator('.instruction-past').innerText()).toContain('已到场');
    await press(above.page, /^确认办结$/);
    await above.page.locator('.panel-empty', { hasText: '没有发出指令' }).waitFor(SOON);
    await below.page.waitForSelector('.desk-head .duty-count', { state: 'detached', ...SOON });
    expect([...above.complaints, ...below.complaints]).toEqual([]);
    await Promise.all([above.close(), below.close()]);
  });

  it('shows who else works on an incident, what they ticked, and which report they are typing', async () => {
    const [duty, county] = await Promise.all([office.app.signIn('duty'), office.app.signIn('county')]);
    const { body: incident } = await county.post<Incident>('/api/incidents', REPORT);
    const seats: Seat[] = [];
    for (const person of [duty, county]) {
      const seat = await office.seat(person);
      await seat.page.goto('/centre?still=1');
      await seat.page.locator('.ant-table-row', { hasText: incident.number }).click(SOON);
      await seat.page.locator('.action-card').waitFor(SOON);
      seats.push(seat);
    }
    const [above, below] = seats;
    if (!above || !below) throw new Error('two seats');
    await above.page.locator('.incident .colleagues', { hasText: '值班员' }).waitFor(SOON);
    await below.page.locator('.incident .colleagues', { hasText: '市级值班长' }).waitFor(SOON);
    await below.page.locator('.action-card input').first().click();
    await above.page.locator('.action-card .is-done').waitFor(SOON);
    await above.page.locator('.timeline li', { hasText: '处置卡完成' }).waitFor(SOON);

    const colleague = await office.seat(await office.app.signIn('commander'));
    await colleague.page.goto('/centre?still=1&tab=report');
    await colleague.page.locator('#report-place').fill('雄关广场东门');
    await above.page.locator('.centre > .colleagues', { hasText: '雄关广场东门' }).waitFor(SOON);
    expect(await below.page.locator('.centre > .colleagues').count()).toBe(0);
    await colleague.page.locator('.report-foot .button', { hasText: '清空' }).click();
    await above.page.waitForSelector('.centre > .colleagues', { state: 'detached', ...SOON });
    expect([...above.complaints, ...below.complaints]).toEqual([]);
    await Promise.all([above, below, colleague].map((seat) => seat.close()));
  });

  it('fits on a small screen in every language', async () => {
    const duty = await office.app.signIn('duty');
    const seat = await openDuty(duty);
    for (const lang of ['zh-Hans', 'zh-Hant', 'en']) {
      for (const tab of ['handover', 'instructions', 'shifts']) {
        await seat.page.goto(`/duty?lang=${lang}&tab=${tab}`);
        await seat.page.waitForSelector('.shift-bar', SOON);
        const hidden = await seat.page.evaluate(`
          [...document.querySelectorAll('html, .duty, .duty-top, .duty-scroll, .duty-log .panel-body')]
            .filter((box) => box.scrollWidth > box.clientWidth + 1)
            .map((box) => box.className || box.tagName)`);
        expect({ lang, tab, hidden }).toEqual({ lang, tab, hidden: [] });
      }
    }
    await seat.close();
  });
});
