import { describe, expect, it } from '@jest/globals';
import type { Beat, BeatPolygon, Checkpoint } from '@app/shared';
import {
  type Draft,
  type DraftStep,
  type Edit,
  editOf,
  EMPTY_DRAFT,
  newBeat,
  newPoint,
  shapesOf,
  stepDraft,
} from '../../../../web/src/screens/patrol/ground/ground-draft.js';
import { shapeFault } from '../../../../web/src/screens/patrol/ground/shape-faults.js';

const polygon = (lng: number): BeatPolygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, 39],
      [lng + 1, 39],
      [lng, 40],
      [lng, 39],
    ],
  ],
});
const steps = (draft: Draft, ...all: readonly DraftStep[]) => all.reduce(stepDraft, draft);
const put = (key: string, edit: Edit, field?: string): DraftStep => ({
  do: 'put',
  key,
  edit,
  ...(field === undefined ? {} : { field }),
});
const undo: DraftStep = { do: 'undo' };
const redo: DraftStep = { do: 'redo' };
const named = (hans: string) => newBeat('c', polygon(98), hans);
const nameIn = ({ edits }: Draft, key: string) => edits.get(key)?.terms.names.hans;
const keys = ({ edits }: Draft) => [...edits.keys()];

describe('a draft of the ground', () => {
  it('goes back step by step and forward again, until something new is drawn', () => {
    const drawn = steps(EMPTY_DRAFT, put('a', named('甲')), put('b', named('乙')), put('a', named('丙')));
    const back = steps(drawn, undo, undo);
    expect([keys(back), nameIn(back, 'a')]).toEqual([['a'], '甲']);
    expect(nameIn(steps(back, redo, redo), 'a')).toBe('丙');
    const other = steps(back, put('d', named('丁')));
    expect([keys(other), steps(other, redo)]).toEqual([['a', 'd'], other]);
    expect(steps(EMPTY_DRAFT, undo, redo)).toEqual(EMPTY_DRAFT);
  });

  it('takes a word back at once, not letter by letter', () => {
    const typed = steps(
      EMPTY_DRAFT,
      put('a', named('')),
      put('a', named('东'), 'hans'),
      put('a', named('东区'), 'hans'),
      put('b', named('乙')),
    );
    expect(nameIn(steps(typed, undo, undo), 'a')).toBe('');
  });

  it('forgets what is removed before it was saved, and keeps what the server has as removed', () => {
    const own = named('甲');
    const gone = steps(EMPTY_DRAFT, put('a', own), put('a', { ...own, isRemoved: true }));
    expect(keys(gone)).toEqual([]);
    expect(keys(steps(gone, undo))).toEqual(['a']);
    const known = { ...own, version: 3, isRemoved: true };
    expect(steps(EMPTY_DRAFT, put('k', known)).edits.get('k')?.isRemoved).toBe(true);
  });

  it('gives all up in one step that can be taken back', () => {
    const drawn = steps(EMPTY_DRAFT, put('a', named('甲')), put('b', named('乙')));
    const given = steps(drawn, { do: 'discard' });
    expect(keys(given)).toEqual([]);
    expect(keys(steps(given, undo))).toEqual(['a', 'b']);
  });

  it('never brings back what was saved; places follow their beat to its id', () => {
    const place = newPoint('c', [98.1, 39.1], { hans: '点', beat: 'a' });
    const saved = steps(EMPTY_DRAFT, put('a', named('甲')), put('p', place), {
      do: 'settle',
      key: 'a',
      id: 'beat-1',
    });
    expect(keys(saved)).toEqual(['p']);
    const edit = saved.edits.get('p');
    expect(edit?.kind === 'point' && edit.terms.beat).toBe('beat-1');
    expect(keys(steps(saved, undo))).toEqual([]);
    expect(keys(steps(saved, undo, redo))).toEqual(['p']);
  });

  it('saves over a newer version only when it is told to', () => {
    const edit = { ...named('甲'), version: 2 };
    const mine = steps(EMPTY_DRAFT, put('k', edit), { do: 'rebase', key: 'k', version: 5 });
    expect(mine.edits.get('k')).toEqual({ ...edit, version: 5 });
  });
});

describe('the shapes of a draft', () => {
  const names = { hans: '核心圈', hant: '', en: '' };
  const shared = { centre: 'c', name: '', names, version: 4, isClosed: false, mayChange: true };
  const beat: Beat = { ...shared, id: 'k', ring: 'core', polygon: polygon(98) };
  const point: Checkpoint = {
    ...shared,
    id: 'q',
    kind: 'post',
    beat: 'k',
    lng: 98.1,
    lat: 39.1,
    radiusM: 60,
    dwellS: 120,
    visits: { 3: 2 },
    windows: [],
    forces: [],
    isGpsBlind: false,
    mayChange: false,
  };

  it('are those of the server with what was changed, then what is new', () => {
    const ground = { beats: [beat], points: [point] };
    const [first] = shapesOf(ground, new Map());
    if (!first) throw new Error('a shape was there');
    const { edits } = steps(
      EMPTY_DRAFT,
      put('k', { ...editOf(first), isRemoved: true }),
      put('n', named('甲')),
    );
    const seen = shapesOf(ground, edits).map(({ key, version, isEdited, isRemoved, mayChange }) => [
      key,
      version,
      isEdited,
      isRemoved,
      mayChange,
    ]);
    expect(seen).toEqual([
      ['k', 4, true, true, true],
      ['n', 0, true, false, true],
      ['q', 4, false, false, false],
    ]);
  });

  it('are not saved without a name, or with hours that are none', () => {
    const place = newPoint('c', [98, 39], { hans: '点', beat: null });
    const during = (from: string, to: string): Edit => ({
      ...place,
      terms: { ...place.terms, windows: [{ from, to }] },
    });
    expect(
      [place, named(' '), during('08:00', '08:00'), during('8', '10:00'), during('22:00', '02:00')].map(
        shapeFault,
      ),
    ).toEqual([undefined, 'name', 'window', 'window', undefined]);
  });
});
