import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fromWgs84, type NewDevice, type Team } from '@app/shared';
import pg from 'pg';
import { MqttDoor } from '../../server/src/positions/doors/mqtt/mqtt.door.js';
import { cloneDatabase, openApp, type RunningApp } from '../support/app.js';
import { freePort, openServer } from '../support/server.js';
import { MOSQUITTO, openBroker, type RunningBroker } from '../support/mosquitto.js';

const CITY = { lng: 98.2888, lat: 39.7721 };
const withBroker = MOSQUITTO ? describe : describe.skip;

const mapping = (protocol: '3.1.1' | '5', more: object = {}) => ({
  protocol,
  topics: [
    {
      topic: 'fleet/+/fix',
      device: { level: 2 },
      at: { path: 'ts', unit: 'ms' },
      lng: 'gps.lon',
      lat: 'gps.lat',
      speed: { path: 'gps.speed', unit: 'ms' },
    },
    {
      topic: 'gateway/#',
      list: 'vehicles',
      device: { path: 'id' },
      at: { path: 'time', unit: 'iso' },
      lng: 'lng',
      lat: 'lat',
      datum: 'gcj02',
    },
  ],
  ...more,
});

withBroker.each(['3.1.1', '5'] as const)('a broker of MQTT %s', (protocol) => {
  let broker: RunningBroker;
  let directory: string;
  let source: { url: string; drop: () => Promise<void> };
  let database: pg.Client;
  let app: RunningApp;

  beforeAll(async () => {
    broker = await openBroker();
    directory = await mkdtemp(join(tmpdir(), 'mapping-'));
    source = await cloneDatabase('city');
    database = new pg.Client(source.url);
    await database.connect();
    app = await opened();
  });
  afterAll(async () => {
    await app?.close();
    await database?.end();
    await source?.drop();
    await broker?.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function opened(more: object = {}): Promise<RunningApp> {
    const file = join(directory, 'mapping.json');
    await writeFile(file, JSON.stringify(mapping(protocol, more)));
    const env = { MQTT_URL: broker.url, MQTT_MAPPING: file };
    const running = await openApp({ databaseUrl: source.url, env });
    const wanted = (more as { connections?: number }).connections ?? 1;
    await until(() => Promise.resolve(running.app.get(MqttDoor).listening === wanted), 'the door listens');
    return running;
  }

  async function until(isMet: () => Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + 30_000; !(await isMet());) {
      if (Date.now() > end) throw new Error(`not within 30 s: ${what}`);
      await pause(20);
    }
  }

  async function newDevice(externalId: string): Promise<NewDevice> {
    const commander = await app.signIn('commander');
    const [team] = (await commander.get<{ items: Team[] }>('/api/teams')).body.items;
    return (await commander.post<NewDevice>('/api/devices', { team: team?.id, externalId })).body;
  }

  const stored = async (device: string) =>
    (await database.query('select * from track where device = $1 order by observed_at', [device])).rows;

  it('tells positions, one a message and in lists, of the datum that the mapping says', async () => {
    const device = await newDevice('车-1');
    const at = Date.now();
    const person = await broker.person(protocol);
    const gps = { lon: CITY.lng, lat: CITY.lat, speed: 10 };
    await person.publishAsync('fleet/车-1/fix', JSON.stringify({ ts: at, gps }), { qos: 1 });
    await until(async () => (await stored(device.id)).length === 1, 'the first position');
    const [lng, lat] = fromWgs84(CITY.lng, CITY.lat, 'gcj02');
    const vehicles = [
      { id: '车-1', time: new Date(at - 1_000).toISOString(), lng, lat },
      { id: 'nobody', time: new Date(at).toISOString(), lng, lat },
      { id: '车-1', time: 'soon', lng, lat },
    ];
    await person.publishAsync('gateway/a/b', JSON.stringify({ vehicles }), { qos: 1 });
    await until(async () => (await stored(device.id)).length === 2, 'the second position');
    const [late, first] = await stored(device.id);
    expect(first).toMatchObject({ ...CITY, observed_at: new Date(at), speed: 36 });
    expect(Math.abs(late.lng - CITY.lng)).toBeLessThan(1e-6);
    await person.endAsync();
  });

  it('tells what cannot be read without stopping what can, and what it tells twice is stored once', async () => {
    const device = await newDevice('车-2');
    const person = await broker.person(protocol);
    const good = JSON.stringify({ ts: Date.now(), gps: { lon: CITY.lng, lat: CITY.lat } });
    for (const payload of ['{', '7', 'null', '[]', good, good])
      await person.publishAsync('fleet/车-2/fix', payload, { qos: 1 });
    const last = JSON.stringify({ ts: Date.now() + 1_000, gps: { lon: CITY.lng, lat: CITY.lat } });
    await person.publishAsync('fleet/车-2/fix', last, { qos: 1 });
    await until(async () => (await stored(device.id)).length >= 2, 'the last position');
    expect(await stored(device.id)).toHaveLength(2);
    await person.endAsync();
  });

  it('keeps what it has while the server is away, and tells it when it is back', async () => {
    const device = await newDevice('车-3');
    await app.close();
    const person = await broker.person(protocol);
    const from = Date.now() - 60_000;
    for (let i = 0; i < 50; i++) {
      const body = { ts: from + i * 1_000, gps: { lon: CITY.lng, lat: CITY.lat } };
      await person.publishAsync('fleet/车-3/fix', JSON.stringify(body), { qos: 1 });
    }
    app = await opened();
    await until(async () => (await stored(device.id)).length === 50, 'all of them');
    await person.endAsync();
  });

  it('shares its messages among connections', async () => {
    const device = await newDevice('车-4');
    const shared = await opened({ shared: true, connections: 4 });
    const person = await broker.person(protocol);
    const from = Date.now() - 60_000;
    const sent = Array.from({ length: 60 }, (_, i) => {
      const body = { ts: from + i * 1_000, gps: { lon: CITY.lng, lat: CITY.lat } };
      return person.publishAsync('fleet/车-4/fix', JSON.stringify(body), { qos: 1 });
    });
    await Promise.all(sent);
    await until(async () => (await stored(device.id)).length === 60, 'all of them');
    await person.endAsync();
    await shared.close();
  });
});

it('a mapping that is wrong ends the start and says where', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mapping-'));
  const file = join(directory, 'mapping.json');
  await writeFile(file, JSON.stringify({ topics: [{ topic: 'a/#/b' }] }));
  const source = await cloneDatabase('empty');
  const begun = async (MQTT_MAPPING: string) => {
    const env = { DEMO: 'off', MQTT_URL: 'mqtt://127.0.0.1:1', MQTT_MAPPING };
    const server = await openServer(source.url, { port: await freePort(), env });
    return server.end('SIGKILL');
  };
  await expect(begun(file)).rejects.toThrow(
    /MQTT_MAPPING .*mapping\.json: bad mapping:\n {2}topics\.0\.topic/,
  );
  await expect(begun(`${file}.gone`)).rejects.toThrow('ENOENT');
  await expect(begun('')).rejects.toThrow('both of them wanted');
  await source.drop();
  await rm(directory, { recursive: true, force: true });
});
