import { describe, expect, it } from '@jest/globals';
import { Picture } from '@app/shared';
import fc from 'fast-check';
import { type Entry, Pictures, toldTo } from '../../../../server/src/journal/pictures.js';

const A = 'scope-a';
const B = 'scope-b';

const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  seq,
  mark: seq * 7,
  at: 1_000 * seq,
  tree: 1,
  fact: 'probe.told',
  kind: 'incident',
  id: `id-${seq}`,
  version: 1,
  card: { id: `id-${seq}` },
  seenBy: [A],
  leftBy: [],
  site: 'main',
  schema: 1,
  ...more,
});
const filled = (count: number): Pictures => {
  const pictures = new Pictures();
  for (let seq = 1; seq <= count; seq++) pictures.apply(entry(seq));
  return pictures;
};

describe('what a scope is told of an entry', () => {
  it('is the whole entry, without mark, tree and who left, when it sees the entity', () => {
    expect(toldTo(entry(1, { seenBy: [A, B] }), A)).toEqual({
      seq: 1,
      at: '1970-01-01T00:00:01.000Z',
      fact: 'probe.told',
      kind: 'incident',
      id: 'id-1',
      version: 1,
      card: { id: 'id-1' },
      seenBy: [A, B],
      site: 'main',
      schema: 1,
    });
  });

  it('is five keys when it sees it no longer', () => {
    expect(toldTo(entry(1, { seenBy: [B], leftBy: [A] }), A)).toEqual({
      kind: 'incident',
      id: 'id-1',
      version: 1,
      fact: 'left',
      card: null,
    });
  });

  it('is nothing when it never saw it', () => {
    expect(toldTo(entry(1, { seenBy: [B] }), A)).toBeUndefined();
  });
});

describe('pictures', () => {
  it('put an entity where it is seen and take it where it left', () => {
    const pictures = new Pictures();
    pictures.apply(entry(1, { id: 'one', seenBy: [A, B] }));
    pictures.apply(entry(2, { id: 'one', version: 2, seenBy: [B], leftBy: [A] }));
    expect(pictures.of(A).size).toBe(0);
    expect(pictures.of(B).get('incident', 'one')?.version).toBe(2);
    pictures.apply(entry(3, { id: 'one', version: 3, card: null, seenBy: [B] }));
    expect(pictures.of(B).size).toBe(0);
    expect(pictures.of(B).digest.hex()).toBe('0000000000000000');
  });

  it('want the next entry and no other', () => {
    const pictures = filled(3);
    expect(() => pictures.apply(entry(5))).toThrow('entry 4 wanted, 5 seen');
    expect(() => pictures.apply(entry(3))).toThrow('entry 4 wanted, 3 seen');
    expect(pictures.head).toEqual({ seq: 3, mark: 21, tree: 1 });
  });

  it('of a scope that nobody told anything are empty, and asking leaves no trace', () => {
    const pictures = filled(1);
    expect(pictures.of(B).size).toBe(0);
    expect(pictures.of(B)).not.toBe(pictures.of(B));
  });

  it('are thrown away whole when they are loaded again', () => {
    const pictures = filled(3);
    pictures.load([{ kind: 'team', id: 't', version: 9, card: {}, seenBy: [B] }], {
      seq: 80,
      mark: 5,
      tree: 2,
    });
    expect(pictures.of(A).size).toBe(0);
    expect([...pictures.of(B).items()]).toEqual([{ kind: 'team', id: 't', version: 9, card: {} }]);
    expect(pictures.head).toEqual({ seq: 80, mark: 5, tree: 2 });
    expect(pictures.after(80)).toEqual([]);
    expect(pictures.after(79)).toBeUndefined();
  });
});

describe('the ring', () => {
  it('answers what came after a number, nothing at the head, undefined beyond what it holds', () => {
    const pictures = new Pictures();
    pictures.load([], { seq: 10, mark: 1, tree: 1 });
    for (let seq = 11; seq <= 15; seq++) pictures.apply(entry(seq));
    expect(pictures.after(10)?.map(({ seq }) => seq)).toEqual([11, 12, 13, 14, 15]);
    expect(pictures.after(13)?.map(({ seq }) => seq)).toEqual([14, 15]);
    expect(pictures.after(15)).toEqual([]);
    expect(pictures.after(9)).toBeUndefined();
    expect(pictures.after(16)).toBeUndefined();
    expect(pictures.entry(12)?.mark).toBe(84);
    expect(pictures.entry(10)).toBeUndefined();
    expect(pictures.entry(16)).toBeUndefined();
  });

  it('forgets the oldest and never one of the last twenty thousand', () => {
    const pictures = filled(45_000);
    expect(pictures.after(25_000)).toHaveLength(20_000);
    expect(pictures.after(1)).toBeUndefined();
    expect(pictures.entry(45_000)?.seq).toBe(45_000);
  });
});

describe('a screen that applies what it is told', () => {
  const facts = fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 5 }),
      isGone: fc.boolean(),
      seenBy: fc.subarray([A, B, 'scope-c'], { minLength: 1 }),
    }),
    { maxLength: 60 },
  );

  it('has the server’s picture and digest, from wherever it began', () => {
    fc.assert(
      fc.property(facts, fc.nat(60), (drafts, from) => {
        const pictures = new Pictures();
        const versions = new Map<number, number>();
        const audience = new Map<number, readonly string[]>();
        const screens = new Map([A, B, 'scope-c'].map((scope) => [scope, new Picture()]));
        drafts.forEach(({ id, isGone, seenBy }, i) => {
          if (i === Math.min(from, drafts.length - 1))
            for (const [scope, picture] of screens)
              for (const item of pictures.of(scope).items()) picture.apply(item);
          const version = (versions.get(id) ?? 0) + 1;
          versions.set(id, version);
          const leftBy = (audience.get(id) ?? []).filter((scope) => !seenBy.includes(scope));
          audience.set(id, isGone ? [] : seenBy);
          const told = entry(i + 1, {
            id: `id-${id}`,
            version,
            seenBy,
            leftBy,
            card: isGone ? null : { version },
          });
          pictures.apply(told);
          if (i < Math.min(from, drafts.length - 1)) return;
          for (const [scope, picture] of screens) {
            const news = toldTo(told, scope);
            if (news) picture.apply(news);
            expect(picture.digest.hex()).toBe(pictures.of(scope).digest.hex());
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('what memory holds of an entity that may say less from now on', () => {
  const said = { category: 'medical', lng: 98.277, lat: 39.782, place: 'a yard', status: 'reported' };
  const mask = { category: 'other', lng: 98.3, lat: 39.8, place: null, masked: true, status: 'accepted' };
  const told = (seq: number, version: number, more: Partial<Entry>) =>
    entry(seq, { id: 'id-1', version, ...more });

  it('says what the masked card says, in the order and by the versions in which it was told', () => {
    const pictures = new Pictures();
    pictures.apply(told(1, 1, { card: said }));
    pictures.apply(entry(2, { card: said }));
    pictures.apply(told(3, 2, { card: mask, fact: 'incident.sealed' }));
    const [first, other] = pictures.after(0) ?? [];
    expect(first).toMatchObject({ seq: 1, version: 1, card: { ...mask, status: 'reported' } });
    expect(other).toMatchObject({ seq: 2, card: said });
  });

  it('says nothing more of one that has left the picture', () => {
    const pictures = new Pictures();
    pictures.apply(told(1, 1, { card: said }));
    pictures.apply(told(2, 2, { card: null, fact: 'incident.text-erased' }));
    expect(pictures.after(0)).toMatchObject([{ version: 1, card: null }, { version: 2 }]);
    expect(pictures.of(A).size).toBe(0);
  });

  it('stays as it is by any other fact', () => {
    const pictures = new Pictures();
    pictures.apply(told(1, 1, { card: said }));
    pictures.apply(told(2, 2, { card: mask, fact: 'incident.accepted' }));
    expect(pictures.after(0)?.[0]?.card).toBe(said);
  });
});
