import { describe, expect, it } from '@jest/globals';
import {
  EMERGENCY_BIT,
  emptyTerminalFix,
  readAnsweredSerial,
  readAuthentication,
  readFixes,
  readGeneralAnswer,
  readRegisterAnswer,
  readRegistration,
  readTerminalFix,
  type TerminalFix,
  writeAuthentication,
  writeFixes,
  writeGeneralAnswer,
  writeRegisterAnswer,
  writeRegistration,
  writeResend,
  writeTerminalFix,
  writeText,
  writeTracking,
} from '@app/shared';
import fc from 'fast-check';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** The body of both vectors, field by field. */
const LOCATION = {
  alarms: '00000000',
  status: '00000003',
  lat: '025EDFC4',
  lng: '05DBC4A0',
  altitude: '05B9',
  speed: '0144',
  heading: '005A',
  time: '250901083015',
  items: '01 04 0001E240 30 01 1F 31 01 11',
};

function fixOf(change: Partial<typeof LOCATION> = {}): TerminalFix | undefined {
  const bytes = bytesOf(Object.values({ ...LOCATION, ...change }).join(''));
  const fix = emptyTerminalFix();
  return readTerminalFix(bytes, 0, bytes.length, fix) ? fix : undefined;
}

const whole = <T>(bytes: Uint8Array, read: (bytes: Uint8Array, from: number, end: number) => T): T =>
  read(bytes, 0, bytes.length);

describe('a location', () => {
  it('is read field by field', () => {
    expect(fixOf()).toEqual({
      alarms: 0,
      isFixed: true,
      isShifted: false,
      lng: 98.2888,
      lat: 39.7721,
      altitudeM: 1465,
      speedKmh: 32.4,
      headingDeg: 90,
      at: Date.parse('2025-09-01T08:30:15+08:00'),
      signal: 31,
      satellites: 17,
    });
  });

  it('stands south and west of the origin by bits of its status', () => {
    expect(fixOf({ status: '0000000E' })).toMatchObject({ lng: -98.2888, lat: -39.7721 });
  });

  it('tells by its bits whether it is fixed, shifted, and whether somebody calls for help', () => {
    expect(fixOf({ status: '00000001' })).toMatchObject({ isFixed: false });
    expect(fixOf({ status: '00000023' })).toMatchObject({ isFixed: true, isShifted: true });
    const alarms = fixOf({ alarms: '80000001' })?.alarms ?? 0;
    expect([alarms, alarms & EMERGENCY_BIT]).toEqual([0x80000001, 1]);
  });

  it('lies below the sea by the sign of its height', () => {
    expect(fixOf({ altitude: 'FF66' })).toMatchObject({ altitudeM: -154 });
  });

  it.each(['000000000000', '251301083015', '250230083015', '250901243015', '25090108301A', '250901086015'])(
    'has no time when its clock says %s',
    (time) => expect(fixOf({ time })?.at).toBeNaN(),
  );

  it('passes over items that it does not know, by their length, also one that is cut short', () => {
    expect(fixOf({ items: 'EE 03 010203 E0 00 31 01 09' })).toMatchObject({ satellites: 9, signal: -1 });
    expect(fixOf({ items: '31 01 09 EE 7F 01' })).toMatchObject({ satellites: 9 });
    expect(fixOf({ items: '31' })).toMatchObject({ satellites: -1 });
    expect(fixOf({ items: '' })).toMatchObject({ lng: 98.2888, satellites: -1 });
  });

  it('is none when it is too short', () => {
    const bytes = bytesOf(Object.values(LOCATION).join(''));
    for (let length = 0; length < 28; length++)
      expect(readTerminalFix(bytes, 0, length, emptyTerminalFix())).toBe(false);
  });

  it('is what was written, for any place and moment', () => {
    const anyFix = fc.record({
      alarms: fc.integer({ min: 0, max: 0xffff_ffff }),
      isFixed: fc.boolean(),
      isShifted: fc.boolean(),
      lng: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((micro) => micro / 1e6),
      lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((micro) => micro / 1e6),
      altitudeM: fc.integer({ min: -500, max: 9_000 }),
      speedKmh: fc.integer({ min: 0, max: 4_000 }).map((tenth) => tenth / 10),
      headingDeg: fc.integer({ min: 0, max: 359 }),
      at: fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1_000),
      signal: fc.integer({ min: 0, max: 31 }),
      satellites: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(anyFix, (fix) => {
        const read = emptyTerminalFix();
        expect(
          whole(writeTerminalFix(fix), (bytes, from, end) => readTerminalFix(bytes, from, end, read)),
        ).toBe(true);
        expect(read).toEqual({ ...fix, lng: fix.lng + 0, lat: fix.lat + 0 });
      }),
    );
  });
});

describe('a batch of locations', () => {
  const one = bytesOf(Object.values(LOCATION).join(''));
  const boundsOf = (bytes: Uint8Array) => {
    const bounds: [number, number][] = [];
    return whole(bytes, (all, from, end) => readFixes(all, from, end, (at, to) => bounds.push([at, to])))
      ? bounds
      : undefined;
  };

  it('says where each of them stands', () => {
    const batch = writeFixes([one, one.subarray(0, 28)], true);
    expect(hexOf(batch.subarray(0, 5))).toBe('0002010028');
    expect(boundsOf(batch)).toEqual([
      [5, 45],
      [47, 75],
    ]);
    expect(boundsOf(writeFixes([], false))).toEqual([]);
  });

  it('is refused whole when a length or the count does not fit', () => {
    const batch = writeFixes([one, one], false);
    for (const broken of [
      batch.subarray(0, -1),
      Uint8Array.from([...batch, 0]),
      batch.with(1, 3),
      batch.with(1, 1),
      batch.with(4, 10),
      new Uint8Array(2),
    ])
      expect(boundsOf(broken)).toBeUndefined();
  });
});

describe('a registration', () => {
  // Province 62, city 0200, maker, model, terminal id, plate colour and plate, of each dialect's lengths.
  const bodies = {
    2011: `003E 00C8 ${'41'.repeat(5)} ${'42'.repeat(8)} 54313233340000 01 B8CA4231323334`,
    2013: `003E 00C8 ${'41'.repeat(5)} ${'42'.repeat(20)} 54313233343536 01 B8CA4231323334`,
    2019: `003E 00C8 ${'41'.repeat(11)} ${'42'.repeat(30)} ${'00'.repeat(25)}5431323334 02 B8CA4231323334`,
  };

  it.each([
    [2011, 'T1234'],
    [2013, 'T123456'],
    [2019, 'T1234'],
  ] as const)('of %i has its terminal id where its dialect has it', (year, terminalId) => {
    const read = whole(bytesOf(bodies[year]), (bytes, from, end) =>
      readRegistration(bytes, from, end, year === 2019),
    );
    expect(read).toEqual({ terminalId });
  });

  it('of 2011 with a vehicle’s number in the place of a plate is not taken for one of 2013', () => {
    const vin = Buffer.from('LSVAM4187C2184841').toString('hex');
    const body = bytesOf(`003E 00C8 ${'41'.repeat(5)} ${'42'.repeat(8)} 54313233343536 00 ${vin}`);
    expect(readRegistration(body, 0, body.length, false)).toEqual({ terminalId: 'T123456' });
    const newer = bytesOf(`003E 00C8 ${'41'.repeat(5)} ${'42'.repeat(20)} 54313233343536 5E ${vin}`);
    expect(readRegistration(newer, 0, newer.length, false)).toEqual({ terminalId: 'T123456' });
  });

  it('is what was written, and none when it is cut short', () => {
    for (const dialect of ['y2011', 'y2013', 'y2019'] as const) {
      const bytes = writeRegistration(dialect, 'T99');
      const is2019 = dialect === 'y2019';
      expect(readRegistration(bytes, 0, bytes.length, is2019)).toEqual({ terminalId: 'T99' });
      if (dialect !== 'y2013') expect(readRegistration(bytes, 0, bytes.length - 1, is2019)).toBeUndefined();
    }
  });

  it('is answered with a code when it succeeds', () => {
    expect(hexOf(writeRegisterAnswer(0x1234, 0, 'AB'))).toBe('1234004142');
    expect(hexOf(writeRegisterAnswer(1, 4))).toBe('000104');
    expect(whole(bytesOf('1234004142'), readRegisterAnswer)).toEqual({
      serial: 0x1234,
      result: 0,
      code: 'AB',
    });
    expect(whole(bytesOf('1234'), readRegisterAnswer)).toBeUndefined();
  });
});

describe('an authentication', () => {
  const codeOf = (hex: string, is2019: boolean) =>
    whole(bytesOf(hex), (bytes, from, end) => readAuthentication(bytes, from, end, is2019));

  it('is the whole body until 2013, and has a length from 2019 on', () => {
    expect(codeOf('61626300', false)).toBe('abc');
    expect(codeOf(`03 616263 ${'31'.repeat(15)} ${'00'.repeat(20)}`, true)).toBe('abc');
    expect(codeOf('09 616263', true)).toBeUndefined();
    expect(codeOf('', false)).toBeUndefined();
    expect(codeOf('00', true)).toBeUndefined();
  });

  it('is what was written', () => {
    for (const is2019 of [false, true])
      expect(codeOf(hexOf(writeAuthentication('xg_1-A', is2019)), is2019)).toBe('xg_1-A');
  });
});

describe('what the platform says', () => {
  it.each([
    ['a text of 2013', false, false, '0CBCCE'],
    ['an urgent text of 2013, by bit 0', true, false, '0DBCCE'],
    ['a text of 2019, a notice by bits 0 and 1', false, true, '0F01BCCE'],
    ['an urgent text of 2019, by bits 0 and 1', true, true, '0E01BCCE'],
  ])('is laid out by the tables: %s', (_, isUrgent, is2019, wanted) => {
    expect(hexOf(writeText(bytesOf('BCCE'), isUrgent, is2019))).toBe(wanted);
  });

  it('is laid out by the tables', () => {
    expect(hexOf(writeGeneralAnswer({ serial: 0x0102, id: 0x0200, result: 4 }))).toBe('0102020004');
    expect(whole(bytesOf('0102830003'), readGeneralAnswer)).toEqual({
      serial: 0x0102,
      id: 0x8300,
      result: 3,
    });
    expect(whole(bytesOf('01028300'), readGeneralAnswer)).toBeUndefined();
    expect(whole(bytesOf('0102'), readAnsweredSerial)).toBe(0x0102);
    expect(whole(bytesOf('01'), readAnsweredSerial)).toBeUndefined();
    expect(hexOf(writeResend(0x0a0b, [2, 300], false))).toBe('0A0B020002012C');
    expect(hexOf(writeResend(0x0a0b, [2, 300], true))).toBe('0A0B00020002012C');
    expect(hexOf(writeTracking(5, 600))).toBe('000500000258');
    expect(hexOf(writeTracking(0, 600))).toBe('0000');
  });
});
