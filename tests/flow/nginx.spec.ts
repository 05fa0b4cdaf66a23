import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as connectH2 } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { Answer, Centre, FixesAnswer, Incident, NewDevice, Team } from '@app/shared';
import pg from 'pg';
import { WebSocket } from 'ws';
import { hashOf } from '../../server/src/access/secret.js';
import { ask, cloneDatabase, connected } from '../support/app.js';
import { insist } from '../support/insist.js';
import { LinkedScreen } from '../support/link.js';
import { freePorts, NGINX, openNginx, type RunningNginx } from '../support/nginx.js';
import { openRedis, type RunningRedis } from '../support/redis.js';
import { freePort, openServer, type ServerProcess } from '../support/server.js';
import { TlsPerson } from '../support/tls-person.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };

let source: { url: string; drop: () => Promise<void> };
let database: pg.Client;
let redis: RunningRedis;
let nginx: RunningNginx;
let ports: readonly [number, number];
let env: Record<string, string>;
const servers = new Map<number, ServerProcess>();
let nobody: TlsPerson;
let duty: TlsPerson;
let root: string;

const start = async (port: number) => void servers.set(port, await openServer(source.url, { port, env }));

// The nginx that is run here is Debian's; without one `npm test` says that these are left out.
const described = NGINX === undefined ? describe.skip : describe;

if (NGINX !== undefined) {
  beforeAll(async () => {
    const own = await freePorts();
    ports = [await freePort(), await freePort()];
    source = await cloneDatabase('city');
    redis = await openRedis();
    database = new pg.Client(source.url);
    await database.connect();
    nginx = await openNginx(ports, own);
    env = { REDIS_URL: redis.url, PUBLIC_URL: nginx.url, TRUST_PROXY: '127.0.0.1', WEB_DIR: 'web/dist' };
    await Promise.all(ports.map(start));
    nobody = new TlsPerson(nginx.url, {}, nginx.ca);
    duty = await nobody.enter('duty');
    root = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items[0]?.id ?? '';
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.end('SIGKILL');
    await nginx?.close();
    await database?.end();
    await redis?.close();
    await source?.drop();
  });
}

const open = (person: TlsPerson) =>
  new LinkedScreen(() => person.socket('/live', { autoConnect: false }), root);
const report = (key?: string) =>
  duty.post<Incident>('/api/incidents', REPORT, key === undefined ? {} : { 'idempotency-key': key });

/** How many screens a server carries, by its own count. */
async function carrying(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^xiongguan_screens (\d+)$/m.exec(text)?.[1]);
}

described('through nginx over TLS', () => {
  it('somebody signs in with a cookie that only travels over TLS, and the page comes compressed', async () => {
    const answer = await nobody.post('/api/session', { demo: 'duty' });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const page = await nobody.ask('GET', '/', undefined, { accept: 'text/html' });
    expect([page.status, page.headers.get('content-security-policy') !== null]).toEqual([200, true]);
    const packed = await duty.ask('GET', '/api/centres', undefined, { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
  });

  it('speaks HTTP/2, sends plain HTTP over to TLS, and tells no version', async () => {
    const session = connectH2(nginx.url, { ca: nginx.ca });
    const stream = session.request({ ':path': '/api/settings' });
    const [headers] = (await once(stream, 'response')) as [Record<string, string>];
    expect([headers[':status'], headers['server']]).toEqual([200, 'nginx']);
    stream.resume();
    await once(stream, 'end');
    session.close();
    const plain = await fetch(`http://127.0.0.1:${nginx.plainPort}/wall?x=1`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([308, 'https://127.0.0.1/wall?x=1']);
  });

  it('a screen joins, is told what is reported and where teams are; a device’s socket tells it', async () => {
    const screen = open(duty);
    await screen.until(
      () => screen.picture !== undefined && screen.sights.includes('live'),
      'a live picture',
    );
    const { body } = await report();
    await screen.until(() => screen.has(body.id), 'the report');

    const admin = await nobody.enter('admin');
    const [team] = (await admin.get<{ items: Team[] }>('/api/teams?limit=1')).body.items;
    const device = (await admin.post<NewDevice>('/api/devices', { team: team?.id })).body;
    const socket = await connected(nobody.withToken(device.secret ?? '').socket('/devices'));
    const fix = { device: device.id, at: new Date().toISOString(), lng: 98.3012, lat: 39.7755 };
    const answer: Answer<FixesAnswer> = await ask(socket, 'fixes', [fix]);
    expect(answer).toMatchObject({ ok: true, accepted: 1 });
    const isThere = () => Math.abs((screen.placeOf(device.team)?.lng ?? 0) - fix.lng) < 1e-5;
    await screen.until(isThere, 'the team at its place');
    const told = await nobody.withToken(device.secret ?? '').post<FixesAnswer>('/api/positions', [fix]);
    expect(told.body).toEqual({ accepted: 1, rejected: [], flagged: [] });
    socket.disconnect();
    screen.close();
    expect([screen.repairs, screen.snapshots, screen.refusals]).toEqual([0, 1, []]);
  });

  it('a page of somebody else gets neither an answer nor a socket with the person’s cookie', async () => {
    const foreign = { origin: 'https://evil.example' };
    const answer = await duty.post<{ error: { code: string } }>('/api/incidents', REPORT, foreign);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'request.foreign-origin']);
    const spoofed = { ...foreign, 'x-forwarded-host': 'evil.example' };
    expect((await duty.post('/api/incidents', REPORT, spoofed)).status).toBe(403);
    const evil = new TlsPerson(nginx.url, { ...duty.headers }, nginx.ca);
    const socket = evil.socket('/live', { autoConnect: false });
    Object.assign(socket.io.opts.extraHeaders ?? {}, spoofed);
    socket.connect();
    await expect(connected(socket)).rejects.toMatchObject({ message: 'request.foreign-origin' });
    socket.disconnect();
  });

  it('metrics and readiness are hidden, however their path is written', async () => {
    const paths = [
      '/metrics',
      '/metrics/',
      '/METRICS',
      '//metrics',
      '/%6detrics',
      '/a/../metrics',
      '/readyz',
    ];
    for (const path of paths) expect([path, (await nobody.get(path)).status]).toEqual([path, 404]);
    expect((await nobody.get('/healthz')).status).toBe(200);
  });

  it('an address that a client writes itself is not believed, through the proxy or past it', async () => {
    const lie = {
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
    };
    const attempt = { account: 'nobody-of-that-name', password: 'Wrong-Wind-42' };
    expect((await nobody.post('/api/session', attempt, lie)).status).toBe(401);
    // Past the proxy, from an address that is none of ours.
    const agent = new Agent({ localAddress: '127.0.0.2' });
    const direct = request(`http://127.0.0.1:${ports[0]}/api/session`, {
      method: 'POST',
      agent,
      headers: { ...lie, origin: nginx.url, 'content-type': 'application/json' },
    });
    direct.end(JSON.stringify(attempt));
    const [answered] = (await once(direct, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    answered.resume();
    expect(answered.statusCode).toBe(401);
    const { rows } = await database.query<{ subject: Buffer }>('select subject from lockout');
    const subjects = rows.map(({ subject }) => subject.toString('hex'));
    const by = (address: string) => hashOf(`address:${address}`).toString('hex');
    expect(subjects).toContain(by('127.0.0.1'));
    expect(subjects).toContain(by('127.0.0.2'));
    expect(subjects).not.toContain(by('203.0.113.9'));
  });

  it('refuses what is too large, packed or not, in the words of the API', async () => {
    const big = { ...REPORT, description: 'x'.repeat(1_200_000) };
    const { status, body } = await duty.post<{ error: { code: string } }>('/api/incidents', big);
    expect([status, body.error.code]).toEqual([413, 'request.too-large']);
    // 50 MB of blanks in 50 kB: small on the way, refused before it is unpacked.
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    const socket = connectTls({ port: nginx.port, host: '127.0.0.1', ca: nginx.ca });
    await once(socket, 'secureConnect');
    const heads = [
      'POST /api/incidents HTTP/1.1',
      `Host: 127.0.0.1:${nginx.port}`,
      `Origin: ${nginx.url}`,
      `Cookie: ${duty.headers['cookie']}`,
      'Content-Type: application/json',
      'Content-Encoding: gzip',
      `Content-Length: ${bomb.length}`,
      'Connection: close',
    ];
    socket.write(`${heads.join('\r\n')}\r\n\r\n`);
    socket.write(bomb);
    let told = '';
    socket.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await once(socket, 'close');
    expect(told).toMatch(/^HTTP\/1.1 413 /);
    expect(told).toContain('request.too-large');
  });

  it('agrees to no compression on sockets, and ends one that says too much', async () => {
    const address = `${nginx.url.replace('https', 'wss')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { ca: nginx.ca, perMessageDeflate: true });
    await once(socket, 'open');
    expect(socket.extensions).toBe('');
    socket.send('4'.repeat(1_500_000));
    await once(socket, 'close');
  });

  it('waits for nobody: half a request and a socket that says nothing are ended', async () => {
    const slow = connectTls({ port: nginx.port, host: '127.0.0.1', ca: nginx.ca });
    await once(slow, 'secureConnect');
    slow.write('GET /api/settings HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    const address = `${nginx.url.replace('https', 'wss')}/socket.io/?EIO=4&transport=websocket`;
    const silent = new WebSocket(address, { ca: nginx.ca });
    // A connection that is reset says so before it closes.
    const closed = (it: NodeJS.EventEmitter) =>
      new Promise((end) => it.on('error', () => undefined).once('close', end));
    await Promise.all([closed(slow.resume()), closed(silent)]);
  });

  it('lets nobody try passwords without end, and says so in the words of the API', async () => {
    const tries = Array.from({ length: 160 }, () =>
      nobody.post<{ error?: { code: string } }>('/api/session', {}),
    );
    const answers = await Promise.all(tries);
    const codes = new Map<string, number>();
    for (const { status, body } of answers) {
      const key = `${status} ${body.error?.code}`;
      codes.set(key, (codes.get(key) ?? 0) + 1);
    }
    expect([...codes.keys()].sort()).toEqual(['400 request.malformed', '429 request.too-many']);
    expect(codes.get('400 request.malformed')).toBeGreaterThanOrEqual(100);
    // Whoever is in already is not kept from asking who they are.
    expect((await duty.get('/api/session')).status).toBe(200);
  });

  it('its log names no query', async () => {
    await duty.get('/api/incidents?limit=1&text=a-name-somebody-looked-for');
    const log = nginx.log();
    expect(log).toContain('"path":"/api/incidents"');
    expect(log).not.toContain('a-name-somebody-looked-for');
  });
});

described('when a server behind nginx', () => {
  /** Screens of all kinds of beginnings: so many that each server carries some. */
  const openMany = async (): Promise<LinkedScreen[]> => {
    const screens = Array.from({ length: 8 }, () => open(duty));
    for (const screen of screens) await screen.until(() => screen.sights.includes('live'), 'a live picture');
    return screens;
  };

  it('is killed, its screens come back through the other and have lost nothing', async () => {
    const screens = await openMany();
    const [first, second] = ports;
    expect(await carrying(first)).toBeGreaterThan(0);
    expect(await carrying(second)).toBeGreaterThan(0);
    const before = (await report()).body.id;
    for (const screen of screens) await screen.until(() => screen.has(before), 'the report before');
    await servers.get(first)?.end('SIGKILL');
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) {
      const { status, body } = await report(`kill-${i}`);
      expect(status).toBe(201);
      ids.push(body.id);
    }
    for (const screen of screens)
      for (const id of ids) await screen.until(() => screen.has(id), 'a report after the kill');
    expect(await carrying(second)).toBe(screens.length);
    for (const { told, repairs, snapshots } of screens) {
      expect([repairs, snapshots]).toEqual([0, 1]);
      for (const id of ids) expect(told.get(`incident:${id}:1`)).toBe(1);
    }
    for (const screen of screens) screen.close();
    await start(first);
  });

  it('drains, no screen goes blind, no report is refused for good', async () => {
    const screens = await openMany();
    const [first] = ports;
    const over = new AbortController();
    const ids: string[] = [];
    const load = (async () => {
      for (let i = 0; !over.signal.aborted; i++) ids.push(await reportedFor(`drain-${i}`));
    })();
    const ended = await servers.get(first)?.end('SIGTERM');
    expect(ended).toMatchObject({ code: 0 });
    await start(first);
    over.abort();
    await load;
    for (const screen of screens)
      for (const id of ids) await screen.until(() => screen.has(id), 'a report of the drain');
    for (const { sights, told, repairs, snapshots } of screens) {
      expect([sights, repairs, snapshots]).toEqual([['live'], 0, 1]);
      for (const id of ids) expect(told.get(`incident:${id}:1`)).toBe(1);
    }
    for (const screen of screens) screen.close();
  });

  /** Sends a report as a screen does: with one key, until somebody answers. */
  const reportedFor = (key: string, withinMs?: number): Promise<string> =>
    insist(async () => {
      const answer = await report(key);
      return answer.status === 201 ? answer.body.id : undefined;
    }, withinMs);

  it('hangs, its screens find the other, and nothing is lost when it comes to itself', async () => {
    const screens = await openMany();
    const [first, second] = ports;
    const [hanging, other] = (await carrying(first)) > 0 ? [first, second] : [second, first];
    expect(await carrying(hanging)).toBeGreaterThan(0);
    servers.get(hanging)?.child.kill('SIGSTOP');
    const during: string[] = [];
    for (let i = 0; i < 3; i++) during.push(await reportedFor(`hung-${i}`, 90_000));
    for (const screen of screens)
      for (const id of during) await screen.until(() => screen.has(id), 'a report of the hanging', 120_000);
    expect(await carrying(other)).toBe(screens.length);
    servers.get(hanging)?.child.kill('SIGCONT');
    const after = await reportedFor('hung-no-more', 90_000);
    for (const screen of screens) await screen.until(() => screen.has(after), 'the report after', 60_000);
    for (const { told, repairs, snapshots } of screens) {
      expect([repairs, snapshots]).toEqual([0, 1]);
      for (const id of [...during, after]) expect(told.get(`incident:${id}:1`)).toBe(1);
    }
    for (const screen of screens) screen.close();
  }, 240_000);
});

described('a crowd at the door', () => {
  it('that has no right to come in is turned away, and costs those inside no entry', async () => {
    const screen = open(duty);
    await screen.until(() => screen.sights.includes('live'), 'a live picture');
    const stranger = new TlsPerson(nginx.url, {}, nginx.ca);
    const knock = async () => {
      const socket = stranger.socket('/live', { autoConnect: false });
      const turnedAway = connected(socket);
      socket.connect();
      const seen = await turnedAway.then(
        () => 'in',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      socket.disconnect();
      return seen;
    };
    const crowd = Promise.all(Array.from({ length: 300 }, knock));
    const { status, body } = await report();
    expect(status).toBe(201);
    await screen.until(() => screen.has(body.id), 'the report among the crowd');
    expect(new Set(await crowd)).toEqual(new Set(['session.required']));
    expect([screen.sights.at(-1), screen.repairs, screen.snapshots]).toEqual(['live', 0, 1]);
    screen.close();
  });
});
