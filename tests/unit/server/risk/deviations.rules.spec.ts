import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Deviation,
  DEVIATIONS,
  deviationRule,
  FIRST_DEVIATION_RULES,
  FORCES,
  localMetres,
  MODES,
} from '@app/shared';
import { contactFrom, heard, listen, lostSince } from '../../../../server/src/risk/lost-contact.rules.js';
import { type BeatGround, followBeat, isBeyond } from '../../../../server/src/risk/off-beat.rules.js';
import { followSpeed } from '../../../../server/src/risk/overspeed.rules.js';
import { followStanding, MOVING } from '../../../../server/src/risk/stationary.rules.js';
import { CALM, follow, type Streak } from '../../../../server/src/risk/streak.rules.js';
import {
  beginWatch,
  deviationsOf,
  judgedBy,
  rewind,
  type SeenFix,
  type TeamWatch,
  watchFix,
  watchSilence,
  type WatchTerms,
} from '../../../../server/src/risk/team-watch.rules.js';

const MINUTE = 60_000;
const PATIENCE = { afterMs: 10 * MINUTE, clearMs: MINUTE };
const around = localMetres([98.2888, 39.7721]);
const at = (east: number, north: number, ms: number, speedKmh = NaN): SeenFix => {
  const [lng, lat] = around.toLngLat(east, north);
  return { at: ms, lng, lat, speedKmh };
};
/** A square of a kilometre around the origin. */
const corners = [
  [-500, -500],
  [500, -500],
  [500, 500],
  [-500, 500],
  [-500, -500],
].map(([east = 0, north = 0]) => around.toLngLat(east, north));
const BEAT: BeatGround = { rings: [corners], places: [] };

describe('a streak', () => {
  const STEP = 5_000;
  /** From the definition: on from the first moment with `afterMs` of holding before it, off after `clearMs` without. */
  function slowly(holds: readonly boolean[]): boolean[] {
    let from: number | null = null;
    let heldAt = 0;
    let isOn = false;
    return holds.map((hold, i) => {
      if (hold) {
        from ??= i;
        heldAt = i;
        if ((i - from) * STEP >= PATIENCE.afterMs) isOn = true;
      } else if (from !== null && (i - heldAt - 1) * STEP >= PATIENCE.clearMs) {
        from = null;
        isOn = false;
      }
      return isOn;
    });
  }

  it('begins after its time and ends after its time, as the definition says', () => {
    const spans = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 150 })), { maxLength: 12 });
    fc.assert(
      fc.property(spans, (parts) => {
        const holds = parts.flatMap(([hold, length]) => Array.from({ length }, () => hold));
        let streak: Streak = CALM;
        const told = holds.map((hold, i) => (streak = follow(streak, hold, i * STEP, PATIENCE)).isOn);
        expect(told).toEqual(slowly(holds));
      }),
    );
  });

  it('is one episode while its condition flickers at a border', () => {
    let streak: Streak = CALM;
    const ons: boolean[] = [];
    for (let ms = 0; ms <= 30 * MINUTE; ms += 10_000)
      ons.push((streak = follow(streak, ms % 40_000 !== 0, ms, PATIENCE)).isOn);
    expect(ons.filter((isOn, i) => isOn !== (ons[i - 1] ?? false))).toHaveLength(1);
  });
});

describe('off its beat', () => {
  const terms = { ...PATIENCE, ground: BEAT, marginM: 200 };
  it.each([
    ['inside', 0, 0, false],
    ['at the border', 500, 0, false],
    ['within the margin', 690, 0, false],
    ['beyond it', 720, 0, true],
    ['beyond a corner by less than the margin', 600, 600, false],
    ['far away', 30_000, 0, true],
  ])('%s', (_, east, north, isOff) => {
    const { lng, lat } = at(east, north, 0);
    expect(isBeyond(BEAT, [lng, lat], 200)).toBe(isOff);
  });

  it('is nobody without a beat, nor who stands at a checkpoint or post of his own', () => {
    const { lng, lat } = at(5_000, 0, 0);
    expect(isBeyond({ rings: [], places: [] }, [lng, lat], 200)).toBe(false);
    expect(isBeyond({ ...BEAT, places: [{ lng, lat, radiusM: 50 }] }, [lng, lat], 200)).toBe(false);
  });

  it('comes back only when it is clearly nearer than where it left', () => {
    let streak: Streak = CALM;
    const walk = (east: number, from: number, to: number) => {
      for (let ms = from; ms < to; ms += 10_000) streak = followBeat(streak, at(east, 0, ms), terms);
      return streak.isOn;
    };
    expect(walk(800, 0, 9 * MINUTE)).toBe(false);
    expect(walk(800, 9 * MINUTE, 11 * MINUTE)).toBe(true);
    expect(walk(650, 11 * MINUTE, 20 * MINUTE)).toBe(true);
    expect(walk(550, 20 * MINUTE, 22 * MINUTE)).toBe(false);
  });
});

describe('standing', () => {
  const terms = { ...PATIENCE, radiusM: 60, isAllowed: false };
  const stand = (places: (ms: number) => readonly [number, number], to: number, isAllowed = false) => {
    let standing = MOVING;
    for (let ms = 0; ms <= to; ms += 5_000)
      standing = followStanding(standing, at(...places(ms), ms), { ...terms, isAllowed });
    return standing.streak.isOn;
  };
  it('counts within the noise of a receiver, and an outlier ends nothing', () => {
    expect(stand((ms) => [30 * Math.sin(ms), 30 * Math.cos(ms)], 11 * MINUTE)).toBe(true);
    expect(stand((ms) => (ms === 5 * MINUTE ? [400, 0] : [0, 0]), 11 * MINUTE)).toBe(true);
  });
  it('is not said of who moves on, however slowly, nor where it is allowed', () => {
    expect(stand((ms) => [(ms / 1_000) * 0.5, 0], 40 * MINUTE)).toBe(false);
    expect(stand(() => [0, 0], 40 * MINUTE, true)).toBe(false);
  });
  it('counts from where it stands now', () => {
    expect(stand((ms) => (ms < 9 * MINUTE ? [0, 0] : [500, 0]), 15 * MINUTE)).toBe(false);
    expect(stand((ms) => (ms < 9 * MINUTE ? [0, 0] : [500, 0]), 21 * MINUTE)).toBe(true);
  });
});

describe('speed', () => {
  const terms = { afterMs: 30_000, clearMs: 30_000, limitKmh: 90 };
  it.each([
    ['too fast for long enough', Array<number>(8).fill(100), true],
    ['too fast for a moment', [100, 100, 80, 80, 80, 80, 80, 80, 80], false],
    ['at the limit', Array<number>(20).fill(90), false],
    ['unknown', Array<number>(20).fill(NaN), false],
    ['a little slower than it was', [...Array<number>(8).fill(100), ...Array<number>(20).fill(85)], true],
    ['slow again', [...Array<number>(8).fill(100), ...Array<number>(8).fill(60)], false],
  ])('%s', (_, speeds, isOn) => {
    let streak: Streak = CALM;
    speeds.forEach((speedKmh, i) => (streak = followSpeed(streak, { at: i * 5_000, speedKmh }, terms)));
    expect(streak.isOn).toBe(isOn);
  });
});

describe('contact', () => {
  const patience = { afterMs: 5 * MINUTE, clearMs: MINUTE };
  it('is lost since the last word, and found when it has lasted', () => {
    let contact = heard(contactFrom(0), MINUTE);
    expect(listen(contact, 6 * MINUTE - 1, patience).lostFrom).toBeNull();
    contact = listen(contact, 6 * MINUTE, patience);
    expect(contact.lostFrom).toBe(MINUTE);
    contact = listen(heard(contact, 7 * MINUTE), 7 * MINUTE, patience);
    expect(contact.lostFrom).toBe(MINUTE);
    contact = listen(heard(contact, 8 * MINUTE), 8 * MINUTE, patience);
    expect(contact.lostFrom).toBeNull();
  });
  it('one word in a long silence ends nothing; what comes late is no word of now', () => {
    let contact = listen(heard(lostSince(0), 10 * MINUTE), 10 * MINUTE, patience);
    contact = listen(contact, 16 * MINUTE, patience);
    expect(contact).toMatchObject({ lostFrom: 0, spokeFrom: null });
    expect(heard(contact, 9 * MINUTE)).toBe(contact);
  });
});

describe('a team that is watched', () => {
  const rules = Object.fromEntries(
    DEVIATIONS.flatMap((kind) => {
      const found = deviationRule(FIRST_DEVIATION_RULES, kind, {
        level: 3,
        force: 'police',
        mode: 'vehicle',
      });
      return found ? [[kind, found]] : [];
    }),
  );
  const terms: WatchTerms = { rules, ground: BEAT, isExcused: false, mayStand: false };
  const see = (watch: TeamWatch, fixes: readonly SeenFix[], of = terms): TeamWatch =>
    fixes.reduce((known, fix) => watchFix(known, fix, of), watch);
  const parked = (from: number, to: number, east = 3_000): SeenFix[] =>
    Array.from({ length: (to - from) / 5_000 }, (_, i) => at(east, 0, from + i * 5_000, 0));

  it('is off its beat and stands, each since when it began', () => {
    const watch = see(beginWatch(-5_000), parked(0, 25 * MINUTE));
    expect(deviationsOf(watch)).toEqual({ 'off-beat': 0, stationary: 0 });
    expect(deviationsOf(watchSilence(watch, 31 * MINUTE, terms))).toMatchObject({
      'lost-contact': 25 * MINUTE - 5_000,
    });
  });

  it('is excused on an incident, and begins anew after it', () => {
    const bound = see(see(beginWatch(0), parked(0, 25 * MINUTE)), parked(25 * MINUTE, 26 * MINUTE), {
      ...terms,
      isExcused: true,
    });
    expect(deviationsOf(bound)).toEqual({});
    expect(deviationsOf(see(bound, parked(26 * MINUTE, 35 * MINUTE)))).toEqual({});
    expect(deviationsOf(see(bound, parked(26 * MINUTE, 37 * MINUTE)))).toEqual({ 'off-beat': 26 * MINUTE });
  });

  it('is not accused of a time of which nothing is known', () => {
    const gap = see(see(beginWatch(0), parked(0, 8 * MINUTE)), parked(14 * MINUTE, 20 * MINUTE));
    expect(deviationsOf(gap)).toEqual({});
  });

  it('goes on where another process left it', () => {
    const watch = see(beginWatch(30 * MINUTE, { 'off-beat': 0 }), parked(30 * MINUTE, 31 * MINUTE));
    expect(deviationsOf(watch)).toEqual({ 'off-beat': 0 });
    expect(deviationsOf(see(watch, parked(31 * MINUTE, 33 * MINUTE, 0)))).toEqual({});
  });
});

describe('who may be judged', () => {
  const kinds = Object.fromEntries(FIRST_DEVIATION_RULES.map((rule) => [rule.kind, rule]));
  const left = (of: Parameters<typeof judgedBy>[1]): Deviation[] =>
    Object.keys(judgedBy(kinds, of)) as Deviation[];
  it.each([
    ['a police team', true, true, false, [...DEVIATIONS]],
    ['a coarse team', false, true, false, ['lost-contact', 'silent-device']],
    ['a withheld team', false, false, false, ['silent-device']],
    ['a team under its own command, released precisely', true, true, true, ['lost-contact', 'silent-device']],
    ['one of which nothing is released', false, false, true, ['silent-device']],
  ])('%s', (_, isPrecise, keepsFixes, isOwnCommand, wanted) => {
    expect(left({ isPrecise, keepsFixes, isOwnCommand }).sort()).toEqual([...wanted].sort());
  });
});

describe('the rules', () => {
  it('say something of every kind, force and mode at every level', () => {
    for (const kind of DEVIATIONS)
      for (const force of FORCES)
        for (const mode of MODES)
          expect(deviationRule(FIRST_DEVIATION_RULES, kind, { level: 3, force, mode })).toBeDefined();
  });

  it('a level counts more than a force, a force more than a mode, a mode more than nothing', () => {
    const [plain] = FIRST_DEVIATION_RULES;
    if (!plain) throw new Error('no rules');
    const of = (afterS: number, more: Partial<typeof plain>) => ({ ...plain, ...more, afterS });
    const rules = [
      of(10, {}),
      of(20, { mode: 'vehicle' }),
      of(30, { force: 'police' }),
      of(40, { force: 'police', mode: 'vehicle' }),
      of(50, { level: 1 }),
    ];
    const pick = (level: number, force: 'police' | 'militia', mode: 'vehicle' | 'foot') =>
      deviationRule(rules, 'off-beat', { level, force, mode })?.afterS;
    expect([
      pick(3, 'militia', 'foot'),
      pick(3, 'militia', 'vehicle'),
      pick(3, 'police', 'foot'),
      pick(3, 'police', 'vehicle'),
      pick(1, 'police', 'vehicle'),
    ]).toEqual([10, 20, 30, 40, 50]);
  });
});

describe('a watch that is wound back', () => {
  const [rule] = FIRST_DEVIATION_RULES;
  const terms: WatchTerms = {
    rules: rule ? { 'off-beat': rule } : {},
    ground: BEAT,
    isExcused: false,
    mayStand: false,
  };
  const T = Date.parse('2026-11-20T23:40:00+08:00');
  const told = (watch: TeamWatch, from: number, to: number, east: number): TeamWatch => {
    let after = watch;
    for (let ms = T + from * MINUTE; ms <= T + to * MINUTE; ms += 10_000)
      after = watchFix(after, at(east, 0, ms), terms);
    return after;
  };

  it('finds what the same fixes show in order, and keeps what it cannot read again', () => {
    const live = told(told(beginWatch(T - 1), 0, 15, 1_500), 25, 25, 1_500);
    expect(deviationsOf(live)).toEqual({ 'off-beat': T });
    // From 16 to 24 minutes it was back: told late, in the order of what is stored.
    const stored = (from: number) => {
      let watch = rewind(live, T + from * MINUTE);
      if (from < 16) watch = told(watch, from, 15, 1_500);
      return told(told(watch, 16, 24, 0), 25, 25, 1_500);
    };
    expect(deviationsOf(stored(-1))).toEqual({});
    expect(deviationsOf(told(rewind(live, T + 20 * MINUTE), 20, 20, 1_500))).toEqual({ 'off-beat': T });
    expect(rewind(live, T + 40 * MINUTE).readTo).toBe(live.readTo);
    expect(rewind(live, T).contact).toEqual(live.contact);
  });
});
