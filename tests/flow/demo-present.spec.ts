import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type DutyShiftItem,
  INCIDENT_STATUSES,
  type IncidentItem,
  type Instruction,
  type LogEntry,
} from '@app/shared';
import pg from 'pg';
import { cloneDatabase, openApp, type Person, type RunningApp } from '../support/app.js';
import { freePort, openServer } from '../support/server.js';

const LEVELS = ['duty', 'county', 'town', 'community'] as const;

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: pg.Client;
let app: RunningApp;

const AT = Date.now();

/** As if the city had been loaded a moment ago, and not been played to its end. */
const unplayed = () =>
  client.query(`insert into setting (key, value) values ('demo.present', $1) on conflict (key) do nothing`, [
    JSON.stringify({ at: AT }),
  ]);
const open = () => openApp({ databaseUrl: database.url });

const listed = async <T>(by: Person, path: string): Promise<T[]> =>
  (await by.get<{ items: T[] }>(path)).body.items;
const counts = async (): Promise<unknown> => {
  const { rows } = await client.query(
    `select (select count(*) from incident) as incidents, (select count(*) from timeline) as lines,
            (select count(*) from duty_shift) as shifts, (select count(*) from duty_log) as log,
            (select count(*) from instruction) as instructions, (select count(*) from team) as teams`,
  );
  return rows[0];
};

beforeAll(async () => {
  database = await cloneDatabase('city');
  client = new pg.Client(database.url);
  await client.connect();
  // The first start ends in the middle of it.
  await client.query(`
    create function cut_short() returns trigger language plpgsql as $$
      begin if (select count(*) from incident) >= 9 then raise 'cut short'; end if; return new; end $$;
    create trigger cut_short before insert on incident for each row execute function cut_short()`);
  await unplayed();
  await expect(openServer(database.url, { port: await freePort() })).rejects.toThrow('cut short');
  await client.query('drop function cut_short cascade');
  app = await open();
}, 120_000);
afterAll(async () => {
  await app?.close();
  await client?.end();
  await database?.drop();
});

describe('the last hours of the demo city', () => {
  it('leave an incident in each status, offers that wait, one that was returned, a supervision', async () => {
    const duty = await app.signIn('duty');
    const items = await listed<IncidentItem>(duty, '/api/incidents?limit=200');
    // A dispatched one is acknowledged by nobody: it waits for whoever looks.
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(INCIDENT_STATUSES));
    const supervised = items.flatMap(({ supervision }) => supervision?.state ?? []);
    expect(supervised).toContain('answered');
    const offers = items.flatMap((item) => item.offers ?? []).map(({ state }) => state);
    expect(new Set(offers)).toEqual(new Set(['offered', 'assisting']));
    const { rows } = await client.query<{ action: string }>('select distinct action from timeline');
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'return-offer',
        'rework',
        'follow-up',
        'extend',
        'supervise',
        'merge',
        'suspend',
      ]),
    );
    // The product itself may have moved on what fell due; nothing belongs to the simulator.
    expect(items.filter(({ simulated }) => simulated)).toEqual([]);
  });

  it('leave a shift that runs, one that was handed over, and a log at each of the four levels', async () => {
    for (const level of LEVELS) {
      const person = await app.signIn(level);
      const shifts = await listed<DutyShiftItem>(person, '/api/duty-shifts');
      expect({ level, states: shifts.map(({ state }) => state) }).toEqual({
        level,
        states: ['on', 'handed'],
      });
      const log = await listed<LogEntry>(person, '/api/duty-log');
      expect(log.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('leave instructions that were answered, signed for and not yet signed for', async () => {
    const sent = await listed<Instruction>(await app.signIn('duty'), '/api/instructions?box=sent');
    expect(new Set(sent.map(({ state }) => state))).toEqual(new Set(['sent', 'signed', 'answered']));
  });

  it('are there once, however often the first start was cut short', async () => {
    const before = await counts();
    await app.close();
    await unplayed();
    app = await open();
    expect(await counts()).toEqual(before);
    expect((await client.query(`select 1 from setting where key = 'demo.present'`)).rowCount).toBe(0);
  });
});
