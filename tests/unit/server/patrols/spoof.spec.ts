import { describe, expect, it } from '@jest/globals';
import type { Mode, VisitRefusal } from '@app/shared';
import { isOnePocket, refusalOf, type Suspect } from '../../../../server/src/patrols/spoof.js';
import { staysIn } from '../../../../server/src/patrols/stays.js';
import {
  constant,
  dayBefore,
  drawer,
  honest,
  honestTwice,
  inPocket,
  loop,
  MODES,
  POINT,
  replay,
  teleport,
} from '../../../support/patrol-tracks.js';

const RUNS = 3;
const DWELL_MS = 120_000;
const seeds = Array.from({ length: RUNS }, (_, i) => 1000 + i);

/** What becomes of each stay that is long enough to count. */
function answersTo(suspect: Suspect): (VisitRefusal | null)[] {
  return staysIn(suspect.fixes, POINT)
    .filter(({ from, to }) => to - from >= DWELL_MS)
    .map((stay) => refusalOf(suspect, stay));
}
const alone = (fixes: Suspect['fixes'], mode: Mode = 'vehicle'): Suspect => ({ fixes, before: [], mode });

/** The part of made-up shifts of which not one visit is believed, the first times (before anything can be known) left out. */
function refusedRate(suspects: readonly Suspect[], skip = 0): number {
  const refused = suspects.filter((suspect) => {
    const answers = answersTo(suspect).slice(skip);
    return answers.length > 0 && answers.every((answer) => answer !== null);
  });
  return refused.length / suspects.length;
}

describe('made-up presence', () => {
  it.each([
    ['a drawer', seeds.map((seed) => alone(drawer(seed))), 0],
    ['a teleport', seeds.map((seed) => alone(teleport(seed))), 0],
    ['one speed', seeds.map((seed) => alone(constant(seed))), 1],
    ['a loop', seeds.map((seed) => alone(loop(seed))), 3],
    ['a replay of yesterday', seeds.map((seed) => ({ ...replay(seed), mode: 'vehicle' as const })), 1],
  ])('%s is refused in every seeded shift', (_, suspects, skip) => {
    expect(refusedRate(suspects, skip)).toBe(1);
  });

  it('of two devices in one pocket is found; two teams that meet are not', () => {
    const found = seeds.map((seed) => {
      const one = honest(seed, 'vehicle');
      const stay = staysIn(one, POINT).filter(({ from, to }) => to - from >= DWELL_MS)[1];
      if (!stay) throw new Error('an honest patrol was there twice');
      const other = honest(seed + 500, 'vehicle');
      return [isOnePocket(one, inPocket(seed, one), stay), isOnePocket(one, other, stay)];
    });
    expect(found.filter(([pocket]) => pocket).length / RUNS).toBe(1);
    expect(found.filter(([, met]) => met)).toEqual([]);
  });
});

describe('honest patrols', () => {
  // Of these seeds a wider likeness (10 m for four fifths of the way) took one for a replay.
  it.each([700_294, 700_455, 701_659])('whose plan repeats are no replay of the day before (%i)', (seed) => {
    const answers = answersTo({ ...honestTwice(seed, 'vehicle'), mode: 'vehicle' });
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.filter((answer) => answer === 'replay' || answer === 'loop')).toEqual([]);
  });

  it.each(MODES)('by %s are believed, also on the way of the day before', (mode) => {
    const answers = seeds.flatMap((seed) =>
      answersTo({ fixes: honest(seed, mode), before: dayBefore(honest(seed + 7000, mode)), mode }),
    );
    expect(answers.length).toBeGreaterThan(RUNS);
    expect(answers.filter((answer) => answer !== null)).toEqual([]);
  });
});
