import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Centre, type ErrorBody, ERRORS, type Incident, type NewDevice, type Team } from '@app/shared';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { ask, connected, openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

const REPORT = { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721, source: 'phone' };
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();

let running: RunningApp;
let database: pg.Client;
let duty: Person;
let admin: Person;
let county: Person;
let sibling: Person;
let incident: Incident;
let foreign: Incident;
let device: NewDevice;
let token: string;

/** How much of everything is stored: what a refused request must not change. */
async function stored(): Promise<unknown> {
  const { rows } = await database.query(`
    select (select count(*) from journal) as journal, (select seq from counter) as seq,
           (select count(*) from incident) as incidents, (select count(*) from track) as tracks,
           (select count(*) from device) as devices, (select count(*) from team) as teams,
           (select count(*) from centre) as centres, (select count(*) from idempotency) as keys,
           (select count(*) from journal_draft) as drafts, (select sum(version) from picture) as versions`);
  return rows[0];
}

beforeAll(async () => {
  running = await openApp({ env: { LOG_LEVEL: 'silent' } });
  database = new pg.Client(running.databaseUrl);
  await database.connect();
  duty = await running.signIn('duty');
  admin = await running.signIn('admin');
  const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
  const [first, second] = items.filter(({ parent, anchor }) => parent === items[0]?.id && anchor !== null);
  if (!first?.anchor || !second?.anchor) throw new Error('two centres below the root');
  county = await running.signIn('county', first.id);
  sibling = await running.signIn('county', second.id);
  incident = (await duty.post<Incident>('/api/incidents', REPORT)).body;
  const [lng, lat] = second.anchor;
  foreign = (await sibling.post<Incident>('/api/incidents', { ...REPORT, lng, lat })).body;
  const team = (await duty.get<{ items: Team[] }>('/api/teams?limit=1')).body.items[0]?.id;
  device = (await admin.post<NewDevice>('/api/devices', { team })).body;
  const issued = await admin.post<{ secret: string }>('/api/tokens', {
    name: 'partner',
    centre: items[0]?.id,
    scopes: ['positions', 'report', 'read'],
  });
  token = issued.body.secret;
  const taken = await duty.post('/api/incidents', REPORT, { 'idempotency-key': 'taken' });
  expect(taken.status).toBe(201);
});
afterAll(async () => {
  await database?.end();
  await running?.close();
});

type Ask = () => Promise<{ status: number; body: unknown }>;

const raw = async (
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  path = '/api/incidents',
) => {
  const response = await fetch(running.url + path, {
    method: 'POST',
    headers: { ...duty.headers, origin: running.url, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) satisfies unknown };
};
const report = (more: object, extra = {}) => duty.post('/api/incidents', { ...REPORT, ...more }, extra);
const step = (action: string, more: object = {}, id = incident.id, by = duty) =>
  by.post(`/api/incidents/${id}/${action}`, { version: incident.version, ...more });

const REFUSED: Record<string, readonly [Ask, keyof typeof ERRORS]> = {
  'wrong JSON': [() => raw('{ "category": '), 'request.malformed'],
  'JSON that is no object': [() => raw('[1, 2]'), 'request.malformed'],
  'a bare word': [() => raw('null'), 'request.malformed'],
  'another type of body': [
    () => raw('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    'request.malformed',
  ],
  'an unknown encoding of the body': [() => raw('{}', { 'content-encoding': 'snappy' }), 'request.malformed'],
  'an unknown character set': [
    () => raw('{}', { 'content-type': 'application/json; charset=ebcdic' }),
    'request.malformed',
  ],
  'a body of two megabytes': [
    () => raw(JSON.stringify({ description: 'x'.repeat(2_000_000) })),
    'request.too-large',
  ],
  'an unknown field': [() => report({ colour: 'red' }), 'request.unknown-field'],
  'an unknown category': [() => report({ category: 'weather' }), 'request.malformed'],
  'a severity of 5': [() => report({ severity: 5 }), 'request.malformed'],
  'a longitude of 181': [() => report({ lng: 181 }), 'place.out-of-range'],
  'a latitude of -91': [() => report({ lat: -91 }), 'place.out-of-range'],
  'coordinates swapped': [() => report({ lng: REPORT.lat, lat: REPORT.lng }), 'place.swapped'],
  'a coordinate as text': [() => report({ lng: '98.2' }), 'request.malformed'],
  'a time in the future': [() => report({ occurredAt: iso(HOUR) }), 'time.future'],
  'a time two days ago': [() => report({ occurredAt: iso(-48 * HOUR) }), 'time.past'],
  'a time without an offset': [() => report({ occurredAt: '2026-01-01T00:00:00' }), 'request.malformed'],
  'a NUL in a text': [() => report({ place: 'a\u0000b' }), 'request.hidden-character'],
  'half a character': [() => report({ place: 'a\ud800b' }), 'request.hidden-character'],
  'a text that turns around': [() => report({ place: 'a\u202eb' }), 'request.hidden-character'],
  'a space that is none': [() => report({ description: '派\u200b出所' }), 'request.hidden-character'],
  'a field named constructor': [() => report({ constructor: 'x' }), 'request.unknown-field'],
  'a field named __proto__': [
    () => report(JSON.parse('{"__proto__": {"severity": 1}}') as object),
    'request.unknown-field',
  ],
  'an idempotency key with another body': [
    () => report({ severity: 1 }, { 'idempotency-key': 'taken' }),
    'idempotency.mismatch',
  ],
  'an idempotency key of 201 characters': [
    () => report({}, { 'idempotency-key': 'k'.repeat(201) }),
    'request.malformed',
  ],
  'a stale version': [() => step('accept', { version: 99 }), 'incident.stale'],
  'an illegal step': [() => step('close'), 'incident.illegal-step'],
  'an unknown action': [() => step('explode'), 'request.malformed'],
  'a version beyond every number': [
    () => step('accept', { version: Number.MAX_SAFE_INTEGER }),
    'incident.stale',
  ],
  'somebody else’s incident, read': [() => county.get(`/api/incidents/${foreign.id}`), 'incident.unknown'],
  'somebody else’s incident, stepped': [
    () => step('accept', { version: foreign.version }, foreign.id, county),
    'incident.unknown',
  ],
  'an unknown incident': [() => duty.get(`/api/incidents/${mint()}`), 'incident.unknown'],
  'an id that is none': [() => duty.get('/api/incidents/17'), 'request.malformed'],
  'an unknown centre': [() => admin.get(`/api/centres/${mint()}`), 'centre.unknown'],
  'a device for an unknown team': [() => admin.post('/api/devices', { team: mint() }), 'team.unknown'],
  'no session': [() => running.nobody().get('/api/incidents'), 'session.required'],
  'a token that is none': [() => running.withToken('x'.repeat(43)).get('/api/incidents'), 'session.required'],
  'a foreign origin': [() => report({}, { origin: 'https://elsewhere.example' }), 'request.foreign-origin'],
  'an unknown route': [() => duty.get('/api/nothing'), 'request.unknown-route'],
  'positions that are no array': [() => duty.post('/api/positions', { positions: 1 }), 'request.malformed'],
  '1001 positions': [
    () =>
      duty.post(
        '/api/positions',
        Array.from({ length: 1001 }, () => ({})),
      ),
    'request.too-large',
  ],
  'a page of 201': [() => duty.get('/api/incidents?limit=201'), 'request.malformed'],
  'an unknown filter': [() => duty.get('/api/incidents?colour=red'), 'request.unknown-field'],
  'a journal of nobody’s scope': [() => duty.get('/api/journal?scope=x'), 'request.malformed'],
};

describe('over HTTP', () => {
  it.each(Object.entries(REFUSED))('%s has its code and changes nothing', async (_name, [send, code]) => {
    const before = await stored();
    const { status, body } = await send();
    const { error } = body as ErrorBody;
    expect([error?.code, status]).toEqual([code, ERRORS[code].status]);
    expect(Object.keys(body as object)).toEqual(['error']);
    expect(Object.keys(error).sort()).toEqual(['code', 'detail', 'requestId']);
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await stored()).toEqual(before);
  });

  it('a stale version comes with the incident as it is', async () => {
    const { body } = await step('accept', { version: 99 });
    expect(body).toMatchObject({
      error: { detail: { seen: 99, current: { id: incident.id, version: incident.version } } },
    });
  });

  it('each bad fix of a batch has its code, and the good ones are stored', async () => {
    const good = { device: device.id, at: iso(0), lng: REPORT.lng, lat: REPORT.lat };
    const batch = [
      good,
      { ...good, device: mint() },
      { ...good, lng: 181 },
      { ...good, lng: REPORT.lat, lat: REPORT.lng },
      { ...good, at: iso(HOUR) },
      { ...good, at: iso(-9 * 24 * HOUR) },
      { ...good, at: 'yesterday' },
      { ...good, colour: 'red' },
      'soup',
      { ...good, at: iso(1_000), lng: 99.9 },
    ];
    const { status, body } = await duty.post('/api/positions', batch);
    expect([status, body]).toEqual([
      200,
      {
        accepted: 1,
        rejected: [
          { index: 1, code: 'device.unknown' },
          { index: 2, code: 'place.out-of-range' },
          { index: 3, code: 'place.swapped' },
          { index: 6, code: 'request.malformed' },
          { index: 7, code: 'request.unknown-field' },
          { index: 8, code: 'request.malformed' },
        ],
        flagged: [
          { index: 4, code: 'time.future' },
          { index: 5, code: 'time.past' },
          { index: 9, code: 'position.jump' },
        ],
      },
    ]);
  });
});

/** Sends and counts the answers: one, and no second within a quarter of a second. */
async function answers(socket: Socket, event: string, ...payload: unknown[]): Promise<unknown[]> {
  const heard: unknown[] = [];
  const first = new Promise((resolve) =>
    socket.emit(event, ...payload, (...args: unknown[]) => {
      heard.push(...args);
      resolve(args);
    }),
  );
  await first;
  await ask(socket, 'leave', { scope: mint() });
  return heard;
}

describe('over the sockets', () => {
  let socket: Socket;
  let root: string;
  beforeAll(async () => {
    root = ((await duty.get<{ items: Centre[] }>('/api/centres')).body.items[0] as Centre).id;
    socket = await connected(duty.socket());
  });
  afterAll(() => void socket?.disconnect());

  const scope = () => root;
  const MALFORMED: Record<string, readonly [string, () => unknown[], string]> = {
    'join without a payload': ['join', () => [], 'wire.malformed'],
    'join with null': ['join', () => [null], 'wire.malformed'],
    'join with a text': ['join', () => ['please'], 'wire.malformed'],
    'join with a list': ['join', () => [[1, 2, 3]], 'wire.malformed'],
    'join with bytes': ['join', () => [Buffer.from([1, 2, 3])], 'wire.malformed'],
    'join with two payloads': ['join', () => [{ protocol: 1, scope: scope() }, 1], 'wire.malformed'],
    'join with an unknown field': [
      'join',
      () => [{ protocol: 1, scope: scope(), colour: 'red' }],
      'wire.malformed',
    ],
    'join with an unknown lane': [
      'join',
      () => [{ protocol: 1, scope: scope(), lanes: ['all'] }],
      'wire.malformed',
    ],
    'join with a long cursor': [
      'join',
      () => [{ protocol: 1, scope: scope(), cursor: '1'.repeat(61) }],
      'wire.malformed',
    ],
    'join with a scope that is no id': ['join', () => [{ protocol: 1, scope: 'city' }], 'wire.malformed'],
    'join with another protocol': ['join', () => [{ protocol: 2, scope: scope() }], 'wire.protocol'],
    'join with an unknown scope': ['join', () => [{ protocol: 1, scope: mint() }], 'centre.unknown'],
    'leave with nothing': ['leave', () => [{}], 'wire.malformed'],
    'keyframe with a number': ['keyframe', () => [7], 'wire.malformed'],
    'keyframe of a scope not joined': ['keyframe', () => [{ scope: scope() }], 'scope.denied'],
    'aside without a topic': ['aside', () => [{ scope: scope(), topic: '', data: 1 }], 'wire.malformed'],
    'aside in a scope not joined': ['aside', () => [{ scope: scope(), topic: 'x', data: 1 }], 'scope.denied'],
    'an event that there is not': ['explode', () => [{ scope: scope() }], 'wire.malformed'],
    'the name of a property': ['__proto__', () => [{}], 'wire.malformed'],
  };

  it.each(Object.entries(MALFORMED))(
    '%s is answered once, with its code, and changes nothing',
    async (_name, [event, payload, code]) => {
      const before = await stored();
      const heard = await answers(socket, event, ...payload());
      expect(heard).toMatchObject([{ ok: false, error: { code } }]);
      const [{ error }] = heard as [{ error: object }];
      expect(Object.keys(error).sort()).toEqual(['code', 'detail']);
      expect(await stored()).toEqual(before);
      expect(socket.connected).toBe(true);
    },
  );

  it('an aside over 4 KiB is refused, one of 4 KiB is told', async () => {
    const screen = await Screen.joined(duty, root);
    const word = (length: number) => ({ scope: root, topic: 'draft', data: 'x'.repeat(length) });
    expect(await answers(screen.socket, 'aside', word(4_096))).toMatchObject([
      { ok: false, error: { code: 'wire.malformed' } },
    ]);
    const heard = new Promise((resolve) => screen.socket.once('aside', resolve));
    expect(await answers(screen.socket, 'aside', word(3_900))).toEqual([{ ok: true }]);
    expect(await heard).toMatchObject({ scope: root, topic: 'draft' });
    screen.close();
  });

  it('a display may look and not speak', async () => {
    const screen = await Screen.joined(await running.signIn('display'), root);
    expect(await answers(screen.socket, 'aside', { scope: root, topic: 'x', data: 1 })).toMatchObject([
      { ok: false, error: { code: 'role.denied' } },
    ]);
    screen.close();
  });

  it('requests without an acknowledgement are taken in silence', async () => {
    const screen = await Screen.joined(duty, root);
    for (const [event, payload] of [
      ['join', { protocol: 1, scope: root }],
      ['keyframe', { scope: root }],
      ['join', null],
      ['explode', 1],
    ] as const)
      screen.socket.emit(event, payload);
    expect(await answers(screen.socket, 'keyframe', { scope: root })).toEqual([{ ok: true }]);
    screen.close();
  });

  it('a hundred requests at once have a hundred answers', async () => {
    const screen = await Screen.open(duty, root);
    const asked = Array.from({ length: 100 }, (_, i) =>
      ask(screen.socket, 'join', i % 2 === 0 ? { protocol: 1, scope: root } : { protocol: i }),
    );
    const told = await Promise.all(asked);
    expect(told.filter(({ ok }) => ok)).toHaveLength(50);
    await screen.join();
    await screen.until(() => screen.pulses > 0, 'a pulse');
    expect(screen.faults).toEqual([]);
    screen.close();
  });

  const handshake = (namespace: string, options: object): Promise<unknown> => {
    const opened = io(running.url + namespace, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    });
    return connected(opened).then(
      () => {
        opened.disconnect();
        return 'in';
      },
      (error: { data?: { code?: string } }) => {
        opened.disconnect();
        return error.data?.code;
      },
    );
  };

  it('a handshake is refused with its code', async () => {
    const { cookie } = duty.headers;
    const own = { extraHeaders: { cookie, origin: running.url } };
    expect(await handshake('/live', own)).toBe('in');
    expect(await handshake('/live', {})).toBe('session.required');
    expect(await handshake('/live', { extraHeaders: { cookie } })).toBe('request.foreign-origin');
    expect(await handshake('/live', { extraHeaders: { cookie, origin: 'https://elsewhere.example' } })).toBe(
      'request.foreign-origin',
    );
    expect(await handshake('/live', { auth: { token: 'nonsense' } })).toBe('session.required');
    expect(await handshake('/live', { auth: { token: { a: 1 } } })).toBe('session.required');
    expect(await handshake('/live', { auth: { token } })).toBe('in');
    expect(await handshake('/devices', own)).toBe('session.required');
    expect(await handshake('/devices', { auth: { token } })).toBe('in');
    expect(await handshake('/', own)).toBe('wire.malformed');
  });

  it('fixes that are malformed are answered once, with their code, and change nothing', async () => {
    const devices = await connected(running.withToken(token).socket('/devices'));
    const before = await stored();
    const bad: [unknown[], string][] = [
      [[], 'wire.malformed'],
      [[null], 'wire.malformed'],
      [['soup'], 'wire.malformed'],
      [[{ positions: [] }], 'wire.malformed'],
      [[{ fixes: [], colour: 'red' }], 'wire.malformed'],
      [[Buffer.from([])], 'wire.malformed'],
      [[Buffer.from([9, 0, 0, 0])], 'wire.malformed'],
      [[Buffer.from([1, 0, 5, 0, 1, 2])], 'wire.malformed'],
      [[Array.from({ length: 1_001 }, () => ({}))], 'request.too-large'],
    ];
    for (const [payload, code] of bad) {
      const heard: unknown[] = [];
      await new Promise<void>((resolve) =>
        devices.emit('fixes', ...payload, (answer: unknown) => {
          heard.push(answer);
          resolve();
        }),
      );
      expect(heard).toMatchObject([{ ok: false, error: { code } }]);
    }
    expect(await ask(devices, 'explode', {})).toMatchObject({ ok: false, error: { code: 'wire.malformed' } });
    const answer = await ask(devices, 'fixes', [{ device: mint(), at: iso(0), lng: 98.28, lat: 39.77 }]);
    expect(answer).toMatchObject({ ok: true, accepted: 0, rejected: [{ index: 0, code: 'device.unknown' }] });
    expect(await stored()).toEqual(before);
    devices.disconnect();
  });
});

describe('an idempotency key', () => {
  it('gives the same answer again, waits for its twin, and reports one incident', async () => {
    const before = (await stored()) as { incidents: number };
    const extra = { 'idempotency-key': 'once' };
    const twins = await Promise.all(
      Array.from({ length: 5 }, () => duty.post<Incident>('/api/incidents', REPORT, extra)),
    );
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    for (const { body } of twins) expect(body).toEqual(twins[0]?.body);
    const after = (await stored()) as { incidents: number };
    expect(after.incidents).toBe(before.incidents + 1);
  });

  it('keeps no refusal', async () => {
    const extra = { 'idempotency-key': 'refused' };
    expect((await duty.post('/api/incidents', { ...REPORT, lng: 200 }, extra)).status).toBe(400);
    expect((await duty.post('/api/incidents', REPORT, extra)).status).toBe(201);
  });

  it('belongs to one account', async () => {
    const extra = { 'idempotency-key': 'mine' };
    const mine = await duty.post<Incident>('/api/incidents', REPORT, extra);
    const yours = await county.post<Incident>('/api/incidents', REPORT, extra);
    expect(yours.status).toBe(201);
    expect(yours.body.id).not.toBe(mine.body.id);
  });
});
