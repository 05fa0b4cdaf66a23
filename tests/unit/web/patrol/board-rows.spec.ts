import { describe, expect, it } from '@jest/globals';
import type { PatrolShift } from '../../../../shared/src/index.js';
import { boardRows, placeOf } from '../../../../web/src/screens/patrol/board-rows.js';

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 10, 25);
const at = (hour: number) => new Date(DAY + hour * HOUR).toISOString();
let made = 0;
const shift = (team: string, from: number, state: PatrolShift['state'] = 'planned'): PatrolShift => ({
  id: `s${++made}`,
  team,
  centre: 'centre',
  callSign: `雄关${team}`,
  slot: 'early',
  crew: 'A',
  crewOf: team,
  state,
  version: 1,
  startsAt: at(from),
  endsAt: at(from + 8),
  startedAt: null,
  endedAt: null,
  byClock: false,
  note: null,
  strength: 4,
  trade: null,
  actions: [],
});

describe('the rows of the shift board', () => {
  it('say for each team who is on and who comes next, by call sign', () => {
    const rows = boardRows([
      shift('202', 16),
      shift('201', 24),
      shift('201', 8, 'on'),
      shift('201', 16),
      shift('201', 0, 'ended'),
    ]);
    expect(rows.map(({ callSign, on, next }) => [callSign, on.length, next?.startsAt])).toEqual([
      ['雄关201', 1, at(16)],
      ['雄关202', 0, at(16)],
    ]);
  });

  it.each([
    [0, { left: 0, width: 50 }],
    [8, { left: 50, width: 50 }],
    [-4, { left: 0, width: 25 }],
    [40, { left: 100, width: 0 }],
  ])('put a shift from hour %d where it lies in sixteen hours', (from, place) => {
    expect(placeOf(shift('201', from), { from: DAY, to: DAY + 16 * HOUR })).toEqual(place);
  });
});
