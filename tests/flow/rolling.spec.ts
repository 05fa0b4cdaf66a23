import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Centre, FixesAnswer, Incident, NewDevice, Team } from '@app/shared';
import pg from 'pg';
import { ask, cloneDatabase, connected } from '../support/app.js';
import { insist } from '../support/insist.js';
import { LinkedScreen } from '../support/link.js';
import { freePorts, NGINX, openNginx, type RunningNginx } from '../support/nginx.js';
import { openRedis, type RunningRedis } from '../support/redis.js';
import { freePort, openServer, type ServerProcess } from '../support/server.js';
import { TlsPerson } from '../support/tls-person.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
const SCREENS = 6;
const STEP_REPORTS = 15;

let source: { url: string; drop: () => Promise<void> };
let database: pg.Client;
let redis: RunningRedis;
let nginx: RunningNginx;
let ports: readonly number[];
let screens: LinkedScreen[];
let nobody: TlsPerson;
const servers = new Map<number, ServerProcess>();

const portOf = (which: number): number => ports[which] ?? 0;

async function start(which: number): Promise<void> {
  const env = {
    REDIS_URL: redis.url,
    PUBLIC_URL: nginx.url,
    TRUST_PROXY: '127.0.0.1',
    SITE: `site-${which}`,
  };
  servers.set(which, await openServer(source.url, { port: portOf(which), env }));
}

async function stop(which: number): Promise<void> {
  expect(await servers.get(which)?.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
  servers.delete(which);
}

const described = NGINX === undefined ? describe.skip : describe;

if (NGINX !== undefined) {
  beforeAll(async () => {
    ports = [await freePort(), await freePort(), await freePort()];
    source = await cloneDatabase('city');
    database = new pg.Client(source.url);
    await database.connect();
    redis = await openRedis();
    nginx = await openNginx(ports, await freePorts());
    await start(0);
    nobody = new TlsPerson(nginx.url, {}, nginx.ca);
  });
  afterAll(async () => {
    for (const screen of screens ?? []) screen.close();
    for (const server of servers.values()) await server.end('SIGKILL');
    await nginx?.close();
    await redis?.close();
    await database?.end();
    await source?.drop();
  });
}

/** Reports and positions without a pause, each after every screen has seen the report before. */
class Load {
  readonly reports: string[] = [];
  readonly fixes: number[] = [];
  readonly #stop = new AbortController();
  readonly #over: Promise<void>;

  constructor(
    private readonly duty: TlsPerson,
    private readonly device: NewDevice,
  ) {
    this.#over = this.#run();
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  /** Resolves when so many more reports have come to every screen; rejects when the load has failed. */
  async goOn(): Promise<void> {
    const wanted = this.reports.length + STEP_REPORTS;
    const come = screens[0]?.until(() => this.reports.length >= wanted, `${wanted} reports`, 90_000);
    await Promise.race([come, this.#over]);
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const key = `rolling-${this.reports.length}`;
      const id = await insist(async () => {
        const { status, body } = await this.duty.post<Incident>('/api/incidents', REPORT, {
          'idempotency-key': key,
        });
        return status === 201 ? body.id : undefined;
      });
      for (const screen of screens)
        await screen.until(() => screen.has(id), `report ${key} on every screen`, 45_000);
      this.reports.push(id);
      await this.#move();
    }
  }

  /** One fix, by a socket of its own each time: a device that comes to whichever server is there. */
  async #move(): Promise<void> {
    const at = Date.now();
    const fix = { device: this.device.id, at: new Date(at).toISOString(), lng: 98.3, lat: 39.77 };
    await insist(async () => {
      const socket = nobody.withToken(this.device.secret ?? '').socket('/devices');
      try {
        await connected(socket);
        const answer: Answer<FixesAnswer> = await ask(socket, 'fixes', [fix]);
        return answer.ok && answer.accepted === 1 ? answer : undefined;
      } finally {
        socket.disconnect();
      }
    });
    this.fixes.push(at);
  }
}

async function register(): Promise<NewDevice> {
  const admin = await nobody.enter('admin');
  const [team] = (await admin.get<{ items: Team[] }>('/api/teams?limit=1')).body.items;
  return (await admin.post<NewDevice>('/api/devices', { team: team?.id })).body;
}

async function openScreens(duty: TlsPerson): Promise<void> {
  const [root] = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items;
  const open = () => new LinkedScreen(() => duty.socket('/live', { autoConnect: false }), root?.id ?? '');
  screens = Array.from({ length: SCREENS }, open);
  for (const screen of screens) await screen.until(() => screen.sights.includes('live'), 'a live picture');
}

described('under load', () => {
  it('one server, three, each renewed, and one again: no screen has a gap, nothing is lost or doubled', async () => {
    const duty = await nobody.enter('duty');
    const device = await register();
    await openScreens(duty);
    const load = new Load(duty, device);
    await load.goOn();
    await Promise.all([start(1), start(2)]);
    await load.goOn();
    for (const which of [0, 1, 2]) {
      await stop(which);
      await load.goOn();
      await start(which);
    }
    await stop(2);
    await stop(0);
    await load.goOn();
    await load.end();

    // A machine that starts three servers at once may keep a pulse waiting: a screen says so, and has no gap.
    for (const { sights, repairs, snapshots, refusals, told } of screens) {
      expect({ sight: sights.at(-1), repairs, snapshots, refusals }).toEqual({
        sight: 'live',
        repairs: 0,
        snapshots: 1,
        refusals: [],
      });
      for (const id of load.reports) expect(told.get(`incident:${id}:1`)).toBe(1);
    }
    const reported = await database.query<{ id: string }>(
      "select id from journal where fact = 'incident.reported' order by seq",
    );
    expect(reported.rows.map(({ id }) => id)).toEqual(load.reports);
    const stored = await database.query<{ at: Date }>(
      'select observed_at as at from track where device = $1 order by observed_at',
      [device.id],
    );
    expect(stored.rows.map(({ at }) => at.getTime())).toEqual([...new Set(load.fixes)]);
  }, 180_000);
});
