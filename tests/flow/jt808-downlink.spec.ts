import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type DeviceMessage,
  EMERGENCY_BIT,
  JT808,
  type NewDevice,
  type Team,
  writeFixes,
  writeGeneralAnswer,
} from '@app/shared';
import { connect } from 'node:net';
import { type Order, Terminal } from '../../server/src/demo/client/terminal.js';
import { EmergencyButton } from '../../server/src/teams/emergency-button.js';
import { CITY, OK, FAILED, nowS, bodyOf, until, TerminalRig } from '../support/terminal-rig.js';

let rig: TerminalRig;

beforeAll(async () => {
  rig = await TerminalRig.open();
});
afterEach(() => rig.hangUp());
afterAll(() => rig?.close());

describe('the emergency button', () => {
  const pressesOf = async (device: string) =>
    (
      await rig.database.query('select * from emergency_press where device = $1 order by observed_at', [
        device,
      ])
    ).rows;

  it('is one press while it is held, told again or late, and another one after it was let go', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
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
    const device = await rig.newTerminal();
    const first = await rig.signedIn(device);
    const alarms = EMERGENCY_BIT;
    expect(await first.say(JT808.location, bodyOf({ alarms, isFixed: false }).fill(0, 22, 28))).toBe(OK);
    const again = await rig.signedIn(device);
    expect(await again.say(JT808.location, bodyOf({ alarms }))).toBe(OK);
    expect(await pressesOf(device.id)).toMatchObject([{ lng: null, released_at: null }]);
  });

  it('tells its listeners in the transaction that records it', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const heard: string[] = [];
    let isRefusing = true;
    rig.app.app.get(EmergencyButton).onPressed(async (tx, press) => {
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
  const send = (device: NewDevice, draft: object, by = rig.commander) =>
    by.post<DeviceMessage>(`/api/devices/${device.id}/messages`, draft);
  const becomes = (device: NewDevice, wanted: Partial<DeviceMessage>) =>
    until(async () => {
      const { body } = await rig.commander.get<{ items: DeviceMessage[] }>(
        `/api/devices/${device.id}/messages`,
      );
      const [newest] = body.items;
      return Object.entries(wanted).every(([key, value]) => newest?.[key as keyof DeviceMessage] === value);
    });

  it.each([
    ['y2013', [0x0d]],
    ['y2019', [0x0e, 1]],
  ] as const)('is a text in GBK for one of %s, and its answer is noted', async (dialect, head) => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device, dialect);
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
    const kept = await rig.database.query('select body from device_message where device = $1', [device.id]);
    expect(kept.rows).toEqual([{ body: {} }]);
  });

  it('is a question that a location answers, and tracking for a while', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const asked = heardBy(terminal, JT808.queryLocation);
    await send(device, { kind: 'query' });
    const { serial } = await asked;
    const answer = Uint8Array.from([serial >> 8, serial & 255, ...bodyOf()]);
    expect(await terminal.say(JT808.locationAnswer, answer)).toBe(OK);
    await becomes(device, { kind: 'query', state: 'answered', result: 0 });
    expect(await rig.stored(device.id)).toHaveLength(1);
    const tracked = heardBy(terminal, JT808.trackLocation);
    await send(device, { kind: 'track', everyS: 5, forS: 600 });
    expect(Buffer.from((await tracked).body).toString('hex')).toBe('000500000258');
  });

  it('is a request or an information, and nothing else, to a team under a command of its own', async () => {
    const draft = { callSign: '武巡下行', mode: 'vehicle', tier: 3, forces: { 'armed-police': 4 } };
    const team = await rig.commander.post<Team>('/api/teams', { ...draft, centre: rig.teams[0]?.centre });
    const device = await rig.newTerminal({ team: team.body.id });
    const terminal = await rig.signedIn(device);
    for (const order of [
      { kind: 'text', text: '立即前往' },
      { kind: 'query' },
      { kind: 'track', everyS: 5, forS: 60 },
    ]) {
      const { status, body } = await rig.commander.post<{ error: { code: string } }>(
        `/api/devices/${device.id}/messages`,
        order,
      );
      expect([order.kind, status, body.error.code]).toEqual([order.kind, 409, 'team.other-command']);
    }
    const words = '请协助封控'.repeat(100);
    for (const [tone, text] of [
      ['request', `【商请】${words}`],
      ['inform', `【通报】${words}`],
    ] as const) {
      const heard = heardBy(terminal, JT808.text);
      expect((await send(device, { kind: 'text', text: words, tone })).status).toBe(201);
      expect(new TextDecoder('gbk').decode((await heard).body.subarray(1))).toBe(text);
    }
    const lines = await rig.database.query(
      "select detail from audit where action = 'device.text' and subject = $1 order by seq",
      [`device:${device.id}`],
    );
    expect(lines.rows.map(({ detail }) => detail)).toEqual([
      { tone: 'request', urgent: false },
      { tone: 'inform', urgent: false },
    ]);
  });

  it('waits for its terminal, and is nobody else’s to send', async () => {
    const device = await rig.newTerminal();
    expect((await send(device, { kind: 'query' })).body).toMatchObject({ state: 'waiting' });
    const terminal = await rig.opened(device);
    const heard = heardBy(terminal, JT808.queryLocation);
    await terminal.authenticate(device.secret ?? '');
    await heard;
    expect((await send(device, { kind: 'text', text: '🚓' })).status).toBe(400);
    expect((await send(device, { kind: 'text', text: '长'.repeat(500) })).status).toBe(201);
    expect((await send(device, { kind: 'query' }, await rig.app.signIn('display'))).status).toBe(403);
    const plain = await rig.newTerminal({ terminal: undefined });
    expect((await send(plain, { kind: 'query' })).status).toBe(404);
  });
});

describe('a flood', () => {
  it('of a mebibyte without an end is ended, and another terminal notices nothing', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const flood = connect({ port: rig.port, host: '127.0.0.1' });
    flood.on('error', () => undefined);
    const gone = new Promise((resolve) => flood.once('close', resolve));
    flood.write(Buffer.concat([Buffer.of(0x7e), Buffer.alloc(1 << 20, 0x41)]));
    for (let i = 0; i < 20; i++)
      expect(await terminal.say(JT808.location, bodyOf({ at: nowS() - 60_000 + i * 1_000 }))).toBe(OK);
    await gone;
    expect(await rig.stored(device.id)).toHaveLength(20);
  });

  it('of messages from one terminal is slowed down and answered all the same', async () => {
    const [loud, quiet] = [await rig.newTerminal(), await rig.newTerminal()];
    const [shouting, speaking] = [await rig.signedIn(loud), await rig.signedIn(quiet)];
    const at = nowS() - 3_600_000;
    const said = Promise.all(
      Array.from({ length: 1_200 }, (_, i) => shouting.say(JT808.location, bodyOf({ at: at + i * 1_000 }))),
    );
    expect(await speaking.say(JT808.location, bodyOf())).toBe(OK);
    expect(new Set(await said)).toEqual(new Set([OK]));
    expect(await rig.stored(loud.id)).toHaveLength(1_200);
  });
});
