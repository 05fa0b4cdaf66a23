import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type DeviceMessage,
  EMERGENCY_BIT,
  emptyTerminalFix,
  FrameWriter,
  fromWgs84,
  JT808,
  type NewDevice,
  type Team,
  type TerminalFix,
  writeFixes,
  writeGeneralAnswer,
  writeTerminalFix,
  writeTerminalNumber,
} from '@app/shared';
import { connect } from 'node:net';
import pg from 'pg';
import { type Order, Terminal, type TerminalIdentity } from '../../server/src/demo/client/terminal.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { EmergencyButton } from '../../server/src/teams/emergency-button.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

const CITY = { lng: 98.2888, lat: 39.7721 };
const [OK, FAILED, WRONG, UNSUPPORTED] = [0, 1, 2, 3];

let app: RunningApp;
let database: pg.Client;
let commander: Person;
let teams: Team[];
let port: number;
let numbers = 13_900_000_000;
const open: Terminal[] = [];

beforeAll(async () => {
  app = await openApp();
  database = new pg.Client(app.databaseUrl);
  await database.connect();
  commander = await app.signIn('commander');
  teams = (await commander.get<{ items: Team[] }>('/api/teams?limit=200')).body.items;
  port = app.app.get(Jt808Door).port ?? 0;
});

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.close();
});

afterAll(async () => {
  await database.end();
  await app.close();
});

/** A second of the clock on which terminals tell: they know no milliseconds. */
const nowS = () => Math.floor(Date.now() / 1_000) * 1_000;

const bodyOf = (change: Partial<TerminalFix> = {}): Uint8Array =>
  writeTerminalFix({ ...emptyTerminalFix(), isFixed: true, ...CITY, at: nowS(), ...change });

async function newDevice(more: object = {}, team = 0): Promise<NewDevice> {
  const wish = { team: teams[team]?.id, terminal: String(++numbers), ...more };
  const { status, body } = await commander.post<NewDevice>('/api/devices', wish);
  expect(status).toBe(201);
  return body;
}

async function opened(
  device: Pick<NewDevice, 'terminal'>,
  dialect: TerminalIdentity['dialect'] = 'y2013',
): Promise<Terminal> {
  const terminal = new Terminal({ number: device.terminal ?? '', dialect });
  open.push(terminal);
  await terminal.open(port);
  return terminal;
}

async function signedIn(
  device: NewDevice,
  dialect: TerminalIdentity['dialect'] = 'y2013',
): Promise<Terminal> {
  const terminal = await opened(device, dialect);
  expect(await terminal.authenticate(device.secret ?? '')).toBe(OK);
  return terminal;
}

async function stored(
  device: string,
): Promise<{ observed_at: Date; lng: number; lat: number; speed: number }[]> {
  return (await database.query('select * from track where device = $1 order by observed_at', [device])).rows;
}

async function until(isMet: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await isMet());)
    if (Date.now() > end) throw new Error('not within 15 s');
}

describe.each(['y2011', 'y2013', 'y2019'] as const)('a terminal of %s', (dialect) => {
  it('registers, shows its code, tells where it is, and is on the map', async () => {
    const device = await newDevice({ terminalId: 'T100' }, 1);
    const terminal = await opened(device, dialect);
    const { result, code } = await terminal.register('T100');
    expect([result, code.length > 20]).toEqual([OK, true]);
    expect(await terminal.authenticate(code)).toBe(OK);
    expect(await terminal.say(JT808.heartbeat)).toBe(OK);
    const at = nowS();
    expect(await terminal.say(JT808.location, bodyOf({ at, speedKmh: 36, headingDeg: 90 }))).toBe(OK);
    expect(await stored(device.id)).toMatchObject([{ observed_at: new Date(at), ...CITY, speed: 36 }]);
    const seen = await commander.get<Team>(`/api/teams/${device.team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, speedKmh: 36, headingDeg: 90 });
    // The secret from before ended when it was given another one.
    expect((await app.withToken(device.secret ?? '').post('/api/positions', [])).status).toBe(401);
    expect(await terminal.say(JT808.logout)).toBe(OK);
    await terminal.gone();
  });
});

describe('a stranger', () => {
  it('is told that there is no such terminal, or that its number is taken by one that showed its code', async () => {
    const nobody = await opened({ terminal: '19999999999' });
    expect(await nobody.register()).toMatchObject({ result: 4, code: '' });
    const device = await newDevice({ terminalId: 'T7' });
    const other = await opened(device);
    expect(await other.register('T8')).toMatchObject({ result: 4, code: '' });
    await signedIn(device);
    expect(await other.register('T7')).toMatchObject({ result: 3, code: '' });
  });

  it('is let in by no code but that of its number', async () => {
    const [mine, others] = [await newDevice(), await newDevice()];
    const terminal = await opened(mine);
    expect(await terminal.say(JT808.location, bodyOf())).toBe(FAILED);
    expect(await terminal.authenticate('guess')).toBe(FAILED);
    expect(await terminal.authenticate(others.secret ?? '')).toBe(FAILED);
    expect(await stored(mine.id)).toEqual([]);
  });

  it('that goes on without a code is ended', async () => {
    const terminal = await opened(await newDevice());
    const said = Array.from({ length: 12 }, () => terminal.say(JT808.heartbeat).catch(() => 'gone'));
    expect(new Set(await Promise.all(said))).toEqual(new Set([FAILED, 'gone']));
    await terminal.gone();
  });

  it('that speaks for another number on the way is ended', async () => {
    const [device, other] = [await newDevice(), await newDevice()];
    const terminal = await signedIn(device);
    const writer = new FrameWriter({
      is2019: false,
      number: writeTerminalNumber(other.terminal ?? '', false),
    });
    writer.add(JT808.location, 1, bodyOf());
    terminal.socket.write(writer.take());
    await terminal.gone();
    expect(await stored(other.id)).toEqual([]);
  });
});

describe('a list of terminals as CSV', () => {
  const listed = (csv: string, by = commander) =>
    by.post<{ items?: NewDevice[]; error?: { code: string; detail: { lines: object[] } } }>(
      '/api/devices/list',
      { csv },
    );

  it('is taken whole: each terminal is let in by the secret that it was told', async () => {
    const [first, second] = [String(++numbers), String(++numbers)];
    const csv = `callSign,terminal,datum\n${teams[3]?.callSign},${first},gcj02\n${teams[4]?.callSign},0${second},\n`;
    const { status, body } = await listed(csv);
    expect(status).toBe(201);
    expect(body.items).toMatchObject([
      { terminal: first, team: teams[3]?.id, datum: 'gcj02' },
      { terminal: second, team: teams[4]?.id, datum: 'wgs84' },
    ]);
    for (const device of body.items ?? []) await signedIn(device);
    await until(async () => {
      const { body: list } = await commander.get<{ items: NewDevice[] }>(`/api/devices?team=${teams[3]?.id}`);
      return list.items.some(({ terminal, enrolledAt }) => terminal === first && enrolledAt !== null);
    });
  });

  it('is refused whole, and every line that is wrong is named', async () => {
    const taken = (await newDevice()).terminal;
    const free = String(++numbers);
    const sign = teams[5]?.callSign;
    const { status, body } = await listed(
      `callSign,terminal\n${sign},${free}\n${sign},${taken}\n无此队,1\n${sign},x`,
    );
    expect([status, body.error?.code]).toEqual([422, 'device.list']);
    expect(body.error?.detail.lines).toEqual([
      { line: 3, column: 'terminal', seen: taken, why: 'taken' },
      { line: 4, column: 'callSign', seen: '无此队', why: 'unknown' },
      { line: 5, column: 'terminal', seen: 'x', why: 'malformed' },
    ]);
    expect((await database.query('select 1 from device where terminal = $1', [free])).rows).toEqual([]);
  });

  it('is not for whoever may not register devices', async () => {
    expect((await listed('callSign,terminal', await app.signIn('duty'))).status).toBe(403);
  });
});

describe('a code', () => {
  it('that is rotated ends its connection, and the terminal may register anew', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const rotated = await commander.post<NewDevice>(`/api/devices/${device.id}/rotate`, {});
    expect(rotated.status).toBe(201);
    await terminal.gone();
    const again = await opened(device);
    expect(await again.authenticate(device.secret ?? '')).toBe(FAILED);
    const { code } = await again.register();
    expect(await again.authenticate(code)).toBe(OK);
  });

  it('that a second connection shows ends the first one, and the audit says so', async () => {
    const device = await newDevice();
    const first = await signedIn(device);
    const second = await signedIn(device);
    await first.gone();
    expect(await second.say(JT808.location, bodyOf())).toBe(OK);
    const audited = () =>
      database.query("select 1 from audit where action = 'device.taken-over' and subject = $1", [
        `device:${device.id}`,
      ]);
    let rows = 0;
    for (const end = Date.now() + 10_000; rows === 0 && Date.now() < end;)
      rows = (await audited()).rows.length;
    expect(rows).toBe(1);
  });

  it('that another process lets in ends the connection here', async () => {
    const device = await newDevice();
    const first = await signedIn(device);
    const other = await openApp({ databaseUrl: app.databaseUrl });
    const there = new Terminal({ number: device.terminal ?? '', dialect: 'y2013' });
    await there.open(other.app.get(Jt808Door).port ?? 0);
    expect(await there.authenticate(device.secret ?? '')).toBe(OK);
    await first.gone();
    expect(await there.say(JT808.heartbeat)).toBe(OK);
    await other.close();
    await there.gone();
  });
});

describe('a location', () => {
  it('that comes twice is stored once; a late one goes to the track and moves nothing', async () => {
    const device = await newDevice({}, 2);
    const terminal = await signedIn(device);
    const at = nowS();
    for (let round = 0; round < 2; round++)
      expect(await terminal.say(JT808.location, bodyOf({ at }))).toBe(OK);
    const late = [3, 2, 1].map((minutes) => bodyOf({ at: at - minutes * 60_000, lng: 98.28 }));
    expect(await terminal.say(JT808.locationBatch, writeFixes(late, true))).toBe(OK);
    expect((await stored(device.id)).map(({ lng }) => lng)).toEqual([98.28, 98.28, 98.28, CITY.lng]);
    const seen = await commander.get<Team>(`/api/teams/${device.team}`);
    expect(seen.body.position).toMatchObject(CITY);
  });

  it('that cannot be meant is kept apart and not asked for again; one that cannot be is wrong', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const at = nowS();
    expect(await terminal.say(JT808.location, bodyOf({ at: at - 1_000 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ at, lat: 45 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ at: at + 3_600_000 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ lat: CITY.lng, lng: CITY.lat }))).toBe(WRONG);
    expect(await terminal.say(JT808.location, bodyOf().subarray(0, 20))).toBe(WRONG);
    expect(await stored(device.id)).toHaveLength(1);
    const apart = await database.query('select code from track_flagged where device = $1 order by code', [
      device.id,
    ]);
    expect(apart.rows.map(({ code }) => code)).toEqual(['position.jump', 'time.future']);
  });

  it('without satellites is answered and is no fix', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    expect(await terminal.say(JT808.location, bodyOf({ isFixed: false }))).toBe(OK);
    expect(await stored(device.id)).toEqual([]);
  });

  it('is brought to WGS 84 from the datum of its device, and from GCJ-02 where a plug-in shifted it', async () => {
    const [lng, lat] = fromWgs84(CITY.lng, CITY.lat, 'gcj02');
    const [bdLng, bdLat] = fromWgs84(CITY.lng, CITY.lat, 'bd09');
    const cases: [object, Partial<TerminalFix>][] = [
      [{ datum: 'gcj02' }, { lng, lat }],
      [{ datum: 'bd09' }, { lng: bdLng, lat: bdLat }],
      [{ datum: 'wgs84' }, { lng, lat, isShifted: true }],
    ];
    for (const [more, place] of cases) {
      const device = await newDevice(more);
      const terminal = await signedIn(device);
      expect(await terminal.say(JT808.location, bodyOf(place))).toBe(OK);
      const [row] = await stored(device.id);
      expect(Math.abs((row?.lng ?? 0) - CITY.lng) + Math.abs((row?.lat ?? 0) - CITY.lat)).toBeLessThan(4e-6);
    }
  });

  it('that answers a question is one like others', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const answer = Uint8Array.from([0, 9, ...bodyOf()]);
    expect(await terminal.say(JT808.locationAnswer, answer)).toBe(OK);
    expect(await stored(device.id)).toHaveLength(1);
  });
});

describe('messages', () => {
  it('that we do not know, or that are encrypted, are answered as unsupported', async () => {
    const terminal = await signedIn(await newDevice());
    expect(await terminal.say(0x0801, Uint8Array.of(1, 2, 3))).toBe(UNSUPPORTED);
    expect(await terminal.say(0x0fff)).toBe(UNSUPPORTED);
  });

  it('in sub-packages are put together, whatever their order; what is missing is asked for', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device, 'y2019');
    const at = nowS() - 300_000;
    const fixes = Array.from({ length: 60 }, (_, i) => bodyOf({ at: at + i * 1_000 }));
    expect(await terminal.say(JT808.locationBatch, writeFixes(fixes, true))).toBe(OK);
    expect(await stored(device.id)).toHaveLength(60);

    const number = writeTerminalNumber(device.terminal ?? '', true);
    const writer = new FrameWriter({ is2019: true, number });
    const more = writeFixes(
      Array.from({ length: 60 }, (_, i) => bodyOf({ at: at + (60 + i) * 1_000 })),
      true,
    );
    const part = (index: number) => {
      const body = more.subarray((index - 1) * 600, index * 600);
      writer.add(JT808.locationBatch, 500 + index - 1, body, { total: 4, index });
      return writer.take();
    };
    const asked = new Promise<Uint8Array>((resolve) => {
      terminal.onOrder = ({ id, body }) => id === JT808.resendParts && resolve(body);
    });
    for (const index of [4, 2, 1]) terminal.socket.write(part(index));
    expect(Buffer.from(await asked).toString('hex')).toBe('01f400010003');
    terminal.socket.write(part(3));
    let rows = 0;
    for (const end = Date.now() + 10_000; rows < 120 && Date.now() < end;)
      rows = (await stored(device.id)).length;
    expect(rows).toBe(120);
  });

  it('cut at every byte and run together are read as they were written', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const number = writeTerminalNumber(device.terminal ?? '', false);
    const writer = new FrameWriter({ is2019: false, number });
    const at = nowS() - 60_000;
    for (let i = 0; i < 20; i++) writer.add(JT808.location, 100 + i, bodyOf({ at: at + i * 1_000 }));
    const bytes = writer.take();
    for (let from = 0; from < bytes.length; from += 7) terminal.socket.write(bytes.subarray(from, from + 7));
    expect(await terminal.say(JT808.location, bodyOf())).toBe(OK);
    expect(await stored(device.id)).toHaveLength(21);
  });
});

describe('the emergency button', () => {
  const pressesOf = async (device: string) =>
    (await database.query('select * from emergency_press where device = $1 order by observed_at', [device]))
      .rows;

  it('is one press while it is held, told again or late, and another one after it was let go', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const at = nowS() - 120_000;
    const alarms = EMERGENCY_BIT;
    for (const after of [0, 1_000, 2_000])
      expect(await terminal.say(JT808.location, bodyOf({ at: at + after, alarms }))).toBe(OK);
    expect(await pressesOf(device.id)).toMatchObject([
      { team: device.team, observed_at: new Date(at), released_at: null, ...CITY },
    ]);
    expect(await terminal.say(JT808.location, bodyOf({ at: at + 3_000 }))).toBe(OK);
    const late = [bodyOf({ at: at + 1_000, alarms }), bodyOf({ at: at + 2_000, alarms })];
    expect(await terminal.say(JT808.locationBatch, writeFixes(late, true))).toBe(OK);
    expect(await pressesOf(device.id)).toMatchObject([{ released_at: new Date(at + 3_000) }]);
    expect(await terminal.say(JT808.location, bodyOf({ at: at + 90_000, alarms }))).toBe(OK);
    expect(await pressesOf(device.id)).toHaveLength(2);
  });

  it('is heard from a terminal without satellites and with a bad clock, also after it came back', async () => {
    const device = await newDevice();
    const first = await signedIn(device);
    const alarms = EMERGENCY_BIT;
    expect(await first.say(JT808.location, bodyOf({ alarms, isFixed: false }).fill(0, 22, 28))).toBe(OK);
    const again = await signedIn(device);
    expect(await again.say(JT808.location, bodyOf({ alarms }))).toBe(OK);
    expect(await pressesOf(device.id)).toMatchObject([{ lng: null, released_at: null }]);
  });

  it('tells its listeners in the transaction that records it', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const heard: string[] = [];
    let isRefusing = true;
    app.app.get(EmergencyButton).onPressed(async (tx, press) => {
      if (press.device !== device.id) return [];
      const [row] = await tx.query('select team from emergency_press where id = $1', [press.id]);
      heard.push(row.team);
      if (isRefusing) throw new Error('not now');
      return [];
    });
    const body = bodyOf({ alarms: EMERGENCY_BIT });
    expect(await terminal.say(JT808.location, body)).toBe(FAILED);
    expect(await pressesOf(device.id)).toEqual([]);
    isRefusing = false;
    expect(await terminal.say(JT808.location, body)).toBe(OK);
    expect(heard).toEqual([device.team, device.team]);
    expect(await pressesOf(device.id)).toHaveLength(1);
  });
});

describe('what is sent to a terminal', () => {
  const heardBy = (terminal: Terminal, id: number): Promise<Order> =>
    new Promise((resolve) => {
      terminal.onOrder = (order) => order.id === id && resolve(order);
    });
  const send = (device: NewDevice, draft: object, by = commander) =>
    by.post<DeviceMessage>(`/api/devices/${device.id}/messages`, draft);
  const becomes = (device: NewDevice, wanted: Partial<DeviceMessage>) =>
    until(async () => {
      const { body } = await commander.get<{ items: DeviceMessage[] }>(`/api/devices/${device.id}/messages`);
      const [newest] = body.items;
      return Object.entries(wanted).every(([key, value]) => newest?.[key as keyof DeviceMessage] === value);
    });

  it.each([
    ['y2013', [0x0d]],
    ['y2019', [0x0d, 1]],
  ] as const)('is a text in GBK for one of %s, and its answer is noted', async (dialect, head) => {
    const device = await newDevice();
    const terminal = await signedIn(device, dialect);
    const heard = heardBy(terminal, JT808.text);
    expect((await send(device, { kind: 'text', text: '雄关201 返程', urgent: true })).status).toBe(201);
    const order = await heard;
    expect([...order.body.subarray(0, head.length)]).toEqual(head);
    expect(new TextDecoder('gbk').decode(order.body.subarray(head.length))).toBe('雄关201 返程');
    await becomes(device, { state: 'sent', result: null });
    terminal.tell(
      JT808.terminalAnswer,
      writeGeneralAnswer({ serial: order.serial, id: order.id, result: 0 }),
    );
    await becomes(device, { state: 'answered', result: 0 });
    const kept = await database.query('select body from device_message where device = $1', [device.id]);
    expect(kept.rows).toEqual([{ body: {} }]);
  });

  it('is a question that a location answers, and tracking for a while', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const asked = heardBy(terminal, JT808.queryLocation);
    await send(device, { kind: 'query' });
    const { serial } = await asked;
    const answer = Uint8Array.from([serial >> 8, serial & 255, ...bodyOf()]);
    expect(await terminal.say(JT808.locationAnswer, answer)).toBe(OK);
    await becomes(device, { kind: 'query', state: 'answered', result: 0 });
    expect(await stored(device.id)).toHaveLength(1);
    const tracked = heardBy(terminal, JT808.trackLocation);
    await send(device, { kind: 'track', everyS: 5, forS: 600 });
    expect(Buffer.from((await tracked).body).toString('hex')).toBe('000500000258');
  });

  it('waits for its terminal, and is nobody else’s to send', async () => {
    const device = await newDevice();
    expect((await send(device, { kind: 'query' })).body).toMatchObject({ state: 'waiting' });
    const terminal = await opened(device);
    const heard = heardBy(terminal, JT808.queryLocation);
    await terminal.authenticate(device.secret ?? '');
    await heard;
    expect((await send(device, { kind: 'text', text: '🚓' })).status).toBe(400);
    expect((await send(device, { kind: 'text', text: '长'.repeat(500) })).status).toBe(201);
    expect((await send(device, { kind: 'query' }, await app.signIn('display'))).status).toBe(403);
    const plain = await newDevice({ terminal: undefined });
    expect((await send(plain, { kind: 'query' })).status).toBe(404);
  });
});

describe('a flood', () => {
  it('of a mebibyte without an end is ended, and another terminal notices nothing', async () => {
    const device = await newDevice();
    const terminal = await signedIn(device);
    const flood = connect({ port, host: '127.0.0.1' });
    flood.on('error', () => undefined);
    const gone = new Promise((resolve) => flood.once('close', resolve));
    flood.write(Buffer.concat([Buffer.of(0x7e), Buffer.alloc(1 << 20, 0x41)]));
    for (let i = 0; i < 20; i++)
      expect(await terminal.say(JT808.location, bodyOf({ at: nowS() - 60_000 + i * 1_000 }))).toBe(OK);
    await gone;
    expect(await stored(device.id)).toHaveLength(20);
  });

  it('of messages from one terminal is slowed down and answered all the same', async () => {
    const [loud, quiet] = [await newDevice(), await newDevice()];
    const [shouting, speaking] = [await signedIn(loud), await signedIn(quiet)];
    const at = nowS() - 3_600_000;
    const said = Promise.all(
      Array.from({ length: 1_200 }, (_, i) => shouting.say(JT808.location, bodyOf({ at: at + i * 1_000 }))),
    );
    expect(await speaking.say(JT808.location, bodyOf())).toBe(OK);
    expect(new Set(await said)).toEqual(new Set([OK]));
    expect(await stored(loud.id)).toHaveLength(1_200);
  });
});

describe('what is secret', () => {
  it('stays out of the picture: no card names a terminal', async () => {
    const device = await newDevice({ terminalId: 'SECRET-ID' });
    await signedIn(device);
    const told = await database.query('select 1 from picture where card::text ~ $1', [
      `SECRET-ID|${device.terminal}`,
    ]);
    expect(told.rows).toEqual([]);
  });
});
