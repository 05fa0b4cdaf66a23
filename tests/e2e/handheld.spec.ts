import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Centre,
  type CheckIn,
  type EvidenceList,
  type Handheld,
  type Incident,
  type IncidentItem,
  type Sos,
  toInstant,
  type TrackPage,
  WORDS,
} from '@app/shared';
import type { Browser, Page } from 'playwright-core';
import { handheldHans as say } from '../../web/src/ui/texts/handheld.zh-hans.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';
import { mint } from '../support/facts.js';
import { insist } from '../support/insist.js';
import { type Patrol, PATROL_PLACE, patrolOnShift, shownAt } from '../support/patrol.js';
import { writeQrVideo } from '../support/qr-video.js';

// The page of a team's handheld in a browser of a phone's size: one tap, no network, back again, nothing twice.

type List<T> = { items: T[] };
const PHONE = { width: 390, height: 844 };
const SOON = { timeout: 60_000 };
const ACTION = WORDS['zh-Hans'].action;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let app: RunningApp;
let browser: Browser;
let duty: Person;
let commander: Person;
let centre: string;
let made = 0;

beforeAll(async () => {
  app = await openApp({ env: { WEB_DIR: resolve('web/dist') } });
  browser = await openBrowser();
  [duty, commander] = await Promise.all([app.signIn('duty'), app.signIn('commander')]);
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  centre = items.find(({ level }) => level === 'county')?.id ?? '';
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const patrol = () => patrolOnShift({ app, commander, centre, callSign: `手机${++made}` });

/** A page of the handheld that has been told everything and would open without a network. */
async function open({ handheld, team }: Patrol, by: Browser = browser): Promise<Seat> {
  const seat = await takeSeat(by, { url: app.url, person: handheld, ...PHONE });
  await seat.context.grantPermissions(['geolocation'], { origin: app.url });
  const [longitude, latitude] = PATROL_PLACE;
  await seat.context.setGeolocation({ longitude, latitude, accuracy: 8 });
  await seat.page.goto('/patrol');
  await seat.page.locator('h1', { hasText: team.callSign }).waitFor(SOON);
  await seat.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  return seat;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const queued = (page: Page) => page.locator('.hh-queue li');
const noQueue = (page: Page) => page.locator('.hh-queue').waitFor({ state: 'detached', ...SOON });
const told = async ({ handheld }: Patrol) =>
  (await handheld.post<Handheld>('/api/handheld', { device: mint() })).body;

async function sendThere({ team }: Patrol): Promise<Incident> {
  const [lng, lat] = PATROL_PLACE;
  const report = { category: 'traffic', severity: 2, lng, lat, place: '新华路口', description: '两车相撞' };
  const { body } = await duty.post<Incident>('/api/incidents', report);
  const accepted = await duty.post<Incident>(`/api/incidents/${body.id}/accept`, { version: body.version });
  const step = { version: accepted.body.version, team: team.id };
  return (await duty.post<Incident>(`/api/incidents/${body.id}/dispatch`, step)).body;
}
async function stepIs(incident: Incident, wanted: string): Promise<Incident> {
  return insist(async () => {
    const { body } = await duty.get<Incident>(`/api/incidents/${incident.id}`);
    return body.assignments[0]?.step === wanted ? body : undefined;
  });
}

/** Of the team's track, the last hours. */
async function latitudesOf({ team }: Patrol): Promise<number[]> {
  const span = { from: toInstant(Date.now() - 3_600_000), to: toInstant(Date.now() + 60_000) };
  const query = new URLSearchParams({ team: team.id, ...span });
  return (await duty.get<TrackPage>(`/api/tracks?${query.toString()}`)).body.items.map(({ lat }) => lat);
}
/** Positions that wait on the machine. */
const keptIn = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve, reject) => {
    const opened = indexedDB.open('handheld-positions');
    opened.onerror = () => reject(opened.error);
    opened.onsuccess = () => {
      const counted = opened.result.transaction('fix').objectStore('fix').count();
      counted.onsuccess = () => resolve(counted.result);
    };
  })`);

async function typeCode(page: Page, code: string): Promise<void> {
  await button(page, say.checkIn).click();
  await page.getByLabel(say.code).fill(code);
  await button(page, say.checkInTyped).click();
  await page.locator('dialog').waitFor({ state: 'detached', ...SOON });
}
async function reportHazard(page: Page, words: string): Promise<void> {
  await button(page, say.report).click();
  await page.getByRole('radio', { name: '安全隐患' }).click();
  await page.getByLabel(say.words).fill(words);
  const file = { name: '井盖.png', mimeType: 'image/png', buffer: PNG };
  await page.locator('dialog input[type=file]').setInputFiles(file);
  await page.locator('dialog').getByRole('button', { name: say.send }).click();
  await page.locator('dialog').waitFor({ state: 'detached', ...SOON });
}

describe('the handheld', () => {
  it('shows shift, plan and assignment; what is done without a network is told once when it is back', async () => {
    const crew = await patrol();
    const incident = await sendThere(crew);
    const { page, context, complaints, close } = await open(crew);
    await page.locator('.hh-next', { hasText: crew.point.names.hans }).waitFor(SOON);
    await page.locator('.hh-incident', { hasText: '两车相撞' }).waitFor(SOON);
    await button(page, ACTION.acknowledge).click();
    await stepIs(incident, 'acknowledged');
    await button(page, ACTION.depart).click();
    await stepIs(incident, 'departed');
    await noQueue(page);
    await button(page, ACTION.arrive).waitFor(SOON);

    await context.setOffline(true);
    await page.reload();
    await page.locator('.hh-live.is-off').waitFor(SOON);
    await button(page, ACTION.arrive).click();
    await page.locator('.hh-incident', { hasText: say.waiting }).waitFor(SOON);
    await typeCode(page, shownAt(crew, Date.now()));
    await reportHazard(page, '井盖缺失');
    await queued(page).nth(3).waitFor(SOON);
    expect(await queued(page).count()).toBe(4);
    await stepIs(incident, 'departed');
    await page.reload();
    await page.locator('h1', { hasText: crew.team.callSign }).waitFor(SOON);
    await queued(page).nth(3).waitFor(SOON);

    await context.setOffline(false);
    await noQueue(page);
    const now = await stepIs(incident, 'arrived');
    expect(now.timeline.filter(({ action }) => action === 'arrive')).toHaveLength(1);
    const { checkIns } = await told(crew);
    expect(checkIns).toMatchObject([{ kind: 'rotating', doubt: null, checkpoint: crew.point.id }]);
    const mine = (await crew.handheld.get<List<IncidentItem>>('/api/incidents')).body.items;
    const reported = mine.filter(({ source }) => source === 'patrol');
    expect(reported).toMatchObject([{ category: 'hazard', description: '井盖缺失' }]);
    const kept = await duty.get<EvidenceList>(`/api/incidents/${reported[0]?.id}/evidence`);
    expect(kept.body.items).toMatchObject([{ name: '井盖.png' }]);
    expect(complaints.filter((said) => !/net::ERR_|503/.test(said))).toEqual([]);
    await close();
  }, 240_000);

  it('calls for help when the button is held, and not when it is touched', async () => {
    const crew = await patrol();
    const { page, close } = await open(crew);
    const sos = page.locator('.hh-sos');
    await sos.click();
    await sos.hover();
    await page.mouse.down();
    await page.locator('.hh-sos.is-calling').waitFor(SOON);
    await page.mouse.up();
    const call = await insist(async () => {
      const { items } = (await duty.get<List<Sos>>('/api/sos?open=true')).body;
      return items.find(({ team }) => team === crew.team.id);
    });
    const [lng, lat] = PATROL_PLACE;
    expect(call).toMatchObject({ state: 'calling', presses: 1, place: { lng, lat } });
    await duty.post(`/api/sos/${call.id}/answer`, {});
    await page.locator('.hh-sos', { hasText: say.sosAnswered }).waitFor(SOON);
    await close();
  }, 240_000);

  it('calls for help although the server has told it nothing yet, and says that the call has not gone out', async () => {
    const crew = await patrol();
    const { page, context, close } = await takeSeat(browser, {
      url: app.url,
      person: crew.handheld,
      ...PHONE,
    });
    const fails = /\/api\/(handheld|sos|incidents)/;
    await context.route(fails, (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto('/patrol');
    await page.locator('[role=status]', { hasText: say.untold }).waitFor(SOON);
    const sos = page.locator('.hh-sos');
    await sos.hover();
    await page.mouse.down();
    await page.locator('.hh-sos.is-calling', { hasText: say.sosWaiting }).waitFor(SOON);
    await page.mouse.up();
    await page.reload();
    await page.locator('.hh-sos.is-calling', { hasText: say.sosWaiting }).waitFor(SOON);
    await page.locator('.hh-queue li', { hasText: say.waiting }).waitFor(SOON);
    await context.unroute(fails);
    await insist(async () => {
      const { items } = (await duty.get<List<Sos>>('/api/sos?open=true')).body;
      return items.find(({ team }) => team === crew.team.id);
    });
    await page.locator('.hh-sos', { hasText: say.sosCalling }).waitFor(SOON);
    await page.locator('h1', { hasText: crew.team.callSign }).waitFor(SOON);
    await close();
  }, 240_000);

  it('keeps what waits for whoever made it, while another team has signed in', async () => {
    const [first, second] = [await patrol(), await patrol()];
    const { page, context, close } = await open(first);
    await context.setOffline(true);
    await page.locator('.hh-work').waitFor(SOON);
    await typeCode(page, shownAt(first, Date.now()));
    await queued(page).first().waitFor(SOON);

    await signInAs(page, second);
    await context.setOffline(false);
    await page.locator('h1', { hasText: second.team.callSign }).waitFor(SOON);
    await page.locator('.hh-queue', { hasText: say.othersQueue(1) }).waitFor(SOON);
    await typeCode(page, second.sheet.tag.code);
    await insist(async () => (await told(second)).checkIns[0]);
    await page.locator('.hh-queue li.is-foreign').waitFor(SOON);
    expect((await told(first)).checkIns).toEqual([]);

    await signInAs(page, first);
    await page.reload();
    await noQueue(page);
    const own = await insist(async (): Promise<CheckIn | undefined> => (await told(first)).checkIns[0]);
    expect(own.kind).toBe('rotating');
    expect((await told(second)).checkIns).toHaveLength(1);
    await close();
  }, 240_000);

  it('says what the server does not accept, and lets it go only by hand', async () => {
    const crew = await patrol();
    const incident = await sendThere(crew);
    const { page, context, close } = await open(crew);
    await button(page, ACTION.acknowledge).waitFor(SOON);
    await context.setOffline(true);
    await button(page, ACTION.acknowledge).click();
    const { version } = await stepIs(incident, 'dispatched');
    await duty.post(`/api/incidents/${incident.id}/recall`, { version, team: crew.team.id, reason: '改派' });
    await context.setOffline(false);
    await page.locator('.hh-queue li.is-refused').waitFor(SOON);
    await page.reload();
    await page.locator('.hh-queue li.is-refused').waitFor(SOON);
    await button(page, say.understood).click();
    await noQueue(page);
    await close();
  }, 240_000);

  it('tells where it is while its crew says yes to that; without a network it keeps it', async () => {
    const crew = await patrol();
    const { page, context, complaints, close } = await open(crew);
    const [longitude, latitude] = PATROL_PLACE;
    const moveTo = (metres: number) =>
      context.setGeolocation({ longitude, latitude: latitude + metres / 111_195, accuracy: 8 });
    const asked = page.getByRole('switch', { name: say.telling.title });
    const says = (words: string) => page.locator('.hh-telling', { hasText: words }).waitFor(SOON);
    await says(say.telling.off);
    expect(await latitudesOf(crew)).toEqual([]);

    await asked.click();
    await says(say.telling.on(8));
    expect(await page.locator('.hh-telling', { hasText: '待发' }).count()).toBe(0);
    await moveTo(20);
    await insist(async () => (await latitudesOf(crew)).find((lat) => Math.abs(lat - latitude) < 0.0003));
    await context.setOffline(true);
    await moveTo(100);
    await says('待发');
    await says(say.telling.kept(8));
    await page.reload();
    await says(say.telling.kept(8));
    expect(await asked.getAttribute('aria-checked')).toBe('true');
    await context.setOffline(false);
    await insist(async () => (await latitudesOf(crew)).find((lat) => lat > latitude + 0.0008));
    await page.locator('.hh-telling', { hasText: '待发' }).waitFor({ state: 'detached', ...SOON });

    await context.setOffline(true);
    let metres = 100;
    await insist(async () => {
      await moveTo(-++metres);
      return (await keptIn(page)) || undefined;
    });
    await says('待发');
    await asked.click();
    await says(say.telling.off);
    expect(await keptIn(page)).toBe(0);
    await context.setOffline(false);
    await moveTo(-200);
    await page.locator('.hh-next', { hasText: say.away(200) }).waitFor(SOON);
    expect(await keptIn(page)).toBe(0);
    expect((await latitudesOf(crew)).filter((lat) => lat < latitude)).toEqual([]);
    expect(complaints.filter((said) => !/net::ERR_|503/.test(said))).toEqual([]);
    await close();
  }, 240_000);

  it('says that the browser may not tell where it is', async () => {
    const crew = await patrol();
    const { page, close } = await takeSeat(browser, { url: app.url, person: crew.handheld, ...PHONE });
    await page.goto('/patrol');
    await page.getByRole('switch', { name: say.telling.title }).click(SOON);
    await page.locator('.hh-telling .is-wrong', { hasText: say.telling.fault.denied }).waitFor(SOON);
    await close();
  }, 240_000);

  it('reads the code of a checkpoint with its camera', async () => {
    const crew = await patrol();
    const folder = await mkdtemp(join(tmpdir(), 'film-'));
    const film = join(folder, 'code.y4m');
    await writeQrVideo(film, crew.sheet.tag.text);
    const eyes = await openBrowser(film);
    try {
      const { page } = await open(crew, eyes);
      await button(page, say.checkIn).click();
      await page.locator('dialog').waitFor({ state: 'detached', ...SOON });
      const [kept] = await insist(async () => {
        const { checkIns } = await told(crew);
        return checkIns.length > 0 ? checkIns : undefined;
      });
      expect(kept).toMatchObject({ kind: 'tag', checkpoint: crew.point.id });
    } finally {
      await eyes.close();
      await rm(folder, { recursive: true });
    }
  }, 240_000);

  it('can be put on a home screen', async () => {
    const crew = await patrol();
    const { page, close } = await open(crew);
    const href = await page.locator('link[rel=manifest]').getAttribute('href');
    const manifest = (await (await page.request.get(href ?? '')).json()) as Record<string, unknown>;
    expect(manifest).toMatchObject({ start_url: '/patrol', scope: '/patrol', lang: 'zh-Hans' });
    for (const { src } of manifest['icons'] as { src: string }[])
      expect((await page.request.get(src)).headers()['content-type']).toBe('image/png');
    await close();
  }, 240_000);
});

async function signInAs(page: Page, { handheld }: Patrol): Promise<void> {
  const [name = '', value = ''] = (handheld.headers['cookie'] ?? '').split('=');
  await page.context().addCookies([{ name, value, url: app.url }]);
}
