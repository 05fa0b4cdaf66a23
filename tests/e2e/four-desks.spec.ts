import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, Incident, NewDevice, Session, Team } from '@app/shared';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { join, resolve } from 'node:path';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';

const SMALL = { width: 1366, height: 768 };
const LARGE = { width: 1920, height: 1080 };
const SOON = { timeout: 20_000 };
/** Whoever is slower than a colleague is told so, and who asks a server that is short of breath asks again. */
const TOLD = /409 \(Conflict\)|503 \(Service Unavailable\)/;
const LEVELS = ['duty', 'county', 'town', 'community'] as const;
type Level = (typeof LEVELS)[number];

let app: RunningApp;
let browser: Browser;
let client: pg.Client;
let people: Record<Level, Person>;
let desks: Record<Level, Seat>;
let place: readonly [number, number];

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  client = new pg.Client(app.databaseUrl);
  await client.connect();
  const signedIn = await Promise.all(LEVELS.map(async (level) => [level, await app.signIn(level)] as const));
  people = Object.fromEntries(signedIn) as Record<Level, Person>;
  const { centre } = (await people.community.get<Session>('/api/session')).body;
  const { items } = (await people.community.get<{ items: Centre[] }>('/api/centres')).body;
  place = items.find(({ id }) => id === centre.id)?.anchor ?? [0, 0];
  await putTeamAt(place);
  const seats = LEVELS.map(async (level) => {
    const seat = await takeSeat(browser, { url: app.url, person: people[level], ...SMALL });
    await seat.page.goto(`/centre?still=1${level === 'community' ? '&tab=report' : ''}`);
    await seat.page.waitForSelector('.link-state.is-live', { timeout: 60_000 });
    return [level, seat] as const;
  });
  desks = Object.fromEntries(await Promise.all(seats)) as Record<Level, Seat>;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await client?.end();
  await app?.close();
});

/** A patrol that is near, so that somebody can be sent. */
async function putTeamAt([lng, lat]: readonly [number, number]): Promise<void> {
  const commander = await app.signIn('commander');
  const { items } = (await commander.get<{ items: Team[] }>('/api/teams?limit=200')).body;
  const team = items.find(({ callSign }) => callSign === '雄关201');
  const device = (await commander.post<NewDevice>('/api/devices', { team: team?.id })).body;
  const fix = { device: device.id, at: new Date().toISOString(), lng, lat: lat + 0.002 };
  const { body } = await commander.post('/api/positions', [fix]);
  expect(body).toMatchObject({ accepted: 1 });
}

/** For whoever wants to look: `SHOTS=/tmp/shots`. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  for (const size of [LARGE, SMALL]) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}-${size.width}.png`) });
  }
}

async function choose(level: Level, number: string): Promise<Page> {
  const { page } = desks[level];
  const fresh = page.locator('.fresh-bar');
  const row = page.locator('.ant-table-row', { hasText: number });
  await row.or(fresh).first().waitFor(SOON);
  if (!(await row.isVisible())) await fresh.click();
  await row.click(SOON);
  await page.locator('.incident', { hasText: number }).waitFor(SOON);
  return page;
}

/** Presses a step of the whole incident, and says why where the flow wants it. */
async function step(page: Page, name: RegExp, reason?: string): Promise<void> {
  await page.locator('.acts > .acts-row .button', { hasText: name }).first().click(SOON);
  if (reason === undefined) return;
  await page.locator('.acts form .field').fill(reason);
  await page.locator('.acts form .field').press('Enter');
  await page.locator('.acts form').waitFor({ state: 'detached', ...SOON });
}
const status = (page: Page, word: string) => page.locator('.facts-head', { hasText: word }).waitFor(SOON);
const offer = (page: Page, name: RegExp) =>
  page.locator('.course .crew-acts .button', { hasText: name }).click(SOON);
const crew = (page: Page, name: RegExp) =>
  page.locator('.crew .crew-acts .button', { hasText: name }).first().click(SOON);

async function reportAtTheDoor(): Promise<string> {
  const { page } = desks.community;
  await page.locator('#report-category').click();
  await page.keyboard.type('fire');
  await page.locator('.ant-select-item-option-active', { hasText: '火情烟雾' }).waitFor(SOON);
  await page.keyboard.press('Enter');
  await page.locator('#report-lng').fill(String(place[0]));
  await page.locator('#report-lat').fill(String(place[1]));
  await page.locator('#report-place').fill('地下室冒烟');
  await page.locator('.report-form button[type=submit]').click();
  await page.waitForSelector('.report-done', SOON);
  await look(page, '01-reported');
  const number = (await page.locator('.report-number strong').innerText()).trim();
  await page.goto('/centre?still=1');
  return number;
}

describe('four people at four desks', () => {
  it('take one incident from a community to the city, out on the street, and to its close', async () => {
    const number = await reportAtTheDoor();
    const community = await choose('community', number);
    await step(community, /^受理$/);
    await status(community, '待派遣');
    await step(community, /^上交$/, '烟从地下室来，本小区无力处置');
    await community.locator('.course', { hasText: '责任仍在本中心' }).waitFor(SOON);
    await look(community, '02-handed-up');

    const town = await choose('town', number);
    await offer(town, /^退回$/);
    await town.locator('.course form .field').fill('先确认有无人员被困');
    await town.locator('.course form .field').press('Enter');
    await community.locator('.course', { hasText: '已退回' }).waitFor(SOON);
    await look(community, '03-returned');
    await step(community, /^上交$/, '已确认无人被困');
    await offer(town, /^接收$/);
    await step(town, /^上交$/, '需要街道协调');
    const county = await choose('county', number);
    await offer(county, /^接收$/);
    await step(county, /^上交$/, '需要市级派出巡组');
    await look(county, '04-county-handed-up');

    const city = await choose('duty', number);
    await offer(city, /^接收$/);
    await city.locator('.candidate[data-team]', { hasText: '雄关201' }).waitFor(SOON);
    await look(city, '05-candidates');
    await city.locator('.candidate[data-team]', { hasText: '雄关201' }).click(SOON);
    await city.locator('.candidates footer .button').click(SOON);
    await status(city, '待签收');
    for (const word of [/^签收$/, /^出动$/, /^到场$/]) await crew(city, word);
    await county.locator('.crew', { hasText: '雄关201' }).waitFor(SOON);
    await look(city, '06-on-scene');
    // What was handed up is still in the list of who did, and in its place.
    expect(await county.locator('.fresh-bar').count()).toBe(0);
    await crew(city, /^归队$/);
    // Who has gone home is not offered to be recalled.
    await city.locator('.toast').waitFor({ state: 'detached', ...SOON });
    await step(city, /^办结$/);
    await status(city, '待结案');
    await step(city, /^返工$/, '现场照片不全');
    await status(city, '处置中');
    await city.locator('.course', { hasText: '已返工 1 次' }).waitFor(SOON);
    await step(city, /^办结$/);
    await status(city, '待结案');
    await step(city, /^结案$/);
    await status(city, '已结案');
    await look(city, '07-closed');
    await step(city, /^回访$/);
    await city.locator('.acts form label', { hasText: /^\s*满意/ }).click();
    await city.locator('.acts form .button.is-primary').click();
    await city.locator('.course', { hasText: '回访：满意' }).waitFor(SOON);
    await look(city, '08-followed-up');

    const { body } = await people.duty.get<{ items: Incident[] }>('/api/incidents?limit=200');
    const made = body.items.find((item) => item.number === number);
    const told = (await people.duty.get<Incident>(`/api/incidents/${made?.id}`)).body.timeline;
    expect(told.map(({ action }) => action).join(' ')).toBe(
      'report accept hand-up return-offer hand-up accept-offer hand-up accept-offer hand-up accept-offer ' +
        'dispatch acknowledge depart arrive clear complete rework complete close follow-up',
    );
  }, 180_000);

  it('see on both levels that a deadline was missed, and what comes of it', async () => {
    const report = {
      category: 'hazard',
      severity: 3,
      lng: place[0],
      lat: place[1] + 0.0004,
      place: '井盖缺失',
    };
    const { id, number } = (await people.community.post<Incident>('/api/incidents', report)).body;
    const community = await choose('community', number);
    await client.query(
      `update due_time set due_at = now() where subject = $1 and kind in ('incident.overdue', 'incident.escalates')`,
      [id],
    );
    await community.locator('.course', { hasText: '应受理未受理' }).waitFor(SOON);
    const city = await choose('duty', number);
    await city.locator('.course', { hasText: '应受理未受理' }).waitFor(SOON);
    await look(city, '09-proposed');
    await step(city, /^确认督办$/);
    await community.locator('.course', { hasText: '督办：应受理未受理' }).waitFor(SOON);
    await look(community, '10-supervised');
    await step(community, /^受理$/);
    await step(community, /^答复督办$/, '已受理，施工队在路上');
    await city.locator('.course', { hasText: '已答复' }).waitFor(SOON);
    await step(city, /^解除督办$/);
    await community.locator('.course').waitFor({ state: 'detached', ...SOON });
  }, 120_000);

  it('hand a shift over with what is open', async () => {
    const commander = await takeSeat(browser, {
      url: app.url,
      person: await app.signIn('commander'),
      ...SMALL,
    });
    const { page } = desks.duty;
    await Promise.all([page.goto('/duty'), commander.page.goto('/duty')]);
    await page.locator('.shift-bar .button', { hasText: '开始值班' }).click(SOON);
    await page.locator('.duty-main .button', { hasText: /^全部正常$/ }).click(SOON);
    await page.locator('.duty-main .button', { hasText: /^交班签字$/ }).click(SOON);
    await commander.page.locator('.duty-main .button', { hasText: /^接班签字$/ }).click(SOON);
    await page.locator('.shift-bar', { hasText: '当班 市级指挥员' }).waitFor(SOON);
    await page.locator('.duty-list li', { hasText: '已交接 1 次' }).first().waitFor(SOON);
    await look(page, '11-handed-over');
    const complaints = [...Object.values(desks), commander].flatMap((seat) => seat.complaints);
    expect(complaints.filter((complaint) => !TOLD.test(complaint))).toEqual([]);
  }, 120_000);
});
