import { describe, expect, it } from '@jest/globals';
import {
  type CandidateKey,
  type Marks,
  marksAfter,
  toSend,
} from '../../../../web/src/screens/desk/candidate-keys.js';

const FREE = ['a', 'b', 'c'];
const marks = (active: string | undefined, ...ticked: string[]): Marks => ({
  active,
  ticked: new Set(ticked),
});
const after = (from: Marks, ...keys: CandidateKey[]) =>
  keys.reduce((now, key) => marksAfter(now, key, FREE), from);

describe('marksAfter', () => {
  it.each<[string, Marks, CandidateKey[], string | undefined, string[]]>([
    ['down enters the list', marks(undefined), ['ArrowDown'], 'a', []],
    ['up enters it too', marks(undefined), ['ArrowUp'], 'a', []],
    ['down stops at the last', marks('c'), ['ArrowDown'], 'c', []],
    ['up stops at the first', marks('a'), ['ArrowUp'], 'a', []],
    ['home and end', marks('b'), ['End'], 'c', []],
    ['space ticks and ticks off', marks('b', 'a'), [' '], 'b', ['a', 'b']],
    ['twice is as before', marks('b', 'a'), [' ', ' '], 'b', ['a']],
    ['space without a place does nothing', marks(undefined), [' '], undefined, []],
    ['escape unticks all', marks('b', 'a', 'c'), ['Escape'], 'b', []],
    ['several by keys alone', marks(undefined), ['ArrowDown', ' ', 'ArrowDown', ' '], 'b', ['a', 'b']],
  ])('%s', (_, from, keys, active, ticked) => {
    const now = after(from, ...keys);
    expect([now.active, [...now.ticked].sort()]).toEqual([active, ticked]);
  });

  it('does not tick a team that has become busy under the finger', () => {
    expect(marksAfter(marks('gone'), ' ', FREE).ticked.size).toBe(0);
  });
});

describe('toSend', () => {
  it.each<[string, Marks, string[]]>([
    ['those ticked, in the order shown', marks('a', 'c', 'b'), ['b', 'c']],
    ['the one pointed at when none is ticked', marks('b'), ['b']],
    ['nobody', marks(undefined), []],
    ['never one that cannot go any more', marks('gone', 'gone', 'a'), ['a']],
    ['not even when it is pointed at', marks('gone'), []],
  ])('%s', (_, from, wanted) => {
    expect(toSend(from, FREE)).toEqual(wanted);
  });
});
