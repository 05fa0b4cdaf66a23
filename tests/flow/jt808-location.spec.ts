import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  FrameWriter,
  fromWgs84,
  JT808,
  type Team,
  type TerminalFix,
  writeFixes,
  writeTerminalNumber,
} from '@app/shared';
import { CITY, OK, WRONG, UNSUPPORTED, nowS, bodyOf, TerminalRig } from '../support/terminal-rig.js';

let rig: TerminalRig;

beforeAll(async () => {
  rig = await TerminalRig.open();
});
afterEach(() => rig.hangUp());
afterAll(() => rig?.close());

describe('a location', () => {
  it('that comes twice is stored once; a late one goes to the track and moves nothing', async () => {
    const device = await rig.newTerminal({}, 2);
    const terminal = await rig.signedIn(device);
    const at = nowS();
    for (let round = 0; round < 2; round++)
      expect(await terminal.say(JT808.location, bodyOf({ at }))).toBe(OK);
    const late = [3, 2, 1].map((minutes) => bodyOf({ at: at - minutes * 60_000, lng: 98.28 }));
    expect(await terminal.say(JT808.locationBatch, writeFixes(late, true))).toBe(OK);
    expect((await rig.stored(device.id)).map(({ lng }) => lng)).toEqual([98.28, 98.28, 98.28, CITY.lng]);
    const seen = await rig.commander.get<Team>(`/api/teams/${device.team}`);
    expect(seen.body.position).toMatchObject(CITY);
  });

  it('that cannot be meant is kept apart and not asked for again; one that cannot be is wrong', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const at = nowS();
    expect(await terminal.say(JT808.location, bodyOf({ at: at - 1_000 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ at, lat: 45 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ at: at + 3_600_000 }))).toBe(OK);
    expect(await terminal.say(JT808.location, bodyOf({ lat: CITY.lng, lng: CITY.lat }))).toBe(WRONG);
    expect(await terminal.say(JT808.location, bodyOf().subarray(0, 20))).toBe(WRONG);
    expect(await rig.stored(device.id)).toHaveLength(1);
    const apart = await rig.database.query('select code from track_flagged where device = $1 order by code', [
      device.id,
    ]);
    expect(apart.rows.map(({ code }) => code)).toEqual(['position.jump', 'time.future']);
  });

  it('without satellites is answered and is no fix', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    expect(await terminal.say(JT808.location, bodyOf({ isFixed: false }))).toBe(OK);
    expect(await rig.stored(device.id)).toEqual([]);
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
      const device = await rig.newTerminal(more);
      const terminal = await rig.signedIn(device);
      expect(await terminal.say(JT808.location, bodyOf(place))).toBe(OK);
      const [row] = await rig.stored(device.id);
      expect(Math.abs((row?.lng ?? 0) - CITY.lng) + Math.abs((row?.lat ?? 0) - CITY.lat)).toBeLessThan(4e-6);
    }
  });

  it('that answers a question is one like others', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const answer = Uint8Array.from([0, 9, ...bodyOf()]);
    expect(await terminal.say(JT808.locationAnswer, answer)).toBe(OK);
    expect(await rig.stored(device.id)).toHaveLength(1);
  });
});

describe('messages', () => {
  it('that we do not know, or that are encrypted, are answered as unsupported', async () => {
    const terminal = await rig.signedIn(await rig.newTerminal());
    expect(await terminal.say(0x0801, Uint8Array.of(1, 2, 3))).toBe(UNSUPPORTED);
    expect(await terminal.say(0x0fff)).toBe(UNSUPPORTED);
  });

  it('in sub-packages are put together, whatever their order; what is missing is asked for', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device, 'y2019');
    const at = nowS() - 300_000;
    const fixes = Array.from({ length: 60 }, (_, i) => bodyOf({ at: at + i * 1_000 }));
    expect(await terminal.say(JT808.locationBatch, writeFixes(fixes, true))).toBe(OK);
    expect(await rig.stored(device.id)).toHaveLength(60);

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
      rows = (await rig.stored(device.id)).length;
    expect(rows).toBe(120);
  });

  it('cut at every byte and run together are read as they were written', async () => {
    const device = await rig.newTerminal();
    const terminal = await rig.signedIn(device);
    const number = writeTerminalNumber(device.terminal ?? '', false);
    const writer = new FrameWriter({ is2019: false, number });
    const at = nowS() - 60_000;
    for (let i = 0; i < 20; i++) writer.add(JT808.location, 100 + i, bodyOf({ at: at + i * 1_000 }));
    const bytes = writer.take();
    for (let from = 0; from < bytes.length; from += 7) terminal.socket.write(bytes.subarray(from, from + 7));
    expect(await terminal.say(JT808.location, bodyOf())).toBe(OK);
    expect(await rig.stored(device.id)).toHaveLength(21);
  });
});
