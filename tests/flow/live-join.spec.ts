import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JournalBatch, ScopeEntry } from '@app/shared';
import pg from 'pg';
import { Tailer } from '../../server/src/journal/tailer.js';
import { ask, openApp, type Person, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf, mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

let running: RunningApp;
let duty: Person;
let root: string;
let county: string;
let sibling: string;
let town: string;

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  const centres = centresOf(running);
  ({ root, town } = centres);
  [county, sibling] = centres.counties as [string, string];
});
afterAll(() => running?.close());

const headCursor = () => {
  const { seq, mark } = running.app.get(Tailer).pictures.head;
  return `${seq}.${mark}`;
};
const seqs = (entries: readonly ScopeEntry[]) => entries.map((entry) => ('seq' in entry ? entry.seq : -1));

describe('a screen that joins during commits', () => {
  it('misses nothing and is told nothing twice, however many join', async () => {
    const cursors: string[] = [headCursor()];
    const over = new AbortController();
    const writer = async () => {
      for (let i = 0; !over.signal.aborted; i++) {
        const id = mint();
        await commit(running, factOf([root, county, town], { id }));
        // Every other one changes, and every third leaves again.
        if (i % 2 === 0) await commit(running, factOf([root, county], { id, version: 2 }));
        if (i % 3 === 0) await commit(running, factOf([root, county], { id, version: 3, card: null }));
      }
    };
    const writers = Promise.all(Array.from({ length: 6 }, writer));
    const screens: Screen[] = [];
    for (let i = 0; i < 60; i++) {
      const scope = [root, county, town][i % 3] ?? root;
      const cursor = i % 4 === 0 ? undefined : cursors[i % cursors.length];
      const screen = await Screen.joined(duty, scope, i % 4 === 0 || i < 4 ? undefined : cursor);
      // A screen that resumed has only the backlog: its digest proves nothing, so it joins once more for the whole.
      if (cursor !== undefined) await screen.join({ whole: true });
      screens.push(screen);
      cursors.push(headCursor());
    }
    over.abort();
    await writers;
    const head = running.app.get(Tailer);
    await head.poll();
    await Promise.all(
      screens.map((screen) => {
        const { pulses } = screen;
        return screen.until(() => screen.pulses > pulses + 1, 'two pulses after the last commit');
      }),
    );
    for (const screen of screens) {
      expect(screen.faults).toEqual([]);
      expect(screen.picture.digest.hex()).toBe(head.pictures.of(screen.scope).digest.hex());
      screen.close();
    }
  });

  it('and is cut again and again, resumes each time and ends with the same picture', async () => {
    const screen = await Screen.joined(duty, county);
    const told = new Set<number>(seqs(screen.entries));
    const over = new AbortController();
    const writer = (async () => {
      while (!over.signal.aborted) await commit(running, factOf([root, county]));
    })();
    let current = screen;
    for (let i = 0; i < 25; i++) {
      const { cursor, picture, entries } = current;
      current.close();
      expect(current.faults).toEqual([]);
      const next = await Screen.open(duty, county);
      for (const item of picture.items()) next.picture.apply(item);
      next.entries.push(...entries);
      next.cursor = cursor;
      const answer = await next.join();
      expect(answer.mode).toBe('resume');
      current = next;
    }
    over.abort();
    await writer;
    const { pulses } = current;
    await current.until(() => current.pulses > pulses + 1, 'two pulses');
    expect(current.faults).toEqual([]);
    const all = seqs(current.entries);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    expect(all.length).toBeGreaterThan(told.size + 25);
    current.close();
  });
});

describe('a cursor', () => {
  it('resumes from memory with exactly what it lacks', async () => {
    const screen = await Screen.joined(duty, county);
    const cursor = screen.cursor ?? '';
    screen.close();
    const facts = [factOf([root, county]), factOf([root, sibling]), factOf([root, county])];
    for (const fact of facts) await commit(running, fact);
    const back = await Screen.open(duty, county);
    for (const item of screen.picture.items()) back.picture.apply(item);
    back.cursor = cursor;
    expect(await back.join()).toMatchObject({ mode: 'resume' });
    // The last one may still be on its way to this process: then the chain brings it.
    await back.sees(facts[2]?.id ?? '');
    expect(back.entries.map(({ id }) => id)).toEqual([facts[0]?.id, facts[2]?.id]);
    expect(back.faults).toEqual([]);
    back.close();
  });

  it('resumes from PostgreSQL in a process that has just begun', async () => {
    const screen = await Screen.joined(duty, county);
    const cursor = screen.cursor ?? '';
    screen.close();
    const facts = Array.from({ length: 30 }, (_, i) => factOf([root, i % 3 === 0 ? sibling : county]));
    for (const fact of facts) await commit(running, fact);
    const other = await openApp({ databaseUrl: running.databaseUrl });
    const back = await Screen.open(await other.signIn('duty'), county);
    for (const item of screen.picture.items()) back.picture.apply(item);
    back.cursor = cursor;
    const answer = await back.join();
    expect(answer.mode).toBe('resume');
    await back.sees(facts.at(-1)?.id ?? '');
    expect(back.entries.map(({ id }) => id)).toEqual(facts.filter((_, i) => i % 3 !== 0).map(({ id }) => id));
    await back.until(() => back.pulses > 1, 'two pulses');
    expect(back.faults).toEqual([]);
    back.close();
    await other.close();
  });

  it('beyond the head, with another mark, or no cursor at all is answered with a snapshot', async () => {
    const { seq, mark } = running.app.get(Tailer).pictures.head;
    const [, first] = await rowOf('select seq, mark from journal order by seq limit 1');
    for (const cursor of [
      `${seq + 1_000}.${mark}`,
      `${seq}.${mark ^ 1}`,
      `${seq - 1}.1`,
      '0.0',
      'soup',
      `1.${first}`,
    ]) {
      const screen = await Screen.joined(duty, county, cursor);
      const answer = await screen.join();
      screen.close();
      // The join before has told the screen the true cursor: only the first answer was to be a snapshot.
      expect(answer.mode).toBe('resume');
      expect(screen.faults).toEqual([]);
    }
  });

  it('of another tree is answered with a snapshot', async () => {
    const screen = await Screen.joined(duty, county);
    const cursor = screen.cursor ?? '';
    const admin = await running.signIn('admin');
    const notice = new Promise((resolve) => screen.socket.once('notice', resolve));
    const { body } = await admin.get<{ items: { id: string; version: number; names: object }[] }>(
      '/api/centres',
    );
    const centre = body.items.find(({ id }) => id === sibling);
    const changed = await admin.ask('PATCH', `/api/centres/${sibling}`, {
      version: centre?.version,
      aliases: ['又名'],
    });
    expect(changed.status).toBe(200);
    expect(await notice).toMatchObject({ code: 'scope-changed' });
    const answer = await ask<{ mode: string; snapshot: unknown[] }>(screen.socket, 'join', {
      protocol: 1,
      scope: county,
      cursor,
    });
    expect(answer).toMatchObject({ ok: true, mode: 'snapshot' });
    screen.close();
  });

  it('of a backup that was restored is answered with a snapshot, and running screens join again', async () => {
    const screen = await Screen.joined(duty, county);
    const notice = new Promise((resolve) => screen.socket.once('notice', resolve));
    const old = headCursor();
    // What a restore looks like from here: the last entry was never written, and another one was.
    await onDatabase(async (client) => {
      await client.query("set session_replication_role = 'replica'");
      const { seq } = running.app.get(Tailer).pictures.head;
      await client.query('update journal set mark = mark + 1 where seq = $1', [seq]);
      await client.query('update counter set mark = (select mark from journal where seq = $1)', [seq]);
    });
    await commit(running, factOf([root, county]));
    expect(await notice).toEqual({ code: 'scope-changed', scope: county });
    const back = await Screen.joined(duty, county, old);
    expect(back.entries).toEqual([]);
    expect(back.picture.size).toBeGreaterThan(0);
    back.close();
    screen.close();
  });
});

describe('a room', () => {
  it('is told nothing of what is not its business, and its chain goes on over it', async () => {
    const screen = await Screen.joined(duty, sibling);
    const batches: JournalBatch[] = [];
    screen.socket.on('journal', (batch: JournalBatch) => batches.push(batch));
    for (let i = 0; i < 40; i++) await commit(running, factOf([root, county]));
    const mine = factOf([root, sibling]);
    await commit(running, mine);
    await screen.sees(mine.id);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.entries.map(({ id }) => id)).toEqual([mine.id]);
    expect(screen.faults).toEqual([]);
    screen.close();
  });

  it('tells a handheld, whose scope is its team', async () => {
    const { body } = await duty.get<{ items: { id: string }[] }>('/api/teams?limit=1');
    const team = body.items[0]?.id ?? '';
    const screen = await Screen.joined(duty, team);
    const fact = factOf([root, team]);
    await commit(running, fact);
    await screen.sees(fact.id);
    expect(screen.faults).toEqual([]);
    screen.close();
  });
});

async function onDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(running.databaseUrl);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const rowOf = (sql: string): Promise<[number, number]> =>
  onDatabase(async (client) => {
    const [row] = (await client.query(sql)).rows as { seq: number; mark: number }[];
    return [row?.seq ?? 0, row?.mark ?? 0];
  });
