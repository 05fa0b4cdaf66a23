import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Incident, Session } from '@app/shared';
import type { Browser, Locator } from 'playwright-core';
import { type Cluster, Stage } from '../chaos/stage.js';
import type { Person } from '../support/app.js';
import { openBrowser, type Seat, takeSeat } from '../support/browser.js';
import { insist } from '../support/insist.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { Screen } from '../support/screen.js';

interface Database {
  openCluster(): Promise<Cluster & { close(): Promise<void> }>;
  prepareTemplates(url: string, wanted: string[]): Promise<void>;
  cloneTemplate(url: string, template: string, name: string): Promise<string>;
}

/** A directory for a picture of every step, for whoever wants to look. */
const SHOTS = process.env['SHOTS'];
const PATIENCE_MS = 120_000;
const REPORT = { category: 'fire', severity: 2, lng: 98.28, lat: 39.77, source: 'phone' };

let cluster: Cluster & { close(): Promise<void> };
let logs: string;
let stage: Stage;
/** What the wall is connected to: the first server alone, so that it is blind when that is gone. */
let door: Proxy;
let browser: Browser;
let seat: Seat;
/** A screen of the same scope at the other server, which proves its picture at each pulse. */
let witness: Screen;
let duty: Person;
let shots = 0;

beforeAll(async () => {
  const support = async (file: string) => (await import(`../support/${file}`)) as Database;
  const { prepareTemplates, cloneTemplate } = await support('templates.mjs');
  cluster = await (await support('cluster.mjs')).openCluster();
  await prepareTemplates(cluster.url, ['city']);
  const databaseUrl = await cloneTemplate(cluster.url, 'city', 'watched');
  logs = await mkdtemp(join(tmpdir(), 'xiongguan-watched-'));
  const env = { WEB_DIR: resolve('web/dist') };
  stage = await Stage.open({ cluster, databaseUrl, logs, env, seed: 4, rate: 1, pace: 1 });
  duty = await stage.signIn('duty');
  const here = (await duty.get<Session>('/api/session')).body.centre.id;
  witness = await Screen.joined(there(), here);
  door = await openProxy(stage.servers[0]?.port ?? 0);
  browser = await openBrowser();
  seat = await takeSeat(browser, { url: `http://127.0.0.1:${door.port}`, person: duty });
  await seat.page.goto('/wall');
  await live();
}, 300_000);

afterAll(async () => {
  witness?.close();
  await browser?.close();
  await door?.close();
  await stage?.close();
  await cluster?.close();
  if (logs) await rm(logs, { recursive: true, force: true });
}, 120_000);

beforeEach(live, PATIENCE_MS);

const banner = (kind: string): Locator => seat.page.locator(`.banner${kind}`);
const wall = (state: string): Locator => seat.page.locator(`.wall${state}`);
const row = (place: string): Locator => seat.page.locator('.attention-row', { hasText: place });
const told = (place: string): Promise<Incident> => report(place, there());

/** The duty officer at the second server. */
function there(): Person {
  return Object.assign(Object.create(Object.getPrototypeOf(duty)), duty, { url: stage.servers[1]?.url });
}

async function live(): Promise<void> {
  await seat.page.waitForSelector('.wall:not(.is-blind) .link-state.is-live', { timeout: PATIENCE_MS });
}

/** Said until it is taken, and taken in once. */
function report(place: string, by: Person): Promise<Incident> {
  const body = { ...REPORT, place, externalId: place };
  return insist(async () => {
    const answer = await by.post<Incident>('/api/incidents', body, { 'idempotency-key': encodeURI(place) });
    return answer.status === 201 ? answer.body : undefined;
  }, PATIENCE_MS);
}

async function shot(name: string): Promise<void> {
  if (SHOTS) await seat.page.screenshot({ path: join(SHOTS, `${shots++}-${name}.png`) });
}

/** The wall says that it is blind, for how long and since when; what it showed is dimmed and still there. */
async function blind(rows: number, name: string): Promise<void> {
  await banner('.is-blind').waitFor({ timeout: PATIENCE_MS });
  await wall('.is-blind').waitFor();
  const age = async () => Number(/中断 (\d+) 秒/.exec(await banner('.is-blind').innerText())?.[1]);
  const first = await insist(async () => ((await age()) >= 3 ? await age() : undefined));
  await insist(async () => ((await age()) > first ? true : undefined));
  expect(await banner('.is-blind').innerText()).toMatch(/\d{2}:\d{2} 时的旧数据/);
  expect(await seat.page.locator('.attention-row').count()).toBe(rows);
  expect(await seat.page.locator('canvas.maplibregl-canvas').isVisible()).toBe(true);
  const dimmed = "getComputedStyle(document.querySelector('.wall.is-blind .map-canvas')).filter";
  expect(await seat.page.evaluate(dimmed)).not.toBe('none');
  await shot(name);
}

/** Live again; says for how long it was not and what that was, and holds what the server holds. */
async function back(place: string, name: string): Promise<void> {
  const said = banner('').filter({ hasText: /链路已恢复：中断 .*补收 [1-9]\d* 条记录/ });
  await said.waitFor({ timeout: PATIENCE_MS });
  await live();
  await row(place).waitFor({ timeout: PATIENCE_MS });
  await shot(name);
  await said.getByText('关闭').click();
  await same();
}

/** Nothing was ever found to differ, by the wall or by the witness; the wall's last proof is of what the witness holds. */
async function same(): Promise<void> {
  await insist(async () => (witness.socket.connected ? true : undefined), PATIENCE_MS);
  expect(witness.faults).toEqual([]);
  expect(await seat.page.locator('.link-state .is-repaired').count()).toBe(0);
  for (const { url } of stage.servers) {
    const metrics = await insist(async () => (await fetch(`${url}/metrics`)).text(), PATIENCE_MS);
    expect(metrics).toMatch(/^xiongguan_picture_differences_total 0$/m);
  }
}

const shownRows = () => seat.page.locator('.attention-row').count();

it('is blind while its server is killed with -9, and misses nothing that the other one took in', async () => {
  await report('击杀之前', duty);
  await row('击杀之前').waitFor({ timeout: PATIENCE_MS });
  await shot('live');
  const rows = await shownRows();
  const [first] = stage.servers;
  await first?.end('SIGKILL');
  await blind(rows, 'server-killed');
  await told('服务器被杀期间');
  await first?.start();
  await back('服务器被杀期间', 'server-back');
}, 300_000);

it('is blind while PostgreSQL is killed with -9, and shows what was reported at its return', async () => {
  const rows = await shownRows();
  await cluster.kill();
  await blind(rows, 'postgres-killed');
  await cluster.start();
  await told('数据库恢复之后');
  await live();
  await row('数据库恢复之后').waitFor({ timeout: PATIENCE_MS });
  await shot('postgres-back');
  await same();
}, 300_000);

it('says that positions stand still while Redis is away, and stays live for everything else', async () => {
  await stage.stopRedis();
  await banner('.is-still').waitFor({ timeout: PATIENCE_MS });
  await told('总线中断期间');
  await row('总线中断期间').waitFor({ timeout: PATIENCE_MS });
  await live();
  await shot('redis-stopped');
  await stage.startRedis();
  await banner('.is-still').waitFor({ state: 'detached', timeout: PATIENCE_MS });
  await live();
  await shot('redis-back');
  await same();
}, 300_000);
