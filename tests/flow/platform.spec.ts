import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERRORS } from '@app/shared';
import pg from 'pg';
import { Clock } from '../../server/src/platform/clock.js';
import { readConfig } from '../../server/src/platform/config.js';
import { Database } from '../../server/src/platform/database.js';
import { Log } from '../../server/src/platform/log.js';
import { cloneDatabase, openApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
let database: pg.Client;

beforeAll(async () => {
  running = await openApp();
  database = new pg.Client(running.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await running?.close();
});

const silent = new Log({ logLevel: 'silent', site: 'test' });
const databaseOf = (url: string) =>
  new Database(readConfig({ DATABASE_URL: url, DATABASE_POOL: '3' }), [], silent);

/** What would be a register of persons, or of what people are; names of columns, as parts between underscores. */
const FORBIDDEN =
  /(^|_)(id_?card|identity|id_?number|passport|face|plate|religion|faith|belief|ethnic\w*|nation\w*|birth\w*|gender|sex|phone|mobile|telephone|imei|imsi|wechat|person\w*|citizen\w*|petition\w*|fingerprint|iris|dna|biometr\w*|home_?address|relative\w*|surname|first_?name|last_?name|full_?name|caller|score)(_|$)/;
/** Words for things that only sound like one. */
const ALLOWED = new Set<string>([]);

describe('the schema', () => {
  it('has no column for who a person is, what they believe or what they look like', async () => {
    const { rows } = await database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' order by 1`,
    );
    expect(rows.length).toBeGreaterThan(100);
    const found = rows
      .map(({ name }) => name)
      .filter((name) => FORBIDDEN.test(name.split('.')[1] ?? '') && !ALLOWED.has(name));
    expect(found).toEqual([]);
  });

  it('takes no id from a sequence', async () => {
    const { rows } = await database.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval%') and column_name = 'id'
            and table_name <> 'migrations'`,
    );
    expect(rows).toEqual([]);
  });

  it('goes down as it came up', async () => {
    const own = await cloneDatabase('empty');
    const undone = databaseOf(own.url);
    try {
      await undone.open();
      for (const _ of undone.source.migrations)
        await undone.source.undoLastMigration({ transaction: 'each' });
      const left = await undone.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
         union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
      );
      expect(left).toEqual([{ name: 'migrations' }]);
      await undone.source.runMigrations({ transaction: 'each' });
    } finally {
      await undone.onApplicationShutdown();
      await own.drop();
    }
  });

  it('is brought up to date by several processes at once, however long the first takes', async () => {
    const own = await cloneDatabase('empty');
    const holder = new pg.Client(own.url);
    await holder.connect();
    await holder.query('drop schema public cascade; create schema public');
    await holder.query('select pg_advisory_lock(7201120)');
    const processes = [databaseOf(own.url), databaseOf(own.url), databaseOf(own.url)];
    const opened = Promise.all(processes.map((one) => one.open()));
    // Longer than any lock time-out of the pool.
    await holder.query('select pg_sleep(3.5)');
    await holder.query('select pg_advisory_unlock(7201120)');
    await opened;
    const [first] = processes;
    const [row] = (await first?.query<{ many: number }>('select count(*) as many from migrations')) ?? [];
    expect(row?.many).toBe(processes[0]?.source.migrations.length);
    await Promise.all(processes.map((one) => one.onApplicationShutdown()));
    await holder.end();
    await own.drop();
  });
});

describe('a transaction', () => {
  const isThere = async (pid: number): Promise<boolean> =>
    (await database.query('select 1 from pg_stat_activity where pid = $1', [pid])).rows.length > 0;

  it('is run again when it was a deadlock’s victim', async () => {
    const pool = databaseOf(running.databaseUrl);
    await pool.open();
    await pool.query('create table probe (id int primary key, many int)');
    await pool.query('insert into probe values (1, 0), (2, 0)');
    const both = (first: number, second: number) =>
      pool.transaction(async (tx) => {
        await tx.query('update probe set many = many + 1 where id = $1', [first]);
        await tx.query('select pg_sleep(0.2)');
        await tx.query('update probe set many = many + 1 where id = $1', [second]);
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(await pool.query('select many from probe')).toEqual([{ many: 2 }, { many: 2 }]);
    await pool.query('drop table probe');
    await pool.onApplicationShutdown();
  });

  it('is run again when PostgreSQL ended it because its process hung', async () => {
    const mine = databaseOf(running.databaseUrl);
    await mine.open();
    const pids: number[] = [];
    const answer = await mine.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }[]>('select pg_backend_pid() as pid');
      pids.push(row?.pid ?? 0);
      if (pids.length === 1) {
        await tx.query('set local idle_in_transaction_session_timeout = 20');
        while (await isThere(pids[0] ?? 0));
      }
      return tx.query<{ one: number }[]>('select 1 as one');
    });
    expect(answer).toEqual([{ one: 1 }]);
    expect(pids).toHaveLength(2);
    await mine.onApplicationShutdown();
  });
});

async function metricOf(name: string): Promise<number> {
  const text = await (await fetch(`${running.url}/metrics`)).text();
  return Number(new RegExp(`^xiongguan_${name} (.+)$`, 'm').exec(text)?.[1]);
}

describe('operation', () => {
  it('tells health, readiness and metrics', async () => {
    const nobody = running.nobody();
    expect(await nobody.get('/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    const ready = await nobody.get<{ clockOffMs: number }>('/readyz');
    expect(ready).toMatchObject({
      status: 200,
      body: { ready: true, database: true, bus: true, draining: false },
    });
    expect(Math.abs(ready.body.clockOffMs)).toBeLessThan(1_000);
    const metrics = await fetch(`${running.url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toMatch(/^xiongguan_process_cpu_seconds_total [\d.]+$/m);
  });

  it('is not ready while its clock is more than a second off the database’s, either way', async () => {
    const clock = running.app.get(Clock);
    const { now } = clock;
    const at = async (offMs: number) => {
      clock.now = () => Date.now() + offMs;
      const { status, body } = await running.nobody().get<{ ready: boolean; clockOffMs: number }>('/readyz');
      return { status, ready: body.ready, isTold: Math.abs(body.clockOffMs + offMs) < 500 };
    };
    try {
      for (const off of [1_600, -1_600, 3_600_000])
        expect(await at(off)).toEqual({ status: 503, ready: false, isTold: true });
      expect(await metricOf('clock_off_seconds')).toBeCloseTo(-3_600, -1);
      for (const off of [400, -400])
        expect(await at(off)).toEqual({ status: 200, ready: true, isTold: true });
    } finally {
      clock.now = now;
    }
    expect((await running.nobody().get('/readyz')).status).toBe(200);
    expect(Math.abs(await metricOf('clock_off_seconds'))).toBeLessThan(1);
  });

  it('describes every route in OpenAPI 3.1 and on the wire page, with what is sent', async () => {
    const { status, body } = await running
      .nobody()
      .get<{ openapi: string; paths: Record<string, Record<string, { requestBody?: object }>> }>(
        '/api/openapi.json',
      );
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    // As OpenAPI 3.0 had it, no JSON Schema.
    expect(JSON.stringify(body)).not.toContain('"nullable"');
    const told = await readFile(new URL('../../.github/WIRE.md', import.meta.url), 'utf8');
    const untold = Object.entries(body.paths).filter(([path, methods]) => {
      const route = path.replace(/\{(\w+)\}/g, ':$1');
      const row = told.split('\n').find((line) => line.includes(`${route}\``));
      return !Object.keys(methods).every((method) => row?.includes(method.toUpperCase()));
    });
    expect(untold).toEqual([]);
    const bodiless = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => ['post', 'patch', 'put'].includes(method))
        .filter(([, route]) => !/"(properties|anyOf)":/.test(JSON.stringify(route.requestBody ?? null)))
        .map(([method]) => `${method} ${path}`),
    );
    expect(bodiless).toEqual([]);
  });

  it('keeps an idle connection longer than a proxy does, and waits for no slow request', () => {
    const { keepAliveTimeout, headersTimeout, requestTimeout } = running.app.getHttpServer();
    const kept = /keepalive_timeout (\d+)s;\n {2}\}/.exec(
      readFileSync('.github/deploy/nginx.conf', 'utf8'),
    )?.[1];
    expect(keepAliveTimeout).toBeGreaterThan(Number(kept) * 1_000);
    expect(headersTimeout).toBeLessThanOrEqual(15_000);
    expect(requestTimeout).toBeLessThanOrEqual(60_000);
  });

  it('gives every answer its id and its headers', async () => {
    const { headers } = await running.nobody().get('/api/settings');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('the table of errors', () => {
  it('gives every code a subject, a status and a word on retrying', () => {
    for (const [code, { status, retry }] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^([a-z][a-z-]*\.[a-z-]+|internal)$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(typeof retry).toBe('boolean');
    }
  });
});
