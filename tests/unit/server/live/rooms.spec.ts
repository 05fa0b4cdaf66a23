import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JournalBatch, Notice, Pulse } from '@app/shared';
import type { Backlog, Resume } from '../../../../server/src/journal/resume.js';
import { type Entry, Pictures } from '../../../../server/src/journal/pictures.js';
import type { Tailer } from '../../../../server/src/journal/tailer.js';
import { Rooms } from '../../../../server/src/live/rooms.js';
import { Clock } from '../../../../server/src/platform/clock.js';

const A = 'scope-a';
const B = 'scope-b';

class HandClock extends Clock {
  at = 1_000_000;
  override now(): number {
    return this.at;
  }
}

let pictures: Pictures;
let clock: HandClock;
let rooms: Rooms;
let told: JournalBatch[];
let pulses: Pulse[];
let notices: Notice[];
let seq: number;

const commit = (seenBy: readonly string[], leftBy: readonly string[] = []): Entry => {
  seq += 1;
  const entry: Entry = {
    seq,
    mark: seq,
    at: seq,
    tree: 1,
    fact: 'probe.told',
    kind: 'incident',
    id: `id-${seq}`,
    version: 1,
    card: {},
    seenBy,
    leftBy,
    site: 'main',
    schema: 1,
  };
  pictures.apply(entry);
  return entry;
};
const none: Backlog | undefined = undefined;

beforeEach(() => {
  pictures = new Pictures();
  clock = new HandClock();
  told = [];
  pulses = [];
  notices = [];
  seq = 0;
  const tailer = { pictures, confirmedAt: 999_000 } as unknown as Tailer;
  rooms = new Rooms(tailer, {} as Resume, clock);
  rooms.speakThrough({
    journal: (batch) => told.push(batch),
    pulse: (pulse) => pulses.push(pulse),
    notice: (notice) => notices.push(notice),
  });
});

describe('the chain of a room', () => {
  it('goes from the cursor last told to the head, with what concerns it', () => {
    expect(rooms.enter(A, none).whole()).toMatchObject({ cursor: '0.0', mode: 'snapshot', snapshot: [] });
    rooms.tellNews([commit([A])]);
    rooms.tellNews([commit([B])]);
    rooms.tellNews([commit([B], [A]), commit([A, B])]);
    expect(told.map(({ after, cursor }) => [after, cursor])).toEqual([
      ['0.0', '1.1'],
      ['1.1', '4.4'],
    ]);
    expect(told[1]?.entries.map(({ fact }) => fact)).toEqual(['left', 'probe.told']);
  });

  it('is told again when it was quiet for 30 s, without entries', () => {
    rooms.enter(A, none);
    rooms.tellNews([commit([B])]);
    clock.at += 29_000;
    rooms.pulse(1);
    expect(told).toEqual([]);
    clock.at += 2_000;
    rooms.pulse(2);
    expect(told).toEqual([{ scope: A, after: '0.0', cursor: '1.1', entries: [] }]);
    expect(pulses.map(({ cursor }) => cursor)).toEqual(['0.0', '1.1']);
  });

  it('is never stranded by a busy sibling: a quiet room is moved on long before memory forgets its cursor', () => {
    rooms.enter(A, none);
    for (let i = 0; i < 45_000; i++) rooms.tellNews([commit([B])]);
    rooms.tellNews([commit([A])]);
    rooms.pulse(1);
    expect(told.at(-1)?.entries).toHaveLength(1);
    told.reduce((cursor, batch) => {
      expect(batch.after).toBe(cursor);
      return batch.cursor;
    }, '0.0');
    expect(pulses[0]?.cursor).toBe(told.at(-1)?.cursor);
  });

  it('jumps where memory cannot say what is lacking: its pulse shows the gap', () => {
    rooms.enter(A, none);
    pictures.load([], { seq: 500, mark: 500, tree: 1 });
    seq = 500;
    rooms.tellNews([commit([A])]);
    rooms.pulse(1);
    expect(told).toEqual([]);
    expect(pulses.map(({ cursor }) => cursor)).toEqual(['501.501']);
  });

  it('begins anew after a reload, and its screens are asked to join again', () => {
    rooms.enter(A, none);
    pictures.load([], { seq: 9, mark: 3, tree: 2 });
    rooms.restart();
    expect(notices).toEqual([{ code: 'scope-changed', scope: A }]);
    rooms.pulse(1);
    expect(pulses[0]).toMatchObject({ scope: A, cursor: '9.3', tick: 1, at: '1970-01-01T00:16:39.000Z' });
  });
});

describe('a pulse', () => {
  it('carries the room’s cursor and never moves it', () => {
    rooms.enter(A, none);
    rooms.tellNews([commit([B])]);
    rooms.pulse(1);
    rooms.pulse(2);
    expect(pulses.map(({ cursor }) => cursor)).toEqual(['0.0', '0.0']);
    rooms.tellNews([commit([A])]);
    expect(told[0]).toMatchObject({ after: '0.0', cursor: '2.2' });
  });
});

describe('a newcomer', () => {
  it('brings the room to the head first, so that both stand at one cursor', () => {
    rooms.enter(A, none);
    commit([A]);
    const answer = rooms.enter(A, none).whole();
    expect(told).toMatchObject([{ after: '0.0', cursor: '1.1' }]);
    expect(answer).toMatchObject({ mode: 'snapshot', cursor: '1.1' });
    rooms.tellNews([]);
    expect(told).toHaveLength(1);
  });

  it('resumes with what PostgreSQL had and memory adds, told as its scope is told it', () => {
    const first = commit([A]);
    commit([B]);
    commit([B], [A]);
    commit([A]);
    const answer = rooms.enter(A, { upTo: 2, entries: [first] }).whole();
    expect(answer).toMatchObject({ mode: 'resume', cursor: '4.4' });
    expect(answer.backlog?.map(({ id, fact }) => [id, fact])).toEqual([
      ['id-1', 'probe.told'],
      ['id-3', 'left'],
      ['id-4', 'probe.told'],
    ]);
    expect(answer.snapshot).toBeUndefined();
  });

  it('gets a snapshot when memory no longer reaches to what was read', () => {
    pictures.load([], { seq: 80, mark: 8, tree: 1 });
    expect(rooms.enter(A, { upTo: 40, entries: [] }).whole()).toMatchObject({
      mode: 'snapshot',
      cursor: '80.8',
    });
  });

  it('keeps the room until the last has left', () => {
    rooms.enter(A, none);
    rooms.enter(A, none);
    rooms.leave(A);
    rooms.tellNews([commit([A])]);
    expect(told).toHaveLength(1);
    rooms.leave(A);
    rooms.leave(A);
    rooms.tellNews([commit([A])]);
    rooms.pulse(1);
    expect([told.length, pulses.length]).toEqual([1, 0]);
  });
});
