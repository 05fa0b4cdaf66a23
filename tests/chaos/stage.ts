import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Person } from '../support/app.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { openRedis, type RunningRedis } from '../support/redis.js';
import { BUILT_SERVER, freePort, openServer, type ServerProcess } from '../support/server.js';

/** The PostgreSQL of a run, as `tests/support/cluster.mjs` opens it. */
export interface Cluster {
  readonly url: string;
  readonly directory: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface StageOptions {
  readonly cluster: Cluster;
  readonly databaseUrl: string;
  /** Where servers and simulator say what they do. */
  readonly logs: string;
  readonly rate: number;
  readonly seed: number;
}

const SIMULATOR_SECRET = 'the-simulator-of-this-run-alone';
const SERVERS = 2;
const PATIENCE_MS = 60_000;

/** One server of the two: on the same port in each of its lives. */
class Place {
  process: ServerProcess | undefined;
  /** Whether it can be asked: running, and not stopped by a fault. */
  isUp = false;

  constructor(
    readonly name: string,
    readonly port: number,
    private readonly options: { readonly databaseUrl: string; readonly env: Record<string, string> },
    private readonly logTo: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, again and again while what it needs is away. */
  async start(): Promise<void> {
    const { databaseUrl, env } = this.options;
    const since = performance.now();
    for (;;) {
      try {
        this.process = await openServer(databaseUrl, { port: this.port, env, logTo: this.logTo });
        this.isUp = true;
        return;
      } catch (error) {
        if (performance.now() - since > PATIENCE_MS) throw error;
        await pause(200);
      }
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    this.isUp = false;
    return (await this.process?.end(signal)) ?? { code: null, ms: 0 };
  }

  freeze(): void {
    this.isUp = false;
    this.process?.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.child.kill('SIGCONT');
    this.isUp = true;
  }
}

/**
 * Everything that a run breaks: PostgreSQL, Redis, two servers, a door before them that lets in where somebody is up,
 * and the simulator behind that door.
 */
export class Stage {
  readonly servers: readonly Place[];
  readonly #pool: pg.Pool;
  #turn = 0;

  private constructor(
    readonly cluster: Cluster,
    servers: readonly Place[],
    private readonly opened: { redis: RunningRedis; front: Proxy; logs: readonly number[] },
    private readonly databaseUrl: string,
    private simulator: ChildProcess | undefined,
  ) {
    this.servers = servers;
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2, connectionTimeoutMillis: 3_000 });
    this.#pool.on('error', () => undefined);
  }

  static async open({ cluster, databaseUrl, logs, rate, seed }: StageOptions): Promise<Stage> {
    mkdirSync(logs, { recursive: true });
    const log = (name: string) => openSync(join(logs, `${name}.log`), 'w');
    const redis = await openRedis();
    const env = { REDIS_URL: redis.url, SIMULATOR_SECRET, LOG_LEVEL: 'info' };
    const opened: number[] = [];
    const servers: Place[] = [];
    for (const name of ['a', 'b', 'c'].slice(0, SERVERS)) {
      opened.push(log(`server-${name}`));
      servers.push(
        new Place(name, await freePort(), { databaseUrl, env: { ...env, SITE: name } }, opened.at(-1) ?? 1),
      );
    }
    for (const server of servers) await server.start();
    const stage: { it?: Stage } = {};
    const front = await openProxy(() => stage.it?.someServer().port ?? 0);
    opened.push(log('simulator'));
    const parts = { redis, front, logs: opened };
    stage.it = new Stage(cluster, servers, parts, databaseUrl, undefined);
    stage.it.#play(rate, seed, opened.at(-1) ?? 1);
    return stage.it;
  }

  #play(rate: number, seed: number, logTo: number): void {
    const url = `http://127.0.0.1:${this.opened.front.port}`;
    const args = ['--url', url, '--secret', SIMULATOR_SECRET, '--seed', String(seed), '--rate', String(rate)];
    this.simulator = spawn(
      process.execPath,
      [join(BUILT_SERVER, 'demo/simulator/main.js'), ...args, '--pace', '60'],
      { stdio: ['ignore', logTo, logTo, 'ipc'] },
    );
  }

  /** A server that can be asked, each in its turn; any when none can. */
  someServer(): Place {
    const up = this.servers.filter(({ isUp }) => isUp);
    const among = up.length > 0 ? up : this.servers;
    const one = among[this.#turn++ % among.length];
    if (!one) throw new Error('a stage without servers');
    return one;
  }

  async signIn(demo: 'duty' | 'county' | 'admin', centre?: string): Promise<Person> {
    const [first] = this.servers;
    if (!first?.process) throw new Error('no server to sign in at');
    return first.process.signIn(demo, centre);
  }

  /** Rows of one statement, asked again while PostgreSQL is away. */
  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const since = performance.now();
    for (;;) {
      try {
        return (await this.#pool.query(sql, [...parameters])).rows as Row[];
      } catch (error) {
        if (performance.now() - since > PATIENCE_MS || isOurs(error)) throw error;
        await pause(100);
      }
    }
  }

  /** A connection of one's own, to hold locks with. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'chaos' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async stopRedis(): Promise<void> {
    await this.opened.redis.close();
  }

  async startRedis(): Promise<void> {
    this.opened.redis = await openRedis(Number(new URL(this.opened.redis.url).port));
  }

  async endSimulator(): Promise<void> {
    const { simulator } = this;
    if (!simulator || simulator.exitCode !== null || simulator.signalCode !== null) return;
    const gone = new Promise((resolve) => simulator.once('exit', resolve));
    simulator.kill('SIGTERM');
    await gone;
  }

  async close(): Promise<void> {
    await this.endSimulator();
    for (const server of this.servers) {
      server.process?.child.kill('SIGCONT');
      await server.end('SIGKILL');
    }
    await this.opened.front.close();
    await this.opened.redis.close();
    await this.#pool.end();
    for (const log of this.opened.logs) closeSync(log);
  }
}

/** Classes 22, 23, 42: the statement itself is wrong. */
function isOurs(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23|42)/.test(code);
}
