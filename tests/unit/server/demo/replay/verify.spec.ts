import { describe, expect, it } from '@jest/globals';
import { toInstant, uuidv7 } from '@app/shared';
import type { Recorded } from '../../../../../server/src/demo/replay/recorded.js';
import type { Answered } from '../../../../../server/src/demo/replay/told.js';
import { compare } from '../../../../../server/src/demo/replay/verify.js';

const id = uuidv7(0, new Uint8Array(10));
const base = { call: 'a', mode: 'vehicle', unit: null, report: null } as const;
const rows: Recorded[] = [
  {
    ...base,
    line: 1,
    step: 'report',
    at: 1_000,
    report: {
      place: [-122.4, 37.7],
      label: null,
      area: null,
      category: 'medical',
      severity: 4,
      source: 'phone',
      text: '',
    },
  },
  { ...base, line: 2, step: 'accept', at: 2_000 },
  { ...base, line: 3, step: 'dispatch', at: 3_000, unit: 'E16' },
  { ...base, line: 4, step: 'clear', at: 9_000, unit: 'E16' },
];
const stored: Answered = {
  id,
  version: 6,
  occurredAt: toInstant(1_000),
  category: 'medical',
  severity: 4,
  lng: -122.4,
  lat: 37.7,
  assignments: [
    {
      team: id,
      callSign: 'E16',
      times: { dispatched: toInstant(3_000), cleared: toInstant(9_000) },
      flags: [],
    },
  ],
  timeline: [
    { action: 'accept', team: null, occurredAt: toInstant(2_000), derived: false },
    { action: 'complete', team: null, occurredAt: toInstant(9_000), derived: true },
  ],
};

describe('comparing a call with its incident', () => {
  it('finds nothing where all is equal; derived steps are nobody else’s', () => {
    expect(compare('a', rows, stored)).toEqual([]);
  });

  it('finds a lost incident, a wrong time, a missing step, and a step that nobody recorded', () => {
    expect(compare('a', rows, undefined)).toMatchObject([{ step: 'incident', found: null }]);
    const [crew] = stored.assignments;
    const changed = (times: Answered['assignments'][number]['times']): Answered => ({
      ...stored,
      assignments: crew ? [{ ...crew, times }] : [],
    });
    expect(compare('a', rows, changed({ dispatched: toInstant(3_001), cleared: toInstant(9_000) }))).toEqual([
      { call: 'a', step: 'dispatch', unit: 'E16', recorded: 3_000, found: 3_001 },
    ]);
    expect(compare('a', rows, changed({ dispatched: toInstant(3_000) }))).toEqual([
      { call: 'a', step: 'clear', unit: 'E16', recorded: 9_000, found: null },
    ]);
    const more = { ...crew?.times, arrived: toInstant(5_000) };
    expect(compare('a', rows, changed(more))).toEqual([
      { call: 'a', step: 'arrive', unit: 'E16', recorded: null, found: 5_000 },
    ]);
  });

  it('finds another category or place', () => {
    expect(compare('a', rows, { ...stored, lng: -122.5 })).toMatchObject([{ step: 'incident' }]);
    expect(compare('a', rows, { ...stored, category: 'fire' })).toMatchObject([{ step: 'incident' }]);
  });
});
