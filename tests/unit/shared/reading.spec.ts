import { describe, expect, it } from '@jest/globals';
import {
  INCIDENT_LABELS,
  openingTies,
  READERS,
  READING,
  READING_TIES,
  readingOf,
  type ReadingTie,
  type ReadingView,
} from '@app/shared';

/** The whole rule, by hand: label, tie, then display, duty, commander, staff, admin, token. */
const WANTED: readonly (readonly [string, ReadingTie, string])[] = [
  ['internal', 'holder', 'facts whole whole whole whole whole'],
  ['internal', 'above', 'facts whole whole whole whole whole'],
  ['internal', 'supervising', 'facts whole whole whole whole whole'],
  ['internal', 'asked', 'facts whole whole whole whole whole'],
  ['internal', 'reporter', 'facts whole whole whole whole whole'],
  ['internal', 'sees', 'facts whole whole whole whole whole'],
  ['sensitive', 'holder', 'masked whole whole whole masked masked'],
  ['sensitive', 'above', 'masked whole whole masked masked masked'],
  ['sensitive', 'supervising', 'masked whole whole whole masked masked'],
  ['sensitive', 'asked', 'masked whole whole whole masked masked'],
  ['sensitive', 'reporter', 'masked whole whole whole masked masked'],
  ['sensitive', 'sees', 'masked masked masked masked masked masked'],
];
const CELLS = WANTED.flatMap(([label, tie, row]) =>
  row.split(' ').map((view, i) => ({ label, tie, reader: READERS[i] ?? '', view: view as ReadingView })),
);

describe('who may read what of an incident', () => {
  it('has a row for each label and tie, and no other', () => {
    expect(WANTED.map(([label, tie]) => `${label} ${tie}`)).toEqual(
      INCIDENT_LABELS.flatMap((label) => READING_TIES.map((tie) => `${label} ${tie}`)),
    );
    for (const label of INCIDENT_LABELS)
      for (const tie of READING_TIES) expect(Object.keys(READING[label][tie])).toEqual([...READERS]);
  });

  it.each(CELLS)('$label as $tie: a $reader reads $view', ({ label, tie, reader, view }) => {
    const [known] = INCIDENT_LABELS.filter((one) => one === label);
    const [role] = READERS.filter((one) => one === reader);
    if (!known || !role) throw new Error(`${label} ${reader}`);
    expect(readingOf(known, role, [tie])).toBe(view);
    expect(openingTies(role).includes(tie)).toBe(READING.sensitive[tie][role] === 'whole');
  });

  it('is the most that any tie allows, and nothing without one', () => {
    expect(readingOf('sensitive', 'staff', ['sees', 'above', 'reporter'])).toBe('whole');
    expect(readingOf('sensitive', 'staff', ['sees', 'above'])).toBe('masked');
    for (const reader of READERS) expect(readingOf('sensitive', reader, [])).toBe('masked');
  });
});
