import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseMapping,
  reportsOf,
  ruleFor,
} from '../../../../server/src/positions/doors/mqtt/mqtt-mapping.rules.js';

const RULE = {
  topic: 'fleet/+/fix',
  device: { level: 2 },
  at: { path: 'ts', unit: 's' },
  lng: 'gps.0',
  lat: 'gps.1',
};
const parsed = (change: object = {}, whole: object = {}) =>
  parseMapping(JSON.stringify({ topics: [{ ...RULE, ...change }], ...whole }));

describe('a mapping file', () => {
  it('is that of the example', () => {
    const file = join(import.meta.dirname, '../../../../.github/docs/mqtt-mapping.example.json');
    expect(parseMapping(readFileSync(file, 'utf8'))).toMatchObject({ protocol: '5', shared: true });
  });

  it.each<[string, () => unknown, string]>([
    ['no JSON', () => parseMapping('{'), 'the file: expected JSON'],
    ['no topics', () => parseMapping('{}'), 'topics: '],
    [
      'a filter with # in the middle',
      () => parsed({ topic: 'a/#/b' }),
      'topics.0.topic: expected a topic filter of MQTT, such as fleet/+/fix; seen "a/#/b"',
    ],
    ['a filter of the broker itself', () => parsed({ topic: '$SYS/#' }), 'topics.0.topic: '],
    ['a unit that nobody knows', () => parsed({ at: { path: 'ts', unit: 'min' } }), 'topics.0.at.unit: '],
    [
      'a path with blanks',
      () => parsed({ lng: 'gps lon' }),
      'topics.0.lng: expected names of fields with dots between; seen "gps lon"',
    ],
    ['a field that nobody knows', () => parsed({ colour: 'red' }), 'topics.0: '],
    ['a datum that nobody knows', () => parsed({ datum: 'nad27' }), 'topics.0.datum: '],
    [
      'connections that are told everything each',
      () => parsed({}, { connections: 2 }),
      'connections: expected 1, or "shared": true',
    ],
  ])('with %s is refused, and says where', (_, read, said) => {
    expect(read).toThrow(said);
  });
});

describe('a topic', () => {
  it.each([
    ['fleet/+/fix', 'fleet/7/fix', true],
    ['fleet/+/fix', 'fleet/7/8/fix', false],
    ['fleet/+/fix', 'fleet/7', false],
    ['fleet/#', 'fleet', true],
    ['fleet/#', 'fleet/7/fix', true],
    ['#', 'any/thing', true],
    ['+', 'any/thing', false],
    ['fleet/fix', 'fleet/fix', true],
  ])('of the filter %s is %s: %s', (topic, seen, isOne) => {
    expect(ruleFor(parsed({ topic }), seen) !== undefined).toBe(isOne);
  });
});

describe('a payload', () => {
  const read = (change: object, payload: unknown) => {
    const rule = ruleFor(parsed(change), 'fleet/7/fix');
    if (!rule) throw new Error('no rule');
    return reportsOf(rule, 'fleet/7/fix', payload);
  };

  it('is one position, a list, or has one inside', () => {
    const one = { ts: 1_700_000_000, gps: [98.2, 39.7] };
    const report = { device: '7', at: '2023-11-14T22:13:20.000Z', lng: 98.2, lat: 39.7 };
    expect(read({}, one)).toEqual([report]);
    expect(read({}, [one, one])).toEqual([report, report]);
    expect(read({ list: 'all' }, { all: [one] })).toEqual([report]);
    expect(read({ list: 'all' }, one)).toEqual([]);
  });

  it('has its speed in km/h or in metres a second, its device in a field, its datum for all', () => {
    const more = {
      device: { path: 'id' },
      speed: { path: 'v', unit: 'ms' },
      headingDeg: 'dir',
      datum: 'bd09',
    };
    expect(read(more, { id: 12, v: 10, dir: null, ts: 0, gps: [] })).toMatchObject([
      { device: '12', speedKmh: 36, headingDeg: undefined, datum: 'bd09' },
    ]);
    expect(read({ speed: { path: 'v', unit: 'kmh' } }, { v: 50 })).toMatchObject([{ speedKmh: 50 }]);
  });

  it('that lacks a field, or has one of another kind, is handed on for the door to refuse', () => {
    expect(read({}, 'junk')).toMatchObject([{ at: undefined, lng: undefined }]);
    expect(read({}, { ts: 1e300, gps: 'x' })).toMatchObject([{ at: undefined, lng: undefined }]);
    expect(read({ lng: 'constructor.name' }, {})).toMatchObject([{ lng: undefined }]);
  });
});
