import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FrameWriter, JT808, type NewDevice, type Team, writeTerminalNumber } from '@app/shared';
import { Terminal } from '../../server/src/demo/client/terminal.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import { openApp } from '../support/app.js';
import { CITY, OK, FAILED, nowS, bodyOf, until, TerminalRig } from '../support/terminal-rig.js';

let rig: TerminalRig;

beforeAll(async () => {
  rig = await TerminalRig.open();
});
afterEach(() => rig.hangUp());
afterAll(() => rig?.close());

describe.each(['y2011', 'y2013', 'y2019'] as const)('a terminal of %s', (dialect) => {
  it('registers, shows its code, tells where it is, and is on the map', async () => {
    const device = await rig.newTerminal({ terminalId: 'T100' }, 1);
    const terminal = await rig.opened(device, dialect);
    const { result, code } = await terminal.register('T100');
    expect([result, code.length > 20]).toEqual([OK, true]);
    expect(await terminal.authenticate(code)).toBe(OK);
    expect(await terminal.say(JT808.heartbeat)).toBe(OK);
    const at = nowS();
    expect(await terminal.say(JT808.location, bodyOf({ at, speedKmh: 36, headingDeg: 90 }))).toBe(OK);
    expect(await rig.stored(device.id)).toMatchObject([{ observed_at: new Date(at), ...CITY, speed: 36 }]);
    const seen = await rig.commander.get<Team>(`/api/teams/${device.team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, speedKmh: 36, headingDeg: 90 });
    // The secret from before ended when it was given another one.
    expect((await rig.app.withToken(device.secret ?? '').post('/api/positions', [])).status).toBe(401);
    expect(await terminal.say(JT808.logout)).toBe(OK);
    await terminal.gone();
  });
});

describe('a stranger', () => {
  it('is told that there is no such terminal, or that its number is taken by one that showed its code', async () => {
    const nobody = await rig.opened({ terminal: '19999999999' });
    expect(await nobody.register()).toMatchObject({ result: 4, code: '' });
    const device = await rig.newTerminal({ terminalId: 'T7' });
    const other = await rig.opened(device);
    expect(await other.register('T8')).toMatchObject({ result: 4, code: '' });
    await rig.signedIn(device);
    expect(await other.register('T7')).toMatchObject({ result: 3, code: '' });
  });

  it('is let in by no code but that of its number', async () => {
    const [mine, others] = [await rig.newTerminal(), await rig.newTerminal()];
    const terminal = await rig.opened(mine);
    expect(await terminal.say(JT808.location, bodyOf())).toBe(FAILED);
    expect(await terminal.authenticate('guess')).toBe(FAILED);
    expect(await terminal.authenticate(others.secret ?? '')).toBe(FAILED);
    expect(await rig.stored(mine.id)).toEqual([]);
  });

  it('that goes on without a code is ended', async () => {
    const terminal = await rig.opened(await rig.newTerminal());
    const said = Array.from({ length: 12 }, () => terminal.say(JT808.heartbeat).catch(() => 'gone'));
    expect(new Set(await Promise.all(said))).toEqual(new Set([FAILED, 'gone']));
    await terminal.gone();
  });

  it('that speaks for another number on the way is ended', async () => {
    const [device, other] = [await rig.newTerminal(), await rig.newTerminal()];
    const terminal = await rig.signedIn(device);
    const writer = new FrameWriter({
      is2019: false,
      number: writeTerminalNumber(other.terminal ?? '', false),
    });
    writer.add(JT808.location, 1, bodyOf());
    terminal.socket.write(writer.take());
    await terminal.gone();
    expect(await rig.stored(other.id)).toEqual([]);
  });
});

describe('a list of terminals as CSV', () => {
  const listed = (csv: string, by = rig.commander) =>
    by.post<{ items?: NewDevice[]; error?: { code: string; detail: { lines: object[] } } }>(
      '/api/devices/list',
      { csv },
    );

  it('is taken whole: each terminal is let in by the secret that it was told', async () => {
    const [first, second] = [rig.newNumber(), rig.newNumber()];
    const csv = `callSign,terminal,datum\n${rig.teams[3]?.callSign},${first},gcj02\n${rig.teams[4]?.callSign},0${second},\n`;
    const { status, body } = await listed(csv);
    expect(status).toBe(201);
    expect(body.items).toMatchObject([
      { terminal: first, team: rig.teams[3]?.id, datum: 'gcj02' },
      { terminal: second, team: rig.teams[4]?.id, datum: 'wgs84' },
    ]);
    for (const device of body.items ?? []) await rig.signedIn(device);
    await until(async () => {
      const { body: list } = await rig.commander.get<{ items: NewDevice[] }>(
        `/api/devices?team=${rig.teams[3]?.id}`,
      );
      return list.items.some(({ terminal, enrolledAt }) => terminal === first && enrolledAt !== null);
    });
  });

  it('is refused whole, and every line that is wrong is named', async () => {
    const taken = (await rig.newTerminal()).terminal;
    const free = rig.newNumber();
    const sign = rig.teams[5]?.callSign;
    const { status, body } = await listed(
      `callSign,terminal\n${sign},${free}\n${sign},${taken}\n无此队,1\n${sign},x`,
    );
    expect([status, body.error?.code]).toEqual([422, 'device.list']);
    expect(body.error?.detail.lines).toEqual([
      { line: 3, column: 'terminal', seen: taken, why: 'taken' },
      { line: 4, column: 'callSign', seen: '无此队', why: 'unknown' },
      { line: 5, column: 'terminal', seen: 'x', why: 'malformed' },
    ]);
    expect((await rig.database.query('select 1 from device where terminal = $1', [free])).rows).toEqual([]);
  });

  it('is not for whoever may not register devices', async () => {
    expect((await listed('callSign,terminal', await rig.app.signIn('duty'))).status).toBe(403);
  });
});

describe('a code', () => {
  it('that is rotated ends its connection, and the terminal may register anew', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const rotated = await rig.commander.post<NewDevice>(`/api/devices/${device.id}/rotate`, {});
    expect(rotated.status).toBe(201);
    await terminal.gone();
    const again = await rig.opened(device);
    expect(await again.authenticate(device.secret ?? '')).toBe(FAILED);
    const { code } = await again.register();
    expect(await again.authenticate(code)).toBe(OK);
  });

  it('that a second connection shows ends the first one, and the audit says so', async () => {
    const device = await rig.newTerminal();
    const first = await rig.signedIn(device);
    const second = await rig.signedIn(device);
    await first.gone();
    expect(await second.say(JT808.location, bodyOf())).toBe(OK);
    const audited = () =>
      rig.database.query("select 1 from audit where action = 'device.taken-over' and subject = $1", [
        `device:${device.id}`,
      ]);
    let rows = 0;
    for (const end = Date.now() + 10_000; rows === 0 && Date.now() < end;)
      rows = (await audited()).rows.length;
    expect(rows).toBe(1);
  });

  it('that another process lets in ends the connection here', async () => {
    const device = await rig.newTerminal();
    const first = await rig.signedIn(device);
    const other = await openApp({ databaseUrl: rig.app.databaseUrl });
    const there = new Terminal({ number: device.terminal ?? '', dialect: 'y2013' });
    await there.open(other.app.get(Jt808Door).port ?? 0);
    expect(await there.authenticate(device.secret ?? '')).toBe(OK);
    await first.gone();
    expect(await there.say(JT808.heartbeat)).toBe(OK);
    await other.close();
    await there.gone();
  });
});

describe('what is secret', () => {
  it('stays out of the picture: no card names a terminal', async () => {
    const device = await rig.newTerminal({ terminalId: 'SECRET-ID' });
    await rig.signedIn(device);
    const told = await rig.database.query('select 1 from picture where card::text ~ $1', [
      `SECRET-ID|${device.terminal}`,
    ]);
    expect(told.rows).toEqual([]);
  });
});
