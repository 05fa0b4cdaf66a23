import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ageless } from '../support/ages.js';
import type { Person } from '../support/app.js';
import type { Seat } from '../support/browser.js';
import { Office } from '../support/office.js';

const SOON = { timeout: 30_000 };

let office: Office;

beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

async function open(person: Person, path: string): Promise<Seat> {
  const seat = await office.seat(person);
  await seat.page.goto(path);
  await seat.page.waitForSelector('.link-state.is-live', { timeout: 60_000 });
  return seat;
}

describe('the patrol tab', () => {
  it('raises a duty level that another screen shows at once, and lifts it', async () => {
    const [commander, duty] = await Promise.all([office.app.signIn('commander'), office.app.signIn('duty')]);
    const [desk, other] = [await open(commander, '/centre?tab=patrol'), await open(duty, '/centre')];
    expect(await other.page.locator('.level-mark').count()).toBe(0);
    await desk.page.locator('.button', { hasText: '提升勤务等级' }).click();
    await desk.page.locator('.ant-modal textarea').fill('重大活动安保');
    await desk.page.locator('.ant-modal .ant-btn-primary').click();
    await other.page.locator('.level-mark', { hasText: '2 加强' }).waitFor(SOON);
    await desk.page.locator('.level-line input').fill('活动结束');
    await desk.page.locator('.level-line .button', { hasText: '解除' }).click();
    await other.page.locator('.level-mark').waitFor({ state: 'detached', ...SOON });
    expect(await ageless(desk.page)).toEqual([]);
    await desk.page.locator('.patrol-views [role="tab"]').nth(1).click();
    await desk.page.waitForSelector('.coverage');
    expect(await ageless(desk.page)).toEqual([]);
    expect([...desk.complaints, ...other.complaints]).toEqual([]);
    await Promise.all([desk.close(), other.close()]);
  });

  it('shows a plan before it is written, then who is on now and next', async () => {
    const seat = await open(await office.app.signIn('commander'), '/centre?tab=patrol');
    const { page } = seat;
    await page.locator('.button', { hasText: /^排班$/ }).click();
    await page.locator('#teams').click();
    await page.keyboard.type('雄关201');
    await page.locator('.ant-select-item-option', { hasText: '雄关201' }).click();
    // Not Escape: where the list has closed by itself, that closes the form.
    await page.locator('.ant-modal-title').click();
    // A night counts to the day on which it began: until eight in the city, midnight in UTC, somebody is on since yesterday.
    await page.locator('#from').fill(new Date().toISOString().slice(0, 10));
    await page.locator('.ant-modal .ant-btn', { hasText: /预\s*览/ }).click();
    await page.locator('.ant-modal', { hasText: '将排' }).waitFor(SOON);
    await page.locator('.ant-modal .ant-btn-primary').click();
    const row = page.locator('.board-row', { hasText: '雄关201' });
    // The clock begins at once what should have begun: until then that one is planned too.
    await row.locator('.board-bar.is-on').waitFor(SOON);
    await row.locator('.board-bar.is-planned').first().click();
    await page.locator('.shift-sheet .button', { hasText: '取消班次' }).waitFor(SOON);
    expect(await row.innerText()).toMatch(/[甲乙丙丁]班组/);
    expect(seat.complaints).toEqual([]);
    await seat.close();
  });
});

describe('the liaison desk', () => {
  it('answers a request, and whoever asked sees with what', async () => {
    const [duty, liaison] = await Promise.all([office.app.signIn('duty'), office.app.signIn('liaison')]);
    const [centre, desk] = [await open(duty, '/centre?tab=patrol'), await open(liaison, '/liaison')];
    await centre.page.locator('.button', { hasText: '申请武警' }).click();
    await centre.page.locator('.ant-modal textarea').fill('北门需要封控');
    await centre.page.locator('.ant-modal .ant-btn-primary').click();
    const asked = desk.page.locator('.request', { hasText: '北门需要封控' });
    await asked.waitFor(SOON);
    await asked.locator('input[id$=headcount]').fill('4');
    await asked.locator('.button', { hasText: /^答复$/ }).click();
    const seen = centre.page.locator('.request', { hasText: '北门需要封控' });
    await seen.locator('.request-state', { hasText: '已答复 · 同意' }).waitFor(SOON);
    expect(await seen.innerText()).toContain('已释放： 4 人');
    await desk.page.locator('.request .button', { hasText: '已出动' }).click();
    await seen.locator('.request-state', { hasText: '执行中' }).waitFor(SOON);
    expect([...centre.complaints, ...desk.complaints]).toEqual([]);
    await Promise.all([centre.close(), desk.close()]);
  });
});
