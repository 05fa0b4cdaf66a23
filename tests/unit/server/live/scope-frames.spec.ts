import { describe, expect, it } from '@jest/globals';
import { changedRoster, FrameDecoder, frameGrid } from '@app/shared';
import { ScopeFrames } from '../../../../server/src/live/scope-frames.js';
import { Fleet } from '../../../../server/src/positions/fleet.js';

const AT = Date.UTC(2026, 10, 24, 8);
const SCOPE = '00000000-0000-7000-8000-000000000001';
const grid = () => frameGrid(98.2888, 39.7721);

/** A screen of the scope and the loop that feeds it. */
function room(teams: readonly string[], fleet = new Fleet(), gridOf = grid) {
  const frames = new ScopeFrames(SCOPE, gridOf, teams);
  const screen = new FrameDecoder(SCOPE);
  let roster = frames.roster.ids;
  screen.useRoster(roster);
  let tick = 0;
  const at = (team: string, observedAt: number, lng = 98.29) =>
    fleet.upsert({ team, lng, lat: 39.77, speedKmh: 30, headingDeg: 90, observedAt, receivedAt: observedAt });
  const beat = () => {
    const frame = frames.frame(fleet, { tick: ++tick, at: AT + tick * 1_000 });
    if (frame.news) {
      const { roster: whole, change } = frame.news;
      // Whoever is told what changed knows what whoever is told all of it does.
      expect(changedRoster(roster, change)).toEqual(whole.ids);
      roster = whole.ids;
      screen.useRoster(roster);
    }
    const { news, ...rest } = frame;
    return {
      ...rest,
      slots: news?.roster.ids.slots,
      changed: news?.change.changed,
      result: screen.apply(frame.bytes),
    };
  };
  const shown = () => {
    const seen: Record<string, number> = {};
    for (let slot = 0; slot < screen.count; slot++) {
      const team = screen.teamOf(slot);
      if (team && screen.present[slot]) seen[team] = Math.round((screen.lng[slot] ?? 0) * 1e4) / 1e4;
    }
    return seen;
  };
  return { frames, fleet, at, beat, shown };
}

describe('the frames of a scope', () => {
  it('begin with a keyframe, go on with deltas, and show where teams are', () => {
    const { at, beat, shown } = room(['a', 'b']);
    at('a', AT);
    expect(beat()).toMatchObject({ isKeyframe: true, slots: undefined });
    at('a', AT + 1_000, 98.3);
    at('b', AT + 1_000, 98.31);
    expect(beat()).toMatchObject({ isKeyframe: false, result: 'ok' });
    expect(shown()).toEqual({ a: 98.3, b: 98.31 });
  });

  it('hold exactly the teams of the picture', () => {
    const { at, beat, shown } = room(['a']);
    at('a', AT);
    at('stranger', AT);
    beat();
    expect(shown()).toEqual({ a: 98.29 });
  });

  it('tell a changed roster first, and then no more than what it changes', () => {
    const { frames, at, beat, shown } = room(['a']);
    at('a', AT);
    at('b', AT);
    beat();
    frames.put('b');
    expect(beat()).toMatchObject({ isKeyframe: false, changed: [[1, 'b']], result: 'ok' });
    expect(shown()).toEqual({ a: 98.29, b: 98.29 });
    frames.drop('a');
    expect(beat()).toMatchObject({ isKeyframe: false, changed: [[0, null]], result: 'ok' });
    expect(shown()).toEqual({ b: 98.29 });
  });

  it('give the slots in the order of the ids, so that a roster is one run', () => {
    const teams = Array.from({ length: 300 }, (_, i) => `team-${(i * 7) % 300}`);
    const { frames } = room(teams);
    expect(frames.roster.runsAt('1.2')).toMatchObject({ cursor: '1.2', teams: 300, runs: [300, 0] });
  });

  it('have a state for a newcomer, but none of a roster that the room has not been told', () => {
    const { frames, at, beat } = room(['a']);
    at('a', AT);
    expect(frames.whole).toBeUndefined();
    beat();
    const screen = new FrameDecoder(SCOPE);
    screen.useRoster(frames.roster.ids);
    expect(frames.whole?.tick).toBe(1);
    expect(screen.apply(frames.whole?.bytes ?? new Uint8Array())).toBe('ok');
    at('a', AT + 2_000, 98.3);
    expect(screen.apply(beat().bytes)).toBe('ok');
    frames.put('b');
    expect(frames.whole).toBeUndefined();
  });

  it('take a newcomer on who was given a roster that the others were not yet told', () => {
    const { frames, beat } = room(['a']);
    beat();
    frames.put('b');
    const newcomer = frames.roster.ids;
    frames.put('c');
    frames.drop('a');
    const { news } = frames.frame(new Fleet(), { tick: 2, at: AT });
    expect(news && changedRoster(newcomer, news.change)).toEqual(news?.roster.ids);
  });

  it('never show one team in the place of another that left in the same moment', () => {
    const { frames, at, beat, shown } = room(['a']);
    at('a', AT);
    at('b', AT, 98.31);
    beat();
    frames.drop('a');
    frames.put('b');
    expect(beat().slots).toEqual([null, 'b']);
    frames.put('c');
    // The slot waits until every screen has been told that it is empty.
    expect(beat().slots).toEqual([null, 'b', 'c']);
    expect(shown()).toEqual({ b: 98.31 });
    for (let i = 0; i < 30; i++) beat();
    frames.put('d');
    expect(beat().slots).toEqual(['d', 'b', 'c']);
  });

  it('are whole again after a team that others forgot came back in another row', () => {
    const { fleet, at, beat, shown } = room(['a', 'b']);
    at('a', AT);
    at('b', AT, 98.31);
    beat();
    fleet.remove('a');
    at('c', AT + 1_000);
    at('a', AT + 1_000, 98.32);
    expect(beat().result).toBe('ok');
    expect(shown()).toEqual({ a: 98.32, b: 98.31 });
  });

  it('are keyframes every thirtieth tick', () => {
    const { beat } = room(['a']);
    const keys = Array.from({ length: 62 }, () => beat().isKeyframe).flatMap((is, i) => (is ? [i] : []));
    expect(keys).toEqual([0, 30, 60]);
  });

  it('follow a picture that was loaded anew', () => {
    const { frames, at, beat, shown } = room(['a', 'b']);
    for (const team of ['a', 'b', 'c']) at(team, AT);
    beat();
    frames.sync(['b', 'c']);
    beat();
    expect(Object.keys(shown()).sort()).toEqual(['b', 'c']);
  });

  it('find their place when a scope without a map gets its first fix', () => {
    const fleet = new Fleet();
    const gridOf = () => {
      for (const { lng, lat } of fleet) return frameGrid(lng, lat);
      return frameGrid(0, 0);
    };
    const { at, beat, shown } = room(['a'], fleet, gridOf);
    beat();
    at('a', AT);
    beat();
    expect(beat()).toMatchObject({ isKeyframe: true });
    expect(shown()).toEqual({ a: 98.29 });
  });
});
