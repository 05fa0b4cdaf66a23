import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { simulate } from '../../server/src/demo/simulator/simulator.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { openApp, type RunningApp } from '../support/app.js';
import { openProxy } from '../support/proxy.js';

const SECRET = 'a-secret-of-the-simulator-alone';

let app: RunningApp;
let database: pg.Client;

beforeAll(async () => {
  app = await openApp({ env: { SIMULATOR_SECRET: SECRET } });
  database = new pg.Client(app.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await app.close();
});

async function until(isMet: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isMet());) {
    if (Date.now() > end) throw new Error(`not within a minute: ${what}`);
    await pause(50);
  }
}

const count = async (sql: string): Promise<number> => (await database.query(sql)).rows[0].count;

it('a door that lets nobody in is said to be the wrong one, at the start', async () => {
  const other = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port: jt808 } = other.address() as AddressInfo;
  const stop = new AbortController();
  const settings = { url: app.url, secret: SECRET, seed: 7, rate: 1, pace: 1, teams: 0, jt808 };
  const wrong = `no JT/T 808 terminal is let in at 127.0.0.1:${jt808} (0 of `;
  await expect(simulate(settings, stop.signal)).rejects.toThrow(wrong);
  stop.abort();
  await new Promise((done) => other.close(done));
});

it('every team of the demo patrols as a JT/T 808 terminal, also after its line was cut', async () => {
  const proxy = await openProxy(app.app.get(Jt808Door).port ?? 0);
  const stop = new AbortController();
  const settings = { url: app.url, secret: SECRET, seed: 7, rate: 1, pace: 1, teams: 0, jt808: proxy.port };
  const playing = simulate(settings, stop.signal);
  const teams = await count('select count(*) from team');
  const TERMINALS = 'from device d where d.terminal is not null and d.revoked_at is null';
  const told = `select count(distinct d.team) ${TERMINALS} and exists (select from track t where t.device = d.id)`;
  await until(async () => (await count(told)) === teams, 'a track from every terminal');
  const enrolled = `select count(*) ${TERMINALS} and d.enrolled_at is not null`;
  expect(await count(enrolled)).toBe(teams);

  const from = new Date();
  proxy.drop();
  const later = `select count(distinct d.id) ${TERMINALS} and exists (
    select from track t where t.device = d.id and t.observed_at > '${from.toISOString()}')`;
  await until(async () => (await count(later)) > teams / 2, 'tracks from terminals that came back');
  stop.abort();
  await playing;
  await proxy.close();
});
