import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedRoster, type Roster, RosterBook, rosterRuns, slotsOfRuns } from '@app/shared';

const SCOPE = '00000000-0000-7000-8000-000000000001';
const book = (steps: readonly number[]) => {
  const made = new RosterBook();
  // Evens come, odds go, of fifty teams; every fifth step is a keyframe.
  steps.forEach((step, i) => {
    const team = `t${(step >> 1) % 50}`;
    if (step % 2 === 0) made.assign(team);
    else made.release(team);
    if (i % 5 === 0) made.onKeyframe();
  });
  return made;
};
const steps = fc.array(fc.nat(99), { maxLength: 200 });
const teamsOf = (slots: readonly (string | null)[]) => slots.filter((team) => team !== null);

describe('a roster as runs', () => {
  it('is the same roster to whoever holds the same teams, in whatever order', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { slots } = book(given);
        const runs = rosterRuns(slots);
        expect(slotsOfRuns(runs, teamsOf(slots).reverse())).toEqual(slots);
      }),
    );
  });

  it('is one run for a city whose slots follow the order of its ids', () => {
    const slots = Array.from({ length: 20_000 }, (_, i) => String(i).padStart(6, '0'));
    expect(rosterRuns(slots)).toEqual({ teams: 20_000, runs: [20_000, 0] });
  });

  it('has no meaning to whoever holds other teams, or when it names what is not there', () => {
    const runs = rosterRuns(['a', null, 'b']);
    expect(slotsOfRuns(runs, ['a', 'b'])).toEqual(['a', null, 'b']);
    expect(slotsOfRuns(runs, ['a'])).toBeUndefined();
    expect(slotsOfRuns(runs, ['a', 'b', 'c'])).toBeUndefined();
    for (const bad of [[1], [2, 1], [1, 2], [0, 0], [-1, 0], [1, -2], [NaN, 0], [1e9, -1]])
      expect(slotsOfRuns({ teams: 2, runs: bad }, ['a', 'b'])).toBeUndefined();
  });
});

describe('a change of a roster', () => {
  it('brings any version since the last one told to the newest', () => {
    fc.assert(
      fc.property(steps, steps, fc.nat(200), (before, since, at) => {
        const made = book(before);
        made.takeChanged();
        const after = made.version;
        const versionAt = (): Roster => ({ scope: SCOPE, version: made.version, slots: [...made.slots] });
        let held = versionAt();
        since.forEach((step, i) => {
          const team = `t${(step >> 1) % 50}`;
          if (step % 2 === 0) made.assign(team);
          else made.release(team);
          if (i === at % (since.length || 1)) held = versionAt();
        });
        const change = { scope: SCOPE, version: made.version, after, changed: made.takeChanged() };
        expect(changedRoster(held, change)).toEqual(versionAt());
      }),
    );
  });

  it('is not for a version from before it, nor from after', () => {
    const held = { scope: SCOPE, version: 4, slots: ['a'] };
    expect(changedRoster(held, { scope: SCOPE, version: 6, after: 5, changed: [] })).toBeUndefined();
    expect(changedRoster(held, { scope: SCOPE, version: 3, after: 2, changed: [] })).toBeUndefined();
    expect(changedRoster(held, { scope: SCOPE, version: 5, after: 4, changed: [[2, 'b']] })?.slots).toEqual([
      'a',
      null,
      'b',
    ]);
  });
});
