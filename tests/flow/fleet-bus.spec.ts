import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewDevice, Team } from '@app/shared';
import { Redis } from 'ioredis';
import { Database } from '../../server/src/platform/database.js';
import { Metrics } from '../../server/src/platform/metrics.js';
import { readFixMessage } from '../../server/src/positions/fix-message.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { insertFixes } from '../../server/src/positions/track.query.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';
import { openRedis, type RunningRedis } from '../support/redis.js';

const TEAMS = 12;
const CHANNEL = 'xiongguan:fixes';
const SENDER_BYTES = 8;

let redis: RunningRedis;
let ears: Redis[];
let apps: readonly [RunningApp, RunningApp];
let people: readonly [Person, Person];
/** Devices of one team each; the even ones speak to the first process, the others to the second. */
let devices: NewDevice[];

beforeAll(async () => {
  redis = await openRedis();
  ears = [new Redis(redis.url), new Redis(redis.url)];
  const env = { REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
  const first = await openApp({ env });
  apps = [first, await openApp({ env, databaseUrl: first.databaseUrl })];
  people = [await apps[0].signIn('admin'), await apps[1].signIn('admin')];
  const teams = (await people[0].get<{ items: Team[] }>(`/api/teams?limit=${TEAMS}`)).body.items;
  devices = [];
  for (const { id } of teams)
    devices.push((await people[0].post<NewDevice>('/api/devices', { team: id })).body);
});
afterAll(async () => {
  for (const ear of ears) ear.disconnect();
  await apps[1].close();
  await apps[0].close();
  await redis.close();
});

interface Heard {
  readonly sender: string;
  readonly at: number;
  readonly bytes: number;
  readonly teams: readonly string[];
}

/** Listens to what processes tell each other about positions, until the returned function is called. */
async function listen(ear: Redis, heard: Heard[]): Promise<void> {
  ear.on('messageBuffer', (_: Buffer, message: Buffer) => {
    const fixes = [...readFixMessage(message.subarray(SENDER_BYTES))];
    const sender = message.toString('hex', 0, SENDER_BYTES);
    heard.push({
      sender,
      at: performance.now(),
      bytes: message.length,
      teams: fixes.map(({ team }) => team),
    });
  });
  await ear.subscribe(CHANNEL);
}

async function commitsOf({ app }: RunningApp): Promise<number> {
  const text = await app.get(Metrics).registry.getSingleMetricAsString('xiongguan_track_commit_fixes');
  return Number(/_count (\d+)/.exec(text)?.[1]);
}

/** A fleet tells nobody what it has heard: it is looked at. */
const until = (isThere: () => boolean) => insist(() => pause(20, isThere() || undefined), 15_000);

describe('positions between processes', () => {
  it('cross in one message a second and process, however many commits; Redis hears nothing else of them', async () => {
    const [ear, spy] = ears as [Redis, Redis];
    const heard: Heard[] = [];
    await listen(ear, heard);
    const commands: string[][] = [];
    const monitor = await spy.monitor();
    monitor.on('monitor', (_: string, args: string[]) => commands.push(args));

    const began = performance.now();
    const told = { fixes: 0, at: Date.now() - 600_000 };
    // Batch after batch, each its own commit, until both have spoken four times.
    const isOver = () =>
      new Set(heard.map(({ sender }) => sender)).size === 2 &&
      [...new Set(heard.map(({ sender }) => sender))].every(
        (one) => heard.filter(({ sender }) => sender === one).length >= 4,
      );
    const stream = async (which: 0 | 1) => {
      const mine = devices.filter((_, i) => i % 2 === which);
      while (!isOver()) {
        const at = new Date((told.at += 20)).toISOString();
        const batch = mine.map(({ id }, i) => ({ device: id, at, lng: 98.28 + i / 1_000, lat: 39.77 }));
        const { body } = await people[which].post<{ accepted: number }>('/api/positions', batch);
        told.fixes += body.accepted;
      }
    };
    await Promise.all([stream(0), stream(1)]);
    const seconds = (performance.now() - began) / 1_000;
    monitor.disconnect();

    const senders = [...new Set(heard.map(({ sender }) => sender))];
    expect(senders).toHaveLength(2);
    for (const one of senders) {
      const mine = heard.filter(({ sender }) => sender === one);
      expect(mine.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
      // Each team once, 36 bytes each.
      for (const { teams, bytes } of mine) {
        expect(new Set(teams).size).toBe(teams.length);
        expect(bytes).toBe(SENDER_BYTES + 9 + 36 * teams.length);
      }
    }
    const commits = (await commitsOf(apps[0])) + (await commitsOf(apps[1]));
    expect(commits).toBeGreaterThan(heard.length * 3);
    const channels = new Set(commands.map(([command, channel]) => `${command} ${channel}`));
    expect([...channels].sort()).toEqual(['publish xiongguan:fixes', 'publish xiongguan:heartbeat']);
    expect(commands.filter(([, channel]) => channel === CHANNEL).length).toBeLessThanOrEqual(
      heard.length + 2,
    );
    expect(told.fixes).toBeGreaterThan(commands.length);
  });

  it('are the same in both fleets afterwards', async () => {
    const fleets = apps.map(({ app }) => app.get(Fleet));
    const at = new Date().toISOString();
    const batch = devices.map(({ id }, i) => ({ device: id, at, lng: 98.2, lat: 39.7 + i / 1_000 }));
    await people[0].post('/api/positions', batch.slice(0, 5));
    await people[1].post('/api/positions', batch.slice(5));
    const isThere = (fleet: Fleet) =>
      devices.every(({ team }) => fleet.get(team)?.observedAt === Date.parse(at));
    await until(() => fleets.every(isThere));
    const [mine, theirs] = fleets.map((fleet) =>
      devices.map(({ team }) => {
        const { lng, lat, observedAt } = fleet.get(team) ?? {};
        return { team, lng: lng?.toFixed(7), lat: lat?.toFixed(7), observedAt };
      }),
    );
    expect(theirs).toEqual(mine);
  });

  it('that a killed process stored and told nobody are read by the others when one starts', async () => {
    const [{ app, databaseUrl }] = apps;
    const [{ id: device, team }] = devices as [NewDevice];
    const now = Date.now();
    const place = { lng: 98.31, lat: 39.81, speedKmh: NaN, headingDeg: NaN };
    await insertFixes(app.get(Database), [{ device, team, observedAt: now, receivedAt: now, ...place }]);
    const env = { REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
    const third = await openApp({ env, databaseUrl });
    try {
      await until(() => app.get(Fleet).get(team)?.observedAt === now);
    } finally {
      await third.close();
    }
  });
});
