import { describe, expect, it } from '@jest/globals';
import { localMetres } from '@app/shared';
import { type CheckedIn, doubtOf, placeDoubtOf } from '../../../../server/src/patrols/check-in.rules.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T = Date.parse('2026-11-20T23:58:00+08:00');
const rotating = { kind: 'rotating', isOfTime: true } as const;

describe('a time that is claimed', () => {
  it.each([
    ['as it happens, by a handheld that never spoke', 0, null, null],
    ['a minute ahead of us', -MINUTE, null, null],
    ['two minutes ahead of us', -2 * MINUTE - 1, T - HOUR, 'time'],
    ['an hour late, and it never spoke', HOUR, null, 'time'],
    ['an hour late, and it spoke before that', HOUR, -HOUR, null],
    ['an hour late, and it spoke meanwhile', HOUR, 30 * MINUTE, 'time'],
    ['an hour late, and it spoke just then', HOUR, 30_000, null],
    ['twelve hours late', 12 * HOUR, -HOUR, null],
    ['later than twelve hours', 12 * HOUR + 1, -HOUR, 'time'],
  ] as const)('%s', (_, late, contact, expected) => {
    const contactAt = contact === null ? null : contact > T / 2 ? contact : T + contact;
    expect(doubtOf(rotating, { claimedAt: T, receivedAt: T + late, contactAt })).toBe(expected);
  });

  it('needs a code that was shown then', () => {
    const time = { claimedAt: T, receivedAt: T, contactAt: T };
    expect(doubtOf(undefined, time)).toBe('code');
    expect(doubtOf({ ...rotating, isOfTime: false }, time)).toBe('time');
  });
});

const area = { lng: 98.29, lat: 39.77, radiusM: 50 };
const around = localMetres([area.lng, area.lat]);
const fix = (minute: number, awayM: number) => {
  const [lng, lat] = around.toLngLat(awayM, 0);
  return { at: T + minute * MINUTE, lng, lat };
};
const checkIn = (part: Partial<CheckedIn> = {}): CheckedIn => ({
  id: 'a',
  checkpoint: 'p',
  kind: 'rotating',
  claimedAt: T,
  receivedAt: T,
  doubt: null,
  ...part,
});
const tagLate = checkIn({ kind: 'tag', receivedAt: T + HOUR });

describe('what positions say of a check-in', () => {
  it.each([
    ['a display’s code without any position', checkIn(), [], null],
    ['near the door before', checkIn(), [fix(-4, 120)], null],
    ['too far to have come', checkIn(), [fix(-1, 5_000)], 'place'],
    ['far, and time enough to come', checkIn(), [fix(-9, 5_000)], null],
    ['far, an hour before', checkIn(), [fix(-60, 50_000)], null],
    ['a printed code that we have at once', checkIn({ kind: 'tag' }), [], null],
    ['a printed code that we have at once, near the door', checkIn({ kind: 'tag' }), [fix(-8, 200)], null],
    [
      'a printed code that we have at once, from a street away',
      checkIn({ kind: 'tag' }),
      [fix(-2, 900)],
      'unproven',
    ],
    [
      'a printed code that we have at once, from elsewhere',
      checkIn({ kind: 'tag' }),
      [fix(0, 5_000)],
      'place',
    ],
    ['a printed code late, without a position', tagLate, [], 'unproven'],
    ['a printed code late, near the door before', tagLate, [fix(-8, 300)], null],
    ['a printed code late, near the door an hour before', tagLate, [fix(-60, 10)], 'unproven'],
    ['a printed code late, in the next street', tagLate, [fix(-8, 400)], 'unproven'],
  ])('%s', (_, one, fixes, expected) => {
    expect(placeDoubtOf(one, area, fixes)).toBe(expected);
  });
});
