import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DeviationRules, ForceRelease } from '@app/shared';
import { insist } from '../support/insist.js';
import { Office } from '../support/office.js';

const SOON = { timeout: 30_000 };
let office: Office;

beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office?.close());

it('an administrator mends a rule that never speaks, saves it, and is asked when somebody else was faster', async () => {
  const admin = await office.app.signIn('admin');
  const seat = await office.seat(admin);
  const { page } = seat;
  await page.goto('/admin?tab=watch');
  const save = page.locator('.watch-acts .is-primary');
  const bound = page.getByLabel('界限').first();
  await bound.waitFor(SOON);
  expect(await save.isDisabled()).toBe(true);
  await bound.fill('');
  await page.locator('.watch-rules [role=alert]', { hasText: '永远不会报出偏离' }).waitFor(SOON);
  expect(await save.isDisabled()).toBe(true);
  await bound.fill('250');
  await save.click();
  const rules = async () => (await admin.get<DeviationRules>('/api/deviation-rules')).body;
  const kept = await insist(async () => {
    const now = await rules();
    return now.version === 1 ? now : undefined;
  });
  expect(kept.rules.filter(({ bound: metres }) => metres === 250)).toHaveLength(1);

  await bound.fill('300');
  expect((await admin.post('/api/deviation-rules', { ...kept, rules: [] })).status).toBe(200);
  await save.click();
  await page.getByRole('button', { name: '保留我的，再保存' }).click(SOON);
  const mine = await insist(async () => (await rules()).rules.find(({ bound: metres }) => metres === 300));
  expect(mine.kind).toBe('off-beat');
  expect(seat.complaints.filter((said) => !said.includes('409'))).toEqual([]);
  await seat.close();
});

it('a liaison desk says for how long tracks of its force are kept, and no longer whole than at all', async () => {
  const liaison = await office.app.signIn('liaison');
  const seat = await office.seat(liaison);
  const { page } = seat;
  await page.goto('/liaison');
  const [whole, kept] = [
    page.getByLabel('轨迹完整保留').last(),
    page.getByLabel('之后每分钟一点，直至').last(),
  ];
  const save = page.locator('.release-line .is-primary');
  await kept.waitFor(SOON);
  await whole.fill('9');
  await kept.fill('5');
  await page.locator('.release-line [role=alert]', { hasText: '不能超过' }).waitFor(SOON);
  expect(await save.isDisabled()).toBe(true);
  await whole.fill('2');
  await save.click();
  const release = async () =>
    (await liaison.get<{ items: ForceRelease[] }>('/api/force-releases')).body.items.find(
      ({ force }) => force === 'armed-police',
    );
  const saved = await insist(async () => {
    const now = await release();
    return now?.keptDays === 5 ? now : undefined;
  });
  expect(saved.fullDays).toBe(2);
  expect(seat.complaints).toEqual([]);
  await seat.close();
});
