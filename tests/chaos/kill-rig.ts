import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Answer, cloneDatabase } from '../support/app.js';
import { openProxy, type Proxy, throughPort } from '../support/proxy.js';
import { freePort, openServer, type ServerProcess } from '../support/server.js';
import { findLies } from './one-truth.js';

/**
 * Where the process dies: a table that its transaction is about to write, which we hold; its commit, which has been sent
 * and waits; or the answer, when PostgreSQL has committed and nobody has been told.
 */
export type Place = 'commit' | 'answer' | (string & {});

const WAIT_MS = 20_000;

/** A server on a city of its own that can be killed at a chosen place of a deed. */
export class KillRig {
  private constructor(
    private readonly source: { readonly url: string; readonly drop: () => Promise<void> },
    /** Looks, while `holder` holds. */
    readonly client: pg.Client,
    private readonly holder: pg.Client,
    private readonly proxy: Proxy,
    private readonly port: number,
    public server: ServerProcess,
  ) {}

  static async open(): Promise<KillRig> {
    const source = await cloneDatabase('city');
    const [client, holder] = [new pg.Client(source.url), new pg.Client(source.url)];
    await Promise.all([client.connect(), holder.connect()]);
    const proxy = await openProxy(Number(new URL(source.url).port));
    const port = await freePort();
    const server = await openServer(throughPort(source.url, proxy.port), { port, env: { SITE: 'killed' } });
    return new KillRig(source, client, holder, proxy, port, server);
  }

  async start(): Promise<void> {
    const url = throughPort(this.source.url, this.proxy.port);
    this.server = await openServer(url, { port: this.port, env: { SITE: 'killed' } });
  }

  async close(): Promise<void> {
    await this.server.end('SIGKILL');
    await this.proxy.close();
    await Promise.all([this.client.end(), this.holder.end()]);
    await this.source.drop();
  }

  /** Holds what the transaction needs at this place until it waits there, and kills the server. */
  async killAt(at: Place, deed: () => Promise<unknown>): Promise<void> {
    const { client, holder, proxy } = this;
    const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = rows[0]?.pid ?? 0;
    await holder.query('begin');
    if (at === 'commit' || at === 'answer') await holder.query('select 1 from counter for update');
    else await holder.query(`lock table ${at} in share mode`);
    const unanswered = deed().catch(() => 'lost');
    await until(`a transaction that waits at ${at}`, async () =>
      (await backends(client, `${pid} = any(pg_blocking_pids(pid))`)) > 0 ? true : undefined,
    );
    if (at === 'answer') {
      // PostgreSQL commits, and its word does not arrive.
      proxy.pause();
      await holder.query('rollback');
      await until('the commit', async () =>
        (await backends(client, `wait_event_type = 'Lock'`)) === 0 ? true : undefined,
      );
    }
    await this.server.end('SIGKILL');
    if (at !== 'answer') await holder.query('rollback');
    proxy.drop();
    proxy.resume();
    await unanswered;
    await until('the end of its sessions', async () =>
      (await backends(client, 'true')) === 0 ? true : undefined,
    );
  }

  /** What PostgreSQL tells twice or in two ways. */
  lies(): ReturnType<typeof findLies> {
    return findLies(this.client);
  }

  /** Kills the server in the middle of a deed and starts it again; answers what doing it once more was answered. */
  async survive<T>(at: Place, deed: () => Promise<Answer<T>>): Promise<Answer<T>> {
    await this.killAt(at, deed);
    const before = await this.lies();
    await this.start();
    const answer = await deed();
    const found = [...before, ...(await this.lies())];
    if (found.length > 0) throw new Error(`lies after a kill at ${at}: ${JSON.stringify(found)}`);
    if (answer.status >= 300) throw new Error(`after a kill at ${at}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  async count(sql: string, ...values: unknown[]): Promise<number> {
    const { rows } = await this.client.query<{ n: number }>(`select count(*)::int as n from ${sql}`, values);
    return rows[0]?.n ?? -1;
  }
}

export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const since = performance.now(); performance.now() - since < WAIT_MS; await pause(5)) {
    const seen = await look();
    if (seen !== undefined) return seen;
  }
  throw new Error(`${what}: not within ${WAIT_MS} ms`);
}

/** Backends of the server that is under test. */
async function backends(client: pg.Client, which: string): Promise<number> {
  const { rows } = await client.query(
    `select pid from pg_stat_activity where datname = current_database() and application_name like 'xiongguan%' and ${which}`,
  );
  return rows.length;
}
