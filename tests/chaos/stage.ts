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
  /** Incidents, times as often as the city has them; staff, times as fast as people are. */
  readonly rate: number;
  readonly pace: number;
  readonly seed: number;
  /** More for the servers' environment, and whether their heaps can be looked into. */
  readonly env?: Record<string, string>;
  readonly isInspected?: boolean;
}

const SIMULATOR_SECRET = 'the-simulator-of-this-run-alone';
const SERVERS = ['a', 'b'];
const PATIENCE_MS = 60_000;

/** One server of the two: on the same port in each of its lives. */
class Place {
  process: ServerProcess | undefined;
  /** Whether it can be asked: running, and not stopped by a fault. */
  isUp = false;

  constructor(
    readonly name: string,
    readonly port: number,
    /** Where Node's inspector listens; null without one. */
    readonly inspectorPort: number | null,
    private readonly options: {
      readonly databaseUrl: string;
      readonly env: Record<string, string>;
      readonly logTo: number;
    },
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, again and again while what it needs is away. */
  async start(): Promise<void> {
    const { databaseUrl, env, logTo } = this.options;
    const execArgv = this.inspectorPort === null ? [] : [`--inspect=127.0.0.1:${this.inspectorPort}`];
    const since = performance.now();
    for (;;) {
      try {
        this.process = await openServer(databaseUrl, { port: this.port, env, logTo, execArgv });
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

  closeLog(): void {
    closeSync(this.options.logTo);
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
  readonly #pool: pg.Pool;
  readonly #logs: number[] = [];
  #front: Proxy | undefined;
  #simulator: ChildProcess | undefined;
  #turn = 0;

  private constructor(
    private readonly options: StageOptions,
    private redis: RunningRedis,
    readonly servers: readonly Place[],
  ) {
    const { databaseUrl: connectionString } = options;
    this.#pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 3_000 });
    this.#pool.on('error', () => undefined);
  }

  static async open(options: StageOptions): Promise<Stage> {
    const { databaseUrl, isInspected = false, logs } = options;
    mkdirSync(logs, { recursive: true });
    const redis = await openRedis();
    const env = { REDIS_URL: redis.url, SIMULATOR_SECRET, LOG_LEVEL: 'info', ...options.env };
    const servers: Place[] = [];
    for (const name of SERVERS) {
      const logTo = openSync(join(logs, `server-${name}.log`), 'w');
      const own = { databaseUrl, env: { ...env, SITE: name }, logTo };
      servers.push(new Place(name, await freePort(), isInspected ? await freePort() : null, own));
    }
    const stage = new Stage(options, redis, servers);
    for (const server of servers) await server.start();
    await stage.#play();
    return stage;
  }

  get cluster(): Cluster {
    return this.options.cluster;
  }

  /** The simulator, behind a door that lets it in wherever somebody is up. */
  async #play(): Promise<void> {
    const { rate, pace, seed, logs } = this.options;
    this.#front = await openProxy(() => this.someServer().port);
    const logTo = openSync(join(logs, 'simulator.log'), 'w');
    this.#logs.push(logTo);
    const given = { url: `http://127.0.0.1:${this.#front.port}`, secret: SIMULATOR_SECRET, seed, rate, pace };
    const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#simulator = spawn(process.execPath, [join(BUILT_SERVER, 'demo/simulator/main.js'), ...args], {
      stdio: ['ignore', logTo, logTo, 'ipc'],
    });
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
    const client = new pg.Client({ connectionString: this.options.databaseUrl, application_name: 'chaos' });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async stopRedis(): Promise<void> {
    await this.redis.close();
  }

  async startRedis(): Promise<void> {
    this.redis = await openRedis(Number(new URL(this.redis.url).port));
  }

  async endSimulator(): Promise<void> {
    const simulator = this.#simulator;
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
      server.closeLog();
    }
    await this.#front?.close();
    await this.redis.close();
    await this.#pool.end();
    for (const log of this.#logs) closeSync(log);
  }
}

/** Classes 22, 23, 42: the statement itself is wrong. */
function isOurs(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(22|23|42)/.test(code);
}
