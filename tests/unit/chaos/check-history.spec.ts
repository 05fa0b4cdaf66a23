import { describe, expect, it } from '@jest/globals';
import { checkHistory, smallestHistory } from '../../chaos/check-history.js';
import type { Finding } from '../../chaos/check-clients.js';
import type { Kept } from '../../chaos/check-writes.js';
import type { ClientHistory, ClientStep, History, ToldEntry, Write } from '../../chaos/history.js';
import { printItem } from '../../chaos/print.js';
import { digestOf, type JournalRow, Truth } from '../../chaos/truth.js';

const CITY = 'city';
const COUNTY = 'county';
const T0 = Date.parse('2026-11-25T12:00:00Z');

interface Fact {
  readonly id: string;
  readonly version: number;
  readonly seenBy?: readonly string[];
  readonly leftBy?: readonly string[];
  readonly gone?: boolean;
  readonly fact?: string;
}

const rowOf = (
  { id, version, seenBy = [CITY], leftBy = [], gone, fact }: Fact,
  index: number,
): JournalRow => ({
  seq: 11 + index,
  mark: 500 + index,
  at: new Date(T0 + index * 1_000).toISOString(),
  tree: 1,
  fact: fact ?? 'incident.moved',
  kind: 'incident',
  id,
  version,
  card: gone === true ? null : { id, version, note: `as of ${version}` },
  seenBy,
  leftBy,
  site: 'a',
  schema: 1,
});

/** Two incidents, of which one comes to the county and leaves it; from entry 11 on. */
const FACTS: readonly Fact[] = [
  { id: 'one', version: 1, fact: 'incident.reported' },
  { id: 'two', version: 1, seenBy: [CITY, COUNTY], fact: 'incident.reported' },
  { id: 'one', version: 2, seenBy: [CITY, COUNTY] },
  { id: 'one', version: 3, leftBy: [COUNTY] },
  { id: 'two', version: 2, seenBy: [CITY, COUNTY] },
  { id: 'one', version: 4, gone: true },
];
const ROWS = FACTS.map(rowOf);
const truth = new Truth(ROWS, [{ seq: 10, items: [] }]);
const cursorAt = (seq: number): string => `${seq}.${truth.row(seq)?.mark ?? 7}`;
const [FIRST, LAST] = [cursorAt(10), cursorAt(16)];

/** A client that did everything right: joined at the start, told one batch after the other. */
function goodClient(scope: string, steps?: readonly ClientStep[]): ClientHistory {
  const right = truth.of(scope);
  const held = right.at(16);
  const items = ROWS.filter(({ seenBy, card }) => card && seenBy.includes(scope))
    .map(({ kind, id, version, card }) => ({ kind, id, version, card: card ?? {} }))
    .filter(({ kind, id, version }) => held.get(`${kind}:${id}`)?.version === version);
  return {
    name: scope,
    scope,
    steps: steps ?? goodSteps(scope),
    last: { cursor: LAST, digest: right.digestAt(16) ?? '', items, positions: {} },
  };
}

const goodSteps = (scope: string): ClientStep[] => [
  { at: T0, did: 'snapshot', asked: null, cursor: FIRST, digest: digestOf([]), items: [] },
  ...truth.of(scope).told.map(({ seq, entry }, index, told): ClientStep => ({
    at: T0 + seq * 1_000,
    did: 'entries',
    how: 'journal',
    after: cursorAt(told[index - 1]?.seq ?? 10),
    cursor: cursorAt(seq),
    entries: [entry],
  })),
  {
    at: T0 + 17_000,
    did: 'entries',
    how: 'journal',
    after: cursorAt(truth.of(scope).told.at(-1)?.seq ?? 10),
    cursor: LAST,
    entries: [],
  },
  { at: T0 + 18_000, did: 'proof', cursor: LAST, digest: truth.of(scope).digestAt(16) ?? '' },
];

const kept: Kept = {
  rows: new Map([
    ['report-1', [{ id: 'one', version: 1 }]],
    ['accept-2', [{ id: 'one', version: 2 }]],
    ['dev@1', [{ id: 'dev', version: null }]],
  ]),
  picture: [
    {
      kind: 'incident',
      id: 'two',
      version: 2,
      card: { id: 'two', version: 2, note: 'as of 2' },
      seenBy: [CITY, COUNTY],
    },
  ],
  head: 16,
  clocks: [],
  readAt: T0 + 60_000,
};

const writeOf = (write: Partial<Write>): Write => ({
  at: T0,
  door: 'report',
  key: 'report-1',
  kind: 'incident',
  id: 'one',
  version: 1,
  fate: 'acknowledged',
  answeredAt: T0 + 40,
  ...write,
});
const WRITES = [
  writeOf({}),
  writeOf({ door: 'step', key: 'accept-2', version: 2 }),
  writeOf({ door: 'fix', key: 'dev@1', kind: 'device', id: 'dev', version: null }),
  writeOf({ key: 'nobody-knows', id: null, fate: 'unknown', answeredAt: null }),
];

const historyOf = (more: Partial<History> = {}): History => ({
  clients: [goodClient(CITY), goodClient(COUNTY)],
  writes: WRITES,
  faults: [{ kind: 'server killed', target: 'server a', from: T0 + 12_000, to: T0 + 13_000 }],
  ...more,
});

const check = (more: Partial<History> = {}, facts: Partial<Kept> = {}): Finding[] =>
  checkHistory(historyOf(more), { ...kept, ...facts }, truth);
const saying = (findings: readonly Finding[]) => findings.map(({ kind, what }) => `${kind}: ${what}`);

/** The county's client with its batches changed. */
const countyWith = (change: (entries: readonly ToldEntry[], index: number) => readonly ToldEntry[]) => {
  let index = 0;
  const steps = goodSteps(COUNTY).map((step) =>
    step.did === 'entries' ? { ...step, entries: change(step.entries, index++) } : step,
  );
  return [goodClient(CITY), goodClient(COUNTY, steps)];
};
const told = (scope: string) => truth.of(scope).told.map(({ entry }) => entry);

describe('a history in which all went well', () => {
  it('shows nothing', () => {
    expect(check()).toEqual([]);
    expect(told(COUNTY).map(({ seq, fact }) => `${seq} ${fact}`)).toEqual([
      '12 incident.reported',
      '13 incident.moved',
      'null left',
      '15 incident.moved',
    ]);
  });
});

describe('what a client was told', () => {
  it('is lost when an entry never came', () => {
    const clients = countyWith((entries, index) => (index === 1 ? [] : entries));
    expect(saying(check({ clients }))).toEqual(['lost: incident:one v2 incident.moved (13) never came']);
  });

  it('is doubled when an entry came in two batches, or twice in one', () => {
    const [, second] = told(COUNTY);
    if (!second) throw new Error('two entries');
    const later = countyWith((entries, index) => (index === 3 ? [second, ...entries] : entries));
    expect(saying(check({ clients: later }))).toEqual([
      'doubled: incident:one v2 incident.moved (13) came again',
    ]);
    const twice = countyWith((entries, index) => (index === 1 ? [second, second] : entries));
    expect(saying(check({ clients: twice }))).toEqual([
      'doubled: incident:one v2 incident.moved (13) came twice',
    ]);
  });

  it('is reordered when a later entry came first, within a batch or across two', () => {
    const [first, second] = told(COUNTY);
    if (!first || !second) throw new Error('two entries');
    const across = countyWith((entries, index) => (index === 0 ? [second] : index === 1 ? [first] : entries));
    expect(check({ clients: across }).map(({ kind }) => kind)).toEqual(['reordered', 'reordered']);
    const whole: ClientStep[] = [
      { at: T0, did: 'snapshot', asked: null, cursor: FIRST, digest: digestOf([]), items: [] },
      {
        at: T0 + 20_000,
        did: 'entries',
        how: 'resume',
        after: FIRST,
        cursor: LAST,
        entries: [second, first, ...told(COUNTY).slice(2)],
        digest: truth.of(COUNTY).digestAt(16) ?? '',
      },
    ];
    expect(saying(check({ clients: [goodClient(COUNTY, whole)] }))).toEqual([
      'reordered: incident:two v1 incident.reported (12) came after a later one',
    ]);
  });

  it('is leaked when it is another scope’s', () => {
    const [foreign] = told(CITY);
    if (!foreign) throw new Error('an entry');
    const clients = countyWith((entries, index) => (index === 0 ? [foreign, ...entries] : entries));
    expect(saying(check({ clients }))).toEqual([
      "leaked: incident:one v1 incident.reported (11) is not this scope's",
    ]);
  });

  it('is leaked when whoever no longer sees an entity is told more than that', () => {
    const all = told(CITY)[3];
    if (!all) throw new Error('an entry');
    const clients = countyWith((entries, index) => (index === 2 ? [all] : entries));
    expect(check({ clients }).map(({ kind }) => kind)).toEqual(['leaked', 'lost']);
  });

  it('is leaked when a roster names a team of another scope', () => {
    const roster: ClientStep = { at: T0 + 18_500, did: 'roster', cursor: LAST, teams: ['elsewhere'] };
    const clients = [goodClient(COUNTY, [...goodSteps(COUNTY), roster])];
    expect(saying(check({ clients }))).toEqual(['leaked: roster names team elsewhere']);
  });

  it('is altered when a byte of it is another', () => {
    const clients = countyWith((entries) =>
      entries.map((entry) => (entry.seq === 13 ? { ...entry, print: 'x' } : entry)),
    );
    expect(saying(check({ clients }))).toEqual([
      'altered: incident:one v2 incident.moved (13) is not as written',
    ]);
  });
});

describe('what a client holds', () => {
  const withLast = (last: Partial<ClientHistory['last']>) => {
    const good = goodClient(COUNTY);
    return [{ ...good, last: { ...good.last, ...last } }];
  };

  it('differs when an entity is missing, or is there with another card', () => {
    const [item] = goodClient(COUNTY).last.items;
    if (!item) throw new Error('an item');
    expect(check({ clients: withLast({ items: [] }) }).map(({ kind }) => kind)).toEqual([
      'digest',
      'picture',
    ]);
    const other = { ...item, card: { ...item.card, note: 'another' } };
    expect(saying(check({ clients: withLast({ items: [other] }) }))).toEqual([
      'picture: picture at 16 has incident:two v2, by the journal v2 with another card',
    ]);
  });

  it('was proven wrongly when a pulse carried another digest, or the cursor of another history', () => {
    const wrong: ClientStep = { at: T0 + 19_000, did: 'proof', cursor: LAST, digest: '0'.repeat(16) };
    const forged: ClientStep = { ...wrong, cursor: '16.1', digest: truth.of(COUNTY).digestAt(16) ?? '' };
    const kinds = (step: ClientStep) =>
      check({ clients: [goodClient(COUNTY, [...goodSteps(COUNTY), step])] }).map(({ kind }) => kind);
    expect([kinds(wrong), kinds(forged)]).toEqual([['digest'], ['chain']]);
  });

  it('was given whole where its cursor could be resumed from', () => {
    const items = [...truth.of(COUNTY).at(16).values()];
    const digest = truth.of(COUNTY).digestAt(16) ?? '';
    const steps: ClientStep[] = [
      ...goodSteps(COUNTY),
      { at: T0 + 20_000, did: 'snapshot', asked: cursorAt(13), cursor: LAST, digest, items },
    ];
    expect(saying(check({ clients: [goodClient(COUNTY, steps)] }))).toEqual([
      `chain: a snapshot at ${LAST} where ${cursorAt(13)} could be resumed from`,
    ]);
  });

  it('is not what it was told by when a snapshot has what was not there', () => {
    const [two] = [...truth.of(COUNTY).at(16).values()];
    const ghost = printItem({ kind: 'incident', id: 'ghost', version: 1, card: {} });
    const steps = goodSteps(COUNTY).map((step) =>
      step.did === 'snapshot' ? { ...step, items: [ghost] } : step,
    );
    expect(two?.id).toBe('two');
    expect(saying(check({ clients: [goodClient(COUNTY, steps)] }))).toEqual([
      'picture: snapshot at 10 has incident:ghost v1, which is not there',
    ]);
  });
});

describe('what was acknowledged', () => {
  const rows = (change: Record<string, { id: string; version: number | null }[]>) =>
    saying(check({}, { rows: new Map([...kept.rows, ...Object.entries(change)]) }));

  it('is lost when PostgreSQL does not have it', () => {
    expect(rows({ 'report-1': [] })).toEqual(['lost: report report-1 was acknowledged: it is not there']);
    expect(rows({ 'dev@1': [] })).toEqual(['lost: fix dev@1 was acknowledged: it is not there']);
  });

  it('is doubled when PostgreSQL has it twice', () => {
    expect(
      rows({
        'accept-2': [
          { id: 'one', version: 2 },
          { id: 'one', version: 3 },
        ],
      }),
    ).toEqual(['doubled: step accept-2 was acknowledged: it is there 2 times']);
  });

  it('is doubled when nobody answered and PostgreSQL has it twice', () => {
    expect(rows({ 'nobody-knows': [{ id: 'x', version: 1 }] })).toEqual([]);
    expect(
      rows({
        'nobody-knows': [
          { id: 'x', version: 1 },
          { id: 'y', version: 1 },
        ],
      }),
    ).toHaveLength(1);
  });

  it('is altered when it was refused and is there all the same', () => {
    const writes = [writeOf({ fate: 'refused', version: null })];
    expect(saying(check({ writes }))).toEqual([
      'altered: report report-1 was refused: it is there all the same',
    ]);
  });

  it('is lost when the journal lacks it or has a gap, doubled when a version came twice', () => {
    const without = new Truth(
      ROWS.filter(({ seq }) => seq !== 13),
      [{ seq: 10, items: [] }],
    );
    const lost = checkHistory(historyOf({ clients: [] }), kept, without);
    expect(saying(lost)).toEqual([
      'lost: step accept-2 was acknowledged: the journal has it 0 times',
      'lost: after entry 12 comes 14',
    ]);
    const again = new Truth([...ROWS, rowOf({ id: 'two', version: 2 }, 6)], [{ seq: 10, items: [] }]);
    const doubled = checkHistory(historyOf({ clients: [] }), { ...kept, head: 17 }, again);
    expect(doubled.map(({ kind }) => kind)).toContain('doubled');
  });

  it('is not in the picture when a row differs from the journal', () => {
    expect(check({}, { picture: [] }).map(({ what }) => what)).toEqual(['row incident:two is missing']);
  });
});

describe('a clock', () => {
  const clock = { kind: 'incident.soon', incident: 'one', dueAt: T0, firedAt: null };

  it('is found when it was due and did not fire, or fired and was not told once', () => {
    expect(saying(check({}, { clocks: [clock] }))).toEqual(['clock: incident.soon was due and did not fire']);
    expect(saying(check({}, { clocks: [{ ...clock, firedAt: T0 + 9 }] }))).toEqual([
      'clock: incident.soon fired, and was told 0 times',
    ]);
  });

  it('may tell of the incident itself', () => {
    const fired = { ...clock, kind: 'incident.escalates', firedAt: T0 + 9 };
    expect(saying(check({}, { clocks: [fired] }))).toEqual([
      'clock: incident.escalates fired, and was told 0 times',
    ]);
    const proposal = { ...rowOf({ id: 'one', version: 9 }, 17), fact: 'incident.supervision-proposed' };
    const proposed = new Truth([...ROWS, proposal], [{ seq: 10, items: [] }]);
    const findings = checkHistory(historyOf({}), { ...kept, head: 17, clocks: [fired] }, proposed);
    expect(findings.filter(({ kind }) => kind === 'clock')).toEqual([]);
  });
});

describe('the smallest history', () => {
  it('names what was acknowledged, what was told to whom, and the faults meanwhile, of that entity alone', () => {
    const clients = countyWith((entries, index) => (index === 1 ? [] : entries));
    const history = historyOf({ clients });
    const [finding] = checkHistory(history, kept, truth);
    if (!finding) throw new Error('a finding');
    const lines = smallestHistory(finding, history, truth).map((line) => line.replace(/^ {2}\S+ /, ''));
    expect(lines).toEqual([
      'lost: county: incident:one v2 incident.moved (13) never came',
      'write report report-1 → acknowledged v1 +40 ms',
      'write step accept-2 → acknowledged v2 +40 ms',
      'journal 11 incident.reported v1',
      `county snapshot at ${FIRST} without it`,
      'journal 13 incident.moved v2',
      'journal 14 incident.moved v3',
      'journal 16 incident.moved v4',
      'fault server killed of server a, 1000 ms',
      `county journal ${cursorAt(13)} → ${cursorAt(14)}: · left v3`,
    ]);
  });
});
