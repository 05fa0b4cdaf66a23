import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Joined, Picture, type PictureItem, type ScopeEntry } from '../../../../shared/src/index.js';
import { type PictureChange, ScopeChain } from '../../../../web/src/link/scope-chain.js';

const SCOPE = '00000000-0000-7000-8000-000000000001';
const item = (id: string, version = 1): PictureItem => ({
  kind: 'incident',
  id,
  version,
  card: { id, version },
});
const entry = (id: string, version: number, gone = false): ScopeEntry =>
  ({
    kind: 'incident',
    id,
    version,
    fact: 'left',
    card: gone ? null : { id, version },
  }) as unknown as ScopeEntry;

function digestOf(...items: PictureItem[]): string {
  const picture = new Picture();
  for (const one of items) picture.apply(one);
  return picture.digest.hex();
}

function joined(part: Partial<Joined>): Joined {
  const roster = { scope: SCOPE, version: 0, slots: [] };
  return {
    scope: SCOPE,
    cursor: '5.a',
    mode: 'snapshot',
    roster,
    digest: '',
    at: '2026-11-24T00:00:00Z',
    ...part,
  };
}

describe('the chain of a scope', () => {
  let told: PictureChange[];
  let chain: ScopeChain;
  beforeEach(() => {
    told = [];
    chain = new ScopeChain((change) => told.push(change));
    chain.join(joined({ snapshot: [item('a'), item('b')], digest: digestOf(item('a'), item('b')) }));
  });

  it('takes a snapshot whole and its cursor', () => {
    expect(chain.cursor).toBe('5.a');
    expect(chain.picture.size).toBe(2);
    expect(told).toEqual([{ whole: true, changed: [], differing: [] }]);
  });

  it('follows batches that begin where it stands', () => {
    const batch = {
      scope: SCOPE,
      after: '5.a',
      cursor: '6.b',
      entries: [entry('a', 2), entry('b', 2, true)],
    };
    expect(chain.journal(batch)).toBe('ok');
    expect(chain.cursor).toBe('6.b');
    expect(told.at(-1)?.changed.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('a batch that begins elsewhere is a gap and changes nothing', () => {
    const batch = { scope: SCOPE, after: '6.x', cursor: '7.c', entries: [entry('a', 3)] };
    expect(chain.journal(batch)).toBe('gap');
    expect(chain.cursor).toBe('5.a');
    expect(chain.picture.get('incident', 'a')?.version).toBe(1);
  });

  it('a pulse with another cursor is a gap, which keeps the cursor for the resume', () => {
    const pulse = { scope: SCOPE, cursor: '9.z', digest: '', tick: 1, at: '' };
    expect(chain.pulse(pulse)).toBe('gap');
    expect(chain.cursor).toBe('5.a');
  });

  it('a pulse with another digest forgets the cursor, so that the next join brings a snapshot', () => {
    const pulse = { scope: SCOPE, cursor: '5.a', digest: '0123456789abcdef', tick: 1, at: '' };
    expect(chain.pulse(pulse)).toBe('digest');
    expect(chain.cursor).toBeUndefined();
  });

  it('a resume applies the backlog; entries already held count for nothing', () => {
    const answer = joined({
      mode: 'resume',
      cursor: '8.d',
      backlog: [entry('a', 1), entry('c', 1)],
      digest: digestOf(item('a'), item('b'), item('c')),
    });
    expect(chain.join(answer)).toBe('ok');
    expect(told.at(-1)?.changed.map(({ id }) => id)).toEqual(['c']);
  });

  it('an entry that left is deleted without its contents', () => {
    const batch = { scope: SCOPE, after: '5.a', cursor: '6.b', entries: [entry('b', 7, true)] };
    chain.journal(batch);
    expect(chain.picture.get('incident', 'b')).toBeUndefined();
    expect(chain.pulse({ scope: SCOPE, cursor: '6.b', digest: digestOf(item('a')), tick: 1, at: '' })).toBe(
      'ok',
    );
  });
});
