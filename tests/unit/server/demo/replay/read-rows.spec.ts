import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '@app/shared';
import { FIRE_CALLS, Mapping } from '../../../../../server/src/demo/replay/mapping.js';
import { parseClock } from '../../../../../server/src/demo/replay/parse-clock.js';
import { readRows } from '../../../../../server/src/demo/replay/read-rows.js';

const json = (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const received = {
  t: '2020-04-07T07:01:25Z',
  ev: 'call_received',
  call: '200980004',
  type: 'Medical Incident',
  group: 'Non Life-threatening',
  priority: '2',
  lat: 37.79662476969831,
  lon: -122.4311823210896,
  address: '1900 Block of GREEN ST',
  zip: '94123',
};

describe('rows of the recorded fire calls', () => {
  it('read a report with its place, area, category and the words that have no other place', () => {
    const { rows, unread } = readRows(json([received]), FIRE_CALLS);
    expect(unread).toEqual([]);
    expect(rows).toEqual([
      {
        line: 1,
        call: '200980004',
        step: 'report',
        at: Date.parse('2020-04-07T07:01:25Z'),
        unit: null,
        mode: 'vehicle',
        report: {
          place: [-122.4311823210896, 37.79662476969831],
          label: '1900 Block of GREEN ST',
          area: '94123',
          category: 'medical',
          severity: 4,
          source: 'phone',
          text: 'Medical Incident · Non Life-threatening · priority 2',
        },
      },
    ]);
  });

  it.each([
    ['Alarms', '3', 'fire', 3, 'device'],
    ['Structure Fire', 'E', 'fire', 2, 'phone'],
    ['Elevator / Escalator Rescue', '2', 'infrastructure', 4, 'phone'],
    ['Water Rescue', 'A', 'other', 4, 'phone'],
  ])('%s of priority %s is %s of severity %i by %s', (type, priority, category, severity, source) => {
    const { rows } = readRows(json([{ ...received, type, priority }]), FIRE_CALLS);
    expect(rows[0]?.report).toMatchObject({ category, severity, source });
  });

  it('read the eight kinds of events in the order of the file', () => {
    const kinds = Object.keys(FIRE_CALLS.kinds ?? {});
    const rows = kinds.map((ev) => ({ ...received, ev, unit: 'E16' }));
    expect(readRows(json(rows), FIRE_CALLS).rows.map(({ step }) => step)).toEqual([
      'report',
      'accept',
      'dispatch',
      'depart',
      'arrive',
      'transport',
      'deliver',
      'clear',
    ]);
  });

  it('says of each line that it cannot read why', () => {
    const bad = [
      'nonsense',
      '[1]',
      json([{ ...received, call: undefined }]),
      json([{ ...received, ev: 'tea_break' }]),
      json([{ ...received, t: 'yesterday' }]),
      json([{ ...received, lat: 137 }]),
      json([{ ...received, ev: 'unit_dispatch' }]),
    ];
    const { rows, unread } = readRows(bad.join('\n'), FIRE_CALLS);
    expect(rows).toEqual([]);
    expect(unread.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 no JSON',
      '2 no JSON object',
      '3 no call',
      '4 unknown ev "tea_break"',
      '5 no time in t: "yesterday"',
      '6 no place: lon "-122.4311823210896", lat "137"',
      '7 no unit for dispatch',
    ]);
  });
});

describe('rows of a CSV with a column for each step', () => {
  const mapping = Mapping.parse({
    format: 'csv',
    columns: { call: 'Call', lng: 'X', lat: 'Y', unit: 'Unit', place: 'Address' },
    times: { report: 'Received', accept: 'Entry', dispatch: 'Dispatch', clear: 'Available' },
    clock: { format: 'us', zone: 'America/Los_Angeles' },
    category: { column: 'Type', values: { Alarm: 'fire' }, fallback: 'other' },
    severity: { values: {}, fallback: 4 },
    source: { values: {}, fallback: 'phone' },
    mode: { values: {}, fallback: 'vehicle' },
  });

  it('tells a call once however many units came, in the order of time', () => {
    const csv = [
      'Call,Unit,Received,Entry,Dispatch,Available,X,Y,Type,Address',
      '7,E1,04/07/2020 12:01:25 AM,04/07/2020 12:02:00 AM,04/07/2020 12:03:00 AM,04/07/2020 12:20:00 AM,-122.4,37.7,Alarm,"1, Main ""St"""',
      '7,T2,04/07/2020 12:01:25 AM,04/07/2020 12:02:00 AM,04/07/2020 12:02:30 AM,,-122.4,37.7,Alarm,',
    ].join('\r\n');
    const { rows, unread } = readRows(csv, mapping);
    expect(unread).toEqual([]);
    expect(rows.map(({ step, unit }) => [step, unit])).toEqual([
      ['report', null],
      ['accept', null],
      ['dispatch', 'T2'],
      ['dispatch', 'E1'],
      ['clear', 'E1'],
    ]);
    expect(rows[0]).toMatchObject({
      at: Date.parse('2020-04-07T07:01:25Z'),
      report: { label: '1, Main "St"' },
    });
  });
});

describe('CSV', () => {
  it('keeps delimiters, quotes and line ends in quotes, and the line where a record begins', () => {
    const records = [...parseCsv('\uFEFFa;b\n"x;\n""y""";2\n\n3;', ';')];
    expect(records).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x;\n"y"', '2'] },
      { line: 5, fields: ['3', ''] },
    ]);
  });

  it('refuses a quote that never ends', () => {
    expect(() => [...parseCsv('a\n"b', ',')]).toThrow('line 2: a quoted field that never ends');
  });
});

describe('times', () => {
  const los = { zone: 'America/Los_Angeles' } as const;
  it.each([
    ['2020-04-07T07:01:25Z', 'iso', '2020-04-07T07:01:25Z'],
    ['2020-04-07T00:01:25-07:00', 'iso', '2020-04-07T07:01:25Z'],
    ['2020-04-07 00:01:25', 'iso', '2020-04-07T07:01:25Z'],
    ['2020-12-07 00:01', 'iso', '2020-12-07T08:01:00Z'],
    ['04/07/2020 12:01:25 AM', 'us', '2020-04-07T07:01:25Z'],
    ['4/7/2020 12:01:25 PM', 'us', '2020-04-07T19:01:25Z'],
    ['4/7/2020 13:01', 'us', '2020-04-07T20:01:00Z'],
    ['1586242885', 'epoch-s', '2020-04-07T07:01:25Z'],
    ['1586242885000', 'epoch-ms', '2020-04-07T07:01:25Z'],
  ] as const)('%s as %s is %s', (text, format, instant) => {
    expect(parseClock(text, { format, ...los })).toBe(Date.parse(instant));
  });

  it.each([
    ['', 'iso'],
    ['2020-13-07T00:00:00', 'iso'],
    ['07.04.2020 12:00', 'us'],
    ['soon', 'epoch-s'],
    ['', 'epoch-ms'],
  ] as const)('%p is no time as %s', (text, format) => {
    expect(parseClock(text, { format, ...los })).toBeUndefined();
  });

  it('takes the one instant that a local time in the hour of a clock change has', () => {
    const berlin = { format: 'iso', zone: 'Europe/Berlin' } as const;
    expect(parseClock('2026-03-29 03:30', berlin)).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(parseClock('2026-10-25 03:30', berlin)).toBe(Date.parse('2026-10-25T02:30:00Z'));
  });
});
