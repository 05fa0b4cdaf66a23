import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { Journal } from '../../server/src/journal/journal.js';
import { readAfter } from '../../server/src/journal/journal.query.js';
import { JournalSchedule } from '../../server/src/journal/journal.schedule.js';
import { Tailer } from '../../server/src/journal/tailer.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { openApp, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf, mint } from '../support/facts.js';

let running: RunningApp;
let database: pg.Client;
let root: string;

const rows = async <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  (await database.query(sql, parameters)).rows as Row[];
const head = async (): Promise<number> =>
  (await rows<{ seq: number }>('select seq from counter'))[0]?.seq ?? NaN;
const seqOf = async (id: string): Promise<number> =>
  (await rows<{ seq: number }>('select seq from journal where id = $1', [id]))[0]?.seq ?? NaN;

beforeAll(async () => {
  running = await openApp();
  database = new pg.Client(running.databaseUrl);
  await database.connect();
  ({ root } = centresOf(running));
});
afterAll(async () => {
  await database?.end();
  await running?.close();
});

describe('numbers', () => {
  it('are gapless and in commit order while sixteen commands write at once', async () => {
    const before = await head();
    const spans: { readonly began: number; readonly ended: number; readonly id: string }[] = [];
    const over = new AbortController();
    const reader = (async () => {
      const gaps: number[] = [];
      while (!over.signal.aborted) {
        const [seen] = await rows<{ many: number; top: number }>(
          'select count(*) as many, coalesce(max(seq), $1) as top from journal where seq > $1',
          [before],
        );
        if (seen && seen.top - before !== seen.many) gaps.push(seen.top);
      }
      return gaps;
    })();
    const writer = async () => {
      for (let i = 0; i < 20; i++) {
        const id = mint();
        const began = performance.now();
        await commit(running, factOf([root], { id }));
        spans.push({ began, ended: performance.now(), id });
      }
    };
    await Promise.all(Array.from({ length: 16 }, writer));
    over.abort();
    expect(await reader).toEqual([]);

    const told = await rows<{ seq: number; id: string; at: Date }>(
      'select seq, id, at from journal where seq > $1 order by seq',
      [before],
    );
    expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: 320 }, (_, i) => before + 1 + i));
    const times = told.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const seqs = new Map(told.map(({ id, seq }) => [id, seq]));
    const order = [...spans].sort((a, b) => a.ended - b.ended);
    for (const later of spans)
      for (const earlier of order) {
        if (earlier.ended >= later.began) break;
        expect(seqs.get(earlier.id)).toBeLessThan(seqs.get(later.id) ?? 0);
      }
  });

  it('are given at the commit: a command that pauses before it keeps nobody waiting', async () => {
    const paused = new pg.Client(running.databaseUrl);
    await paused.connect();
    const slow = factOf([root]);
    const entry = { ...slow, draft: mint(), at: new Date(slow.at).toISOString() };
    await paused.query('begin');
    await paused.query('select journal_append($1::jsonb, $2, $3)', [
      JSON.stringify([entry]),
      running.app.get(CentreTree).version,
      'main',
    ]);
    const waits: number[] = [];
    const quick = factOf([root]);
    for (let i = 0; i < 20; i++) {
      const since = performance.now();
      await commit(running, i === 0 ? quick : factOf([root]));
      waits.push(performance.now() - since);
    }
    expect(Math.max(...waits)).toBeLessThan(1_000);
    expect(await seqOf(quick.id)).toBeGreaterThan(0);
    expect(await rows('select 1 from journal where id = $1', [slow.id])).toEqual([]);
    const before = await head();
    await paused.query('commit');
    expect(await seqOf(slow.id)).toBe(before + 1);
    await paused.end();
  });

  it('are not spent on a command that fails', async () => {
    const before = await head();
    const journal = running.app.get(Journal);
    await expect(
      journal.transaction(async (tx) => {
        await journal.append(tx, [factOf([root])]);
        throw new Error('changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    expect(await head()).toBe(before);
    expect(await rows('select 1 from journal_draft')).toEqual([]);
  });

  it('follow the order of the facts of one command', async () => {
    const id = mint();
    const other = mint();
    await commit(
      running,
      factOf([root], { id, version: 1, fact: 'first' }),
      factOf([root], { id: other, fact: 'second' }),
      factOf([root], { id, version: 2, fact: 'third' }),
    );
    const told = await rows<{ fact: string }>('select fact from journal where id in ($1, $2) order by seq', [
      id,
      other,
    ]);
    expect(told.map(({ fact }) => fact)).toEqual(['first', 'second', 'third']);
  });

  it('are refused to an audience of another tree, and nothing is written', async () => {
    const journal = running.app.get(Journal);
    const { version } = running.app.get(CentreTree);
    const before = await head();
    const late = factOf([root]);
    await expect(
      running.app.get(Journal).transaction((tx) => journal.append(tx, [late], version - 1)),
    ).rejects.toMatchObject({
      driverError: { code: '40001' },
    });
    expect(await head()).toBe(before);
    expect(await rows('select 1 from picture where id = $1', [late.id])).toEqual([]);
  });

  it('are refused to a version that does not rise', async () => {
    const id = mint();
    await commit(running, factOf([root], { id, version: 3 }));
    await expect(commit(running, factOf([root], { id, version: 3 }))).rejects.toThrow(/is at version 3/);
  });
});

describe('the picture', () => {
  it('is the fold of the journal', async () => {
    const { pictures } = running.app.get(Tailer);
    await running.app.get(Tailer).poll();
    const stored = await rows<{ kind: string; id: string; version: number }>(
      'select kind, id, version from picture where $1 = any(seen_by) order by kind, id',
      [root],
    );
    const held = [...pictures.of(root).items()].map(({ kind, id, version }) => ({ kind, id, version }));
    expect(held.sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1))).toEqual(stored);
  });

  it('forgets an entity with the entry that has no card', async () => {
    const id = mint();
    await commit(running, factOf([root], { id }));
    await commit(running, factOf([root], { id, version: 2, card: null }));
    expect(await rows('select 1 from picture where id = $1', [id])).toEqual([]);
    const [last] = await rows('select card, version from journal where id = $1 order by seq desc limit 1', [
      id,
    ]);
    expect(last).toEqual({ card: null, version: 2 });
  });
});

describe('an append', () => {
  it('that read the whole picture for a single fact finds its rows by their keys', async () => {
    const journal = running.app.get(Journal);
    const scans = await journal.transaction(async (tx) => {
      await journal.append(tx, [factOf([root]), factOf([root])]);
      return tx.query<unknown>(
        "select seq_scan::int as whole from pg_stat_xact_user_tables where relname = 'picture'",
      );
    });
    expect(scans).toEqual([{ whole: 0 }]);
  });
});

describe('the reading of what is new', () => {
  it('that was planned for every commit anew is planned once, by index however small the journal was', async () => {
    // Its second partition is known to be empty: as good as read whole, until it is not.
    await database.query('analyze journal');
    const lane = running.app.get(Database).lane('spec', { isPlanned: true });
    const at = await head();
    for (let i = 0; i < 10; i++) await readAfter(lane, at - 1, 100);
    const plans = await lane.query(
      "select custom_plans + generic_plans as runs, generic_plans > 0 as kept from pg_prepared_statements where name = 'spec 0'",
    );
    const told = await lane.query(`explain (costs off) execute "spec 0" (${at - 1}, 100)`);
    await lane.end();
    expect(plans).toEqual([{ runs: 10, kept: true }]);
    expect(JSON.stringify(told)).toMatch(/Index Scan using journal_p0_pkey/);
    expect(JSON.stringify(told)).not.toMatch(/(Seq|Bitmap Heap) Scan on journal/);
  });
});

describe('what the leader does for the journal', () => {
  const lead = () =>
    new Promise<JournalSchedule>((resolve) =>
      running.app.get(Leader).onLead(() => resolve(running.app.get(JournalSchedule))),
    );

  it('makes partitions ahead of the head', async () => {
    const schedule = await lead();
    await database.query('begin');
    await database.query('update counter set seq = 3500000');
    await database.query('select journal_extend(seq + 2000000) from counter');
    const made = await rows<{ name: string | null }>("select to_regclass('journal_p5')::text as name");
    await database.query('rollback');
    expect(made).toEqual([{ name: 'journal_p5' }]);
    await schedule.extend();
    expect(await rows("select to_regclass('journal_scope_p2')::text as name")).toEqual([
      { name: 'journal_scope_p2' },
    ]);
  });

  it('keeps a checkpoint a day with everything in it, and no second one', async () => {
    const schedule = await lead();
    await database.query('delete from checkpoint');
    await schedule.checkpoint();
    await schedule.checkpoint();
    const [kept] = await rows<{
      many: number;
      items: number;
      picture: number;
      reason: string;
      digest: string;
    }>(
      `select (select count(*) from checkpoint) as many, (select count(*) from checkpoint_item) as items,
              (select count(*) from picture) as picture, reason, digest from checkpoint`,
    );
    expect(kept).toMatchObject({ many: 1, items: kept?.picture, reason: 'daily' });
    expect(kept?.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('proves the picture in memory by the rows, and loads it anew when they differ', async () => {
    const schedule = await lead();
    expect(await schedule.prove()).toBe(true);
    const id = mint();
    await commit(running, factOf([root], { id }));
    await database.query('update picture set version = 7 where id = $1', [id]);
    expect(await schedule.prove()).toBe(false);
    expect(running.app.get(Tailer).pictures.of(root).get('alert', id)?.version).toBe(7);
    expect(await schedule.prove()).toBe(true);
  });
});
