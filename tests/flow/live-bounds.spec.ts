import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import pg from 'pg';
import type { Namespace, Socket } from 'socket.io';
import { Tailer } from '../../server/src/journal/tailer.js';
import { WallGateway } from '../../server/src/live/wall.gateway.js';
import { ask, openApp, type Person, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf } from '../support/facts.js';
import { Screen } from '../support/screen.js';

// Where a resume ends, and what a screen may owe.
let running: RunningApp;
let duty: Person;
let root: string;
let county: string;

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  const centres = centresOf(running);
  root = centres.root;
  [county] = centres.counties as [string];
});
afterAll(() => running?.close());

/** As who restores, drops or waits: past the triggers and the processes that run. */
async function onDatabase(sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client(running.databaseUrl);
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  await client.query(sql, values);
  await client.end();
}

/** A screen of the county that has left, and what was told after it had. */
async function left(facts = 3) {
  const screen = await Screen.joined(duty, county);
  screen.close();
  const cursor = screen.cursor ?? '';
  const told = Array.from({ length: facts }, () => factOf([root, county]));
  for (const fact of told) await commit(running, fact);
  return { cursor, seq: Number(cursor.split('.')[0]), told: told.map(({ id }) => id) };
}

/** What a process that has just begun, and remembers nothing, answers to a cursor. */
async function answerOf(cursor: string) {
  const other = await openApp({ databaseUrl: running.databaseUrl });
  const screen = await Screen.open(await other.signIn('duty'), county);
  screen.cursor = cursor;
  const { mode } = await screen.join();
  const ids = screen.entries.map(({ id }) => id);
  screen.close();
  await other.close();
  return { mode, ids };
}

describe('a cursor', () => {
  it('of 25 hours ago resumes with exactly what it lacks; one of 27 hours ago is answered with a snapshot', async () => {
    const { cursor, seq, told } = await left();
    const ago = 'update journal set at = now() - $2::interval where seq = $1';
    await onDatabase(ago, [seq, '25 hours']);
    expect(await answerOf(cursor)).toEqual({ mode: 'resume', ids: told });
    await onDatabase(ago, [seq, '27 hours']);
    expect(await answerOf(cursor)).toMatchObject({ mode: 'snapshot' });
  }, 120_000);

  it('whose part of the journal was dropped is answered with a snapshot', async () => {
    const { cursor, seq } = await left();
    await onDatabase('delete from journal where seq <= $1', [seq]);
    await onDatabase('delete from journal_scope where seq <= $1', [seq]);
    expect(await answerOf(cursor)).toMatchObject({ mode: 'snapshot' });
  });

  it('further back than five thousand entries is answered with a snapshot', async () => {
    const { cursor, told } = await left(1);
    const [id] = told;
    await onDatabase(
      `with head as (update counter set seq = seq + 5001 returning seq - 5001 as last, mark, at, tree),
       told as (
         insert into journal (seq, mark, at, tree, fact, kind, id, version, card, seen_by, left_by, site, schema)
         select last + n, mark, at, tree, 'probe.told', 'alert', $1, n + 1, '{}', array[$2::uuid], '{}', 'main', 1
           from head, generate_series(1, 5001) n returning seq)
       insert into journal_scope (scope, seq, gone) select $2::uuid, seq, false from told`,
      [id, county],
    );
    expect(await answerOf(cursor)).toMatchObject({ mode: 'snapshot' });
    // Past what was told here, or the screens of the next test would be told it.
    await running.app.get(Tailer).poll();
  });
});

describe('a screen that reads nothing', () => {
  it('is closed at a bound, keeps nobody waiting, and returns with its cursor to exactly what it lacks', async () => {
    const screen = await Screen.joined(duty, county);
    const other = await Screen.joined(duty, county);
    const held = onServer(screen);
    const gone = once(held as never, 'disconnect');
    reading(screen, false);
    const facts = Array.from({ length: 12 }, () => factOf([root, county]));
    const [before, after] = [facts.slice(0, 6), facts.slice(6)];
    for (const fact of before) await commit(running, fact);
    // Words of a colleague, until the kernel's buffers are full and the queue behind them is.
    const data = 'x'.repeat(3_900);
    for (let i = 0; held.connected && i < 300; i++)
      await Promise.all(
        Array.from({ length: 100 }, () => ask(other.socket, 'aside', { scope: county, topic: 'load', data })),
      );
    await gone;
    for (const fact of after) await commit(running, fact);
    await other.sees(after.at(-1)?.id ?? '');
    const closed = screen.socket.connected ? once(screen.socket as never, 'disconnect') : undefined;
    reading(screen, true);
    await closed;
    screen.close();

    const back = await Screen.open(duty, county);
    for (const item of screen.picture.items()) back.picture.apply(item);
    back.entries.push(...screen.entries);
    back.cursor = screen.cursor;
    expect(await back.join()).toMatchObject({ mode: 'resume' });
    expect(back.entries.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    expect([...back.faults, ...screen.faults, ...other.faults]).toEqual([]);
    back.close();
    other.close();
  }, 120_000);
});

function onServer({ socket: { id } }: Screen): Socket {
  const gateway: unknown = running.app.get(WallGateway);
  const { io } = gateway as { io: Namespace };
  const socket = io.sockets.get(id ?? '');
  if (!socket) throw new Error('a screen that the server knows');
  return socket;
}

function reading({ socket }: Screen, isReading: boolean): void {
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
  if (isReading) ws.resume();
  else ws.pause();
}
