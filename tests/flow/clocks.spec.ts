import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../../server/src/clocks/clocks.js';
import { DueTimesSchedule } from '../../server/src/clocks/due-times.schedule.js';
import { Clock } from '../../server/src/platform/clock.js';
import { Database } from '../../server/src/platform/database.js';
import { cloneDatabase, openApp, type RunningApp } from '../support/app.js';

const KIND = 'test.due';

/** A server that notes what fires in a table of its own, inside the firing's transaction. */
async function openNoting(databaseUrl: string, name: string, onDue: (due: Due) => void): Promise<RunningApp> {
  const app = await openApp({ template: 'empty', databaseUrl });
  app.app.get(Clocks).register(KIND, async (tx: EntityManager, due: Due) => {
    await tx.query('insert into fired (subject, by_process) values ($1, $2)', [due.subject, name]);
    onDue(due);
    return [];
  });
  return app;
}

const set = (app: RunningApp, subjects: readonly string[], dueAt: number): Promise<void> =>
  app.app.get(Database).transaction(async (tx) => {
    for (const subject of subjects) await app.app.get(Clocks).set(tx, { kind: KIND, subject, dueAt });
  });

describe('due times', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let client: pg.Client;
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let fired = 0;
  const note = () => {
    fired += 1;
    for (const { resolve } of waiting.filter(({ count }) => count <= fired)) resolve();
    waiting = waiting.filter(({ count }) => count > fired);
  };
  const untilFired = (count: number): Promise<void> =>
    fired >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }));

  beforeAll(async () => {
    database = await cloneDatabase('empty');
    client = new pg.Client(database.url);
    await client.connect();
    await client.query('create table fired (subject uuid, by_process text)');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('fire once each, with two servers on one database, and late ones after a stop too', async () => {
    const subjects = Array.from({ length: 60 }, () => randomUUID());
    const first = await openNoting(database.url, 'first', note);
    await set(first, subjects.slice(0, 20), Date.now() + 900);
    await set(first, subjects.slice(20), Date.now() + 600_000);
    await first.close();
    expect(fired).toBe(0);
    // Nobody watched while these ran out.
    await client.query("update due_time set due_at = now() - interval '1 hour' where fired_at is null");

    const two = [
      await openNoting(database.url, 'second', note),
      await openNoting(database.url, 'third', note),
    ];
    await untilFired(60);
    // What has been noted may still be committing; a server that closes waits for it.
    await Promise.all(two.map((app) => app.close()));
    const { rows } = await client.query<{ subject: string; count: string }>(
      'select subject, count(*) from fired group by subject',
    );
    expect(rows).toHaveLength(60);
    expect(rows.every(({ count }) => Number(count) === 1)).toBe(true);
    const open = await client.query('select 1 from due_time where fired_at is null');
    expect(open.rowCount).toBe(0);
  });

  it('take the place of the one before, and do not fire when cancelled', async () => {
    const app = await openNoting(database.url, 'fourth', note);
    const [moved, cancelled] = [randomUUID(), randomUUID()];
    await set(app, [moved, cancelled], Date.now() + 600_000);
    await set(app, [moved], Date.now());
    await app.app.get(Database).transaction((tx) => app.app.get(Clocks).cancel(tx, [KIND], cancelled));
    await untilFired(61);
    await app.close();
    const { rows } = await client.query(
      'select subject, due_at, fired_at from due_time where subject = any($1)',
      [[moved, cancelled]],
    );
    expect(rows).toMatchObject([{ subject: moved, fired_at: expect.any(Date) }]);
  });

  it('come at their moment, not at the next poll', async () => {
    let lateness: number[] = [];
    const app = await openNoting(database.url, 'fifth', (due) => {
      lateness.push(Date.now() - due.dueAt);
      note();
    });
    // No poll each second meets all three within 400 ms of their moments, so one good round of some is proof enough.
    for (let round = 0; round < 6; round++) {
      lateness = [];
      const [start, now] = [fired, Date.now()];
      for (const ms of [1_300, 1_450, 1_700]) await set(app, [randomUUID()], now + ms);
      await untilFired(start + 3);
      if (Math.max(...lateness) < 400) break;
    }
    expect(Math.max(...lateness)).toBeLessThan(400);
    await app.close();
  });

  it('do not come early at a server whose clock runs ahead', async () => {
    const app = await openNoting(database.url, 'ahead', note);
    app.app.get(Clock).now = () => Date.now() + 600_000;
    const start = fired;
    const [early, due] = [randomUUID(), randomUUID()];
    await set(app, [early], Date.now() + 300_000);
    await set(app, [due], Date.now());
    await untilFired(start + 1);
    expect(await app.app.get(DueTimesSchedule).fireDue()).toBe(0);
    const { rows } = await client.query<{ subject: string }>(
      // Waits for what has been noted and is still committing.
      'select subject from due_time where subject = any($1) and fired_at is null for update',
      [[early, due]],
    );
    expect(rows).toEqual([{ subject: early }]);
    await client.query('delete from due_time where subject = $1', [early]);
    await app.close();
  });

  it('that fail do not hold up the others, and are tried again', async () => {
    const app = await openApp({ template: 'empty', databaseUrl: database.url, env: { LOG_LEVEL: 'silent' } });
    const [bad, good] = [randomUUID(), randomUUID()];
    let tries = 0;
    app.app.get(Clocks).register(KIND, async (_, due) => {
      if (due.subject === bad && ++tries === 1) throw new Error('not this time');
      note();
      return [];
    });
    const start = fired;
    await set(app, [bad], Date.now() - 2_000);
    await set(app, [good], Date.now() - 1_000);
    await untilFired(start + 2);
    expect(tries).toBe(2);
    await app.close();
  });

  it('survive the loss of every connection', async () => {
    const app = await openNoting(database.url, 'sixth', note);
    const start = fired;
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.query('insert into due_time (id, kind, subject, due_at) values ($1, $2, $3, now())', [
      randomUUID(),
      KIND,
      randomUUID(),
    ]);
    await untilFired(start + 1);
    await app.close();
  });
});
