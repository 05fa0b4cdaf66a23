import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Alert,
  type AlertCard,
  type Centre,
  type FixesAnswer,
  type Headcounts,
  LIAISON_DESKS,
  type NewDevice,
  type PatrolPlanned,
  type PositionDoor,
  type Team,
  toMs,
} from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { DeviationSchedule } from '../../server/src/risk/deviation.schedule.js';
import { DeviationWatch } from '../../server/src/risk/deviation-watch.js';
import { DeviceSeen } from '../../server/src/teams/device-seen.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';
import { Screen } from '../support/screen.js';

// A door that fails is one alert, and no team is called lost for it.

const MINUTE = 60_000;
const CITY = { lng: 98.2888, lat: 39.7721 };
let app: RunningApp;
let commander: Person;
let home: string;
let screen: Screen;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
  home = items.find(({ level }) => level === 'county')?.id ?? '';
  screen = await Screen.joined(commander, items[0]?.id ?? '');
}, 120_000);
afterAll(async () => {
  screen?.close();
  await app?.close();
});
afterEach(() => expect(screen.faults).toEqual([]));

const sql = (text: string, parameters: unknown[]) => app.app.get(Database).query(text, parameters);

interface Patrol {
  readonly team: string;
  readonly device: string;
  readonly door: Person;
}

async function patrol(forces: Headcounts = { police: 2 }): Promise<Patrol> {
  const draft = { centre: home, mode: 'vehicle', tier: 3, forces, status: 'patrolling' };
  const team = (await commander.post<Team>('/api/teams', { ...draft, callSign: `门${++made}` })).body.id;
  const { id, secret } = (await commander.post<NewDevice>('/api/devices', { team })).body;
  const from = new Date(Date.now() + 32 * 60 * MINUTE).toISOString().slice(0, 10);
  const shift = { teams: [team], pattern: 'peak', from, days: 1, crews: ['A'] };
  expect((await commander.post<PatrolPlanned>('/api/shifts', shift)).status).toBe(201);
  return { team, device: id, door: app.withToken(secret ?? '') };
}

async function speak({ device, door }: Patrol, agoMs = 0): Promise<void> {
  const at = new Date(Date.now() - agoMs).toISOString();
  const { body } = await door.post<FixesAnswer>('/api/positions', [{ device, at, ...CITY }]);
  expect(body.accepted).toBe(1);
  await app.app.get(DeviceSeen).write();
}

/** On shift since two hours, all of them last heard eight minutes ago through a door; the server looks only now. */
async function silentSince(patrols: readonly Patrol[], door: PositionDoor): Promise<void> {
  for (const one of patrols) await speak(one, 8 * MINUTE);
  const teams = patrols.map(({ team }) => team);
  const [start, end] = [new Date(Date.now() - 120 * MINUTE), new Date(Date.now() + 240 * MINUTE)];
  await sql('update team set status_at = $2 where id = any($1)', [teams, start]);
  await sql('update device set created_at = $2 where team = any($1)', [teams, start]);
  await sql(
    "update device_seen set seen_at = now() - interval '8 minutes', door = $2 where device = any($1)",
    [patrols.map(({ device }) => device), door],
  );
  await sql(
    "update patrol_shift set starts_at = $2, started_at = $2, ends_at = $3, state = 'on' where team = any($1)",
    [teams, start, end],
  );
}

/** As the process looks that leads, or one that has just taken the lead. */
async function look(isNew = false): Promise<void> {
  if (isNew) app.app.get(DeviationWatch).forget();
  await app.app.get(DeviationSchedule).look();
}
const doorsOn = ({ picture }: Screen) =>
  [...picture.items()]
    .filter(({ kind }) => kind === 'alert')
    .map(({ card }) => card as AlertCard)
    .filter((card) => card.door);
const ofDoor = (door: PositionDoor) => doorsOn(screen).filter((card) => card.door?.door === door);
const lostOf = (patrols: readonly Patrol[]) =>
  sql("select id from alert where deviation->>'team' = any($1)", [patrols.map(({ team }) => team)]);

describe('a door through which nothing comes any more', () => {
  it('is one alert, holds back those of its teams, and is over with the first word through it', async () => {
    const patrols = await Promise.all(Array.from({ length: 6 }, () => patrol()));
    await silentSince(patrols, 'mqtt');
    const [card] = await insist(async () => {
      await look();
      await screen.until(() => ofDoor('mqtt').length > 0, 'the door is told');
      return ofDoor('mqtt');
    });
    expect(card).toMatchObject({
      rule: 'door',
      severity: 2,
      category: 'infrastructure',
      state: 'raised',
      centre: home,
      door: { door: 'mqtt', to: null },
    });
    expect(Math.abs(Date.now() - 8 * MINUTE - toMs(card?.door?.from ?? ''))).toBeLessThan(2 * MINUTE);
    await Promise.all([look(), look(), look(true)]);
    expect(await lostOf(patrols)).toEqual([]);
    expect(await sql("select id from alert where door->>'door' = 'mqtt'", [])).toHaveLength(1);
    expect(JSON.stringify(card)).not.toContain(patrols[0]?.team);

    const [back, ...others] = patrols;
    if (!back) throw new Error('six patrols are wanted');
    await speak(back);
    await sql("update device_seen set door = 'mqtt' where device = $1", [back.device]);
    await insist(async () => {
      await look();
      await screen.until(() => ofDoor('mqtt').length === 0, 'the door is heard');
      return true;
    });
    // The others have their time from the return on, also with a process that takes the lead now.
    await look(true);
    expect(await lostOf(others)).toEqual([]);
    const ended = (await commander.get<Alert>(`/api/alerts/${card?.id}`)).body;
    expect(ended).toMatchObject({ state: 'resolved', version: 2, door: { door: 'mqtt' } });
    expect(ended.door?.to).not.toBeNull();
    // Six minutes later those that are not back are lost, each by itself.
    await sql(
      `update alert set door = jsonb_set(door, '{to}', to_jsonb((door->>'to')::float8 - 360000)) where id = $1`,
      [card?.id],
    );
    await look(true);
    expect(await lostOf(others)).toHaveLength(others.length);
  });

  it('is none where people have dismissed it: its teams are called lost again', async () => {
    const patrols = await Promise.all(Array.from({ length: 5 }, () => patrol()));
    await silentSince(patrols, 'jt808');
    const [card] = await insist(async () => {
      await look();
      await screen.until(() => ofDoor('jt808').length > 0, 'the door is told');
      return ofDoor('jt808');
    });
    const step = { version: 1, reason: '该通道已停用' };
    expect((await commander.post(`/api/alerts/${card?.id}/dismiss`, step)).status).toBe(200);
    await look(true);
    expect(await lostOf(patrols)).toHaveLength(5);
    expect(await sql("select id from alert where door->>'door' = 'jt808'", [])).toHaveLength(1);
  });

  it('is not said of few, who are lost each by itself', async () => {
    const patrols = [await patrol(), await patrol(), await patrol()];
    await silentSince(patrols, 'socket');
    await look(true);
    expect(await lostOf(patrols)).toHaveLength(3);
    expect(await sql("select id from alert where door->>'door' = 'socket'", [])).toEqual([]);
  });

  it('is told to the liaison desk whose teams it holds back, without a team, and to no other desk', async () => {
    const desks = [LIAISON_DESKS['armed-police-liaison'].id, LIAISON_DESKS['militia-liaison'].id];
    const desk = await Screen.joined(await app.signIn('liaison'), desks[0] ?? '');
    const led = await patrol({ 'armed-police': 3 });
    await silentSince([led, ...(await Promise.all(Array.from({ length: 5 }, () => patrol())))], 'socket');
    const [card] = await insist(async () => {
      await look();
      await desk.until(() => doorsOn(desk).length > 0, 'the desk is told of the door');
      return doorsOn(desk);
    });
    expect(card).toMatchObject({ rule: 'door', door: { door: 'socket', to: null }, incidents: [] });
    expect(JSON.stringify(card)).not.toContain(led.team);
    const [told] = await sql('select others from alert where id = $1', [card?.id]);
    expect(told).toEqual({ others: desks.slice(0, 1) });
    expect(desk.faults).toEqual([]);
    desk.close();
  });
});
