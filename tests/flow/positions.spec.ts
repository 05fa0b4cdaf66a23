import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type BinaryFix,
  FrameDecoder,
  type FixesAnswer,
  type FixReport,
  type NewDevice,
  type Roster,
  type Team,
  type TrackPage,
  writeFixBatch,
} from '@app/shared';
import pg from 'pg';
import type { Socket } from 'socket.io-client';
import { TrackWriter } from '../../server/src/positions/track-writer.js';
import { cloneDatabase, connected, once, openApp, Person, type RunningApp } from '../support/app.js';
import { openRedis } from '../support/redis.js';

interface Refused {
  error: { code: string; detail: Record<string, unknown> };
}
type Acked = ({ ok: true } & FixesAnswer) | ({ ok: false } & Refused);

const CITY = { lng: 98.2888, lat: 39.7721 };
const iso = (ms: number) => new Date(ms).toISOString();

let app: RunningApp;
let database: pg.Client;
let commander: Person;
let teams: Team[];

async function newDevice(
  more: object = {},
  team = teams[0]?.id,
): Promise<NewDevice & { person: Person; team: string }> {
  const { body } = await commander.post<NewDevice>('/api/devices', { team, ...more });
  return { ...body, person: app.withToken(body.secret ?? '') };
}

async function stored(device: string): Promise<{ observed_at: Date; lng: number; speed: number | null }[]> {
  return (await database.query('select * from track where device = $1 order by observed_at', [device])).rows;
}

const emitted = (socket: Socket, ...args: unknown[]): Promise<Acked> =>
  socket.timeout(15_000).emitWithAck('fixes', ...args) as Promise<Acked>;

beforeAll(async () => {
  app = await openApp();
  database = new pg.Client(app.databaseUrl);
  await database.connect();
  commander = await app.signIn('commander');
  teams = (await commander.get<{ items: Team[] }>('/api/teams?limit=200')).body.items;
});

afterAll(async () => {
  await database.end();
  await app.close();
});

describe('positions over HTTP', () => {
  it('are answered when they are stored, and their team is there', async () => {
    const { id, person, team } = await newDevice();
    const at = Date.now();
    const answer = await person.post<FixesAnswer>('/api/positions', [
      { device: id, at: iso(at), ...CITY, speedKmh: 36, headingDeg: 90 } satisfies FixReport,
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ accepted: 1, rejected: [], flagged: [] });
    expect(await stored(id)).toMatchObject([{ observed_at: new Date(at), lng: CITY.lng, speed: 36 }]);
    const seen = await commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toEqual({ ...CITY, speedKmh: 36, headingDeg: 90, observedAt: iso(at) });
  });

  it('count as accepted when they come again, and are stored once', async () => {
    const { id, person } = await newDevice({ externalId: 'twice' });
    const fixes = [0, 1, 2].map((i) => ({ device: 'twice', at: iso(Date.now() - i * 1_000), ...CITY }));
    for (let round = 0; round < 2; round++)
      expect((await person.post('/api/positions', { fixes })).body).toEqual({
        accepted: 3,
        rejected: [],
        flagged: [],
      });
    expect(await stored(id)).toHaveLength(3);
  });

  it('are refused one by one, each with its own code, and the rest is stored', async () => {
    const { id, person } = await newDevice();
    const now = Date.now();
    const good = { device: id, at: iso(now), ...CITY };
    const batch: [unknown, string | null][] = [
      [good, null],
      [{ ...good, lng: 181 }, 'place.out-of-range'],
      [{ ...good, lng: CITY.lat, lat: CITY.lng }, 'place.swapped'],
      [{ ...good, at: iso(now + 120_000) }, 'time.future'],
      [{ ...good, at: iso(now - 8 * 86_400_000) }, 'time.past'],
      [{ ...good, device: 'nobody' }, 'device.unknown'],
      [{ ...good, at: iso(now - 1_000), lat: 40.9 }, 'position.jump'],
      [{ ...good, speedKmh: 999 }, 'position.out-of-range'],
      [{ ...good, plate: 'x' }, 'request.unknown-field'],
      ['fix', 'request.malformed'],
      [{ ...good, at: iso(now - 1_000) }, null],
    ];
    const { body } = await person.post<FixesAnswer>(
      '/api/positions',
      batch.map(([fix]) => fix),
    );
    const isFlag = (code: string | null) => code === 'position.jump' || (code?.startsWith('time.') ?? false);
    const told = batch.flatMap(([, code], index) => (code === null ? [] : [{ index, code }]));
    expect(body).toEqual({
      accepted: 2,
      rejected: told.filter(({ code }) => !isFlag(code)),
      flagged: told.filter(({ code }) => isFlag(code)),
    });
    expect(await stored(id)).toHaveLength(2);
  });

  it('that cannot be meant are kept apart, once each, and never move the live position', async () => {
    const { id, person, team } = await newDevice({}, teams[6]?.id);
    const now = Date.now();
    const good = { device: id, at: iso(now), ...CITY };
    await person.post('/api/positions', [good]);
    const odd = [
      { ...good, at: iso(now + 1_000), lat: 40.9 },
      { ...good, at: iso(now + 3_600_000) },
      { ...good, at: '2000-01-01T00:00:00Z' },
    ];
    for (let round = 0; round < 2; round++) {
      const { body } = await person.post<FixesAnswer>('/api/positions', odd);
      expect(body).toEqual({
        accepted: 0,
        rejected: [],
        flagged: ['position.jump', 'time.future', 'time.past'].map((code, index) => ({ index, code })),
      });
    }
    const apart = await database.query(
      'select code, observed_at as at, team from track_flagged where device = $1 order by code',
      [id],
    );
    expect(apart.rows).toEqual(
      [0, 1, 2].map((i) => ({
        code: ['position.jump', 'time.future', 'time.past'][i],
        at: new Date(odd[i]?.at ?? 0),
        team,
      })),
    );
    expect(await stored(id)).toHaveLength(1);
    const seen = await commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, observedAt: iso(now) });
  });

  it('that come late go to the track and leave the live position where it is', async () => {
    const { id, person, team } = await newDevice({}, teams[7]?.id);
    const now = Date.now();
    const fix = { device: id, at: iso(now), ...CITY };
    await person.post('/api/positions', [fix]);
    const late = { ...fix, at: iso(now - 600_000), lng: 98.25 };
    expect((await person.post<FixesAnswer>('/api/positions', [late])).body.accepted).toBe(1);
    expect(await stored(id)).toMatchObject([{ lng: 98.25 }, { lng: CITY.lng }]);
    const seen = await commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, observedAt: iso(now) });
  });

  it('are refused whole when they are no batch', async () => {
    const { person } = await newDevice();
    const codes = await Promise.all(
      [{}, { fixes: 1 }, { fixes: [], more: 1 }, Array.from({ length: 1_001 }, () => ({}))].map(
        async (body) => {
          const answer = await person.post<Refused>('/api/positions', body);
          return [answer.status, answer.body.error.code];
        },
      ),
    );
    expect(codes).toEqual([
      [400, 'request.malformed'],
      [400, 'request.malformed'],
      [400, 'request.unknown-field'],
      [413, 'request.too-large'],
    ]);
    const notJson = await fetch(`${app.url}/api/positions`, {
      method: 'POST',
      headers: { ...person.headers, 'content-type': 'application/json' },
      body: '[{',
    });
    expect([notJson.status, ((await notJson.json()) as Refused).error.code]).toEqual([
      400,
      'request.malformed',
    ]);
  });

  it('are told by a device for itself alone', async () => {
    const [mine, other] = [await newDevice(), await newDevice({}, teams[1]?.id)];
    const fix = { device: other.id, at: iso(Date.now()), ...CITY };
    const { body } = await mine.person.post<FixesAnswer>('/api/positions', [fix]);
    expect(body.rejected).toEqual([{ index: 0, code: 'device.unknown' }]);
    expect((await app.nobody().post('/api/positions', [fix])).status).toBe(401);
  });

  it('older than a week are taken from an import, and make their day due for thinning again', async () => {
    const { id } = await newDevice();
    const [{ account }] = (await database.query('select id as account from account limit 1')).rows;
    const [{ centre }] = (await database.query('select id as centre from centre where parent is null')).rows;
    await database.query(
      `insert into token (id, secret_hash, name, centre, scopes, account, created_at)
       values (gen_random_uuid(), sha256('past'), 'past', $1, '{positions,import}', $2, now())`,
      [centre, account],
    );
    await database.query('update track_day set thinned_at = now()');
    const past = Date.now() - 9 * 86_400_000;
    const answer = await app
      .withToken('past')
      .post<FixesAnswer>('/api/positions', [{ device: id, at: iso(past), ...CITY }]);
    expect(answer.body).toEqual({ accepted: 1, rejected: [], flagged: [] });
    const due = await database.query('select day::text from track_day where thinned_at is null');
    expect(due.rows).toContainEqual({ day: iso(past).slice(0, 10) });
  });
});

describe('positions over Socket.IO', () => {
  it('are taken as JSON and as bytes', async () => {
    const { id, number, person } = await newDevice();
    const socket = await connected(person.socket('/devices'));
    const now = Date.now();
    const json = { device: id, at: iso(now - 1_000), ...CITY };
    expect(await emitted(socket, [json])).toEqual({ ok: true, accepted: 1, rejected: [], flagged: [] });
    const fix: BinaryFix = { device: number, at: now, ...CITY, speedKmh: 12, headingDeg: NaN };
    const bytes = writeFixBatch([
      fix,
      { ...fix, device: number === 1 ? 2 : number - 1 },
      { ...fix, lat: 95 },
    ]);
    expect(await emitted(socket, bytes)).toEqual({
      ok: true,
      accepted: 1,
      rejected: [
        { index: 1, code: 'device.unknown' },
        { index: 2, code: 'place.out-of-range' },
      ],
      flagged: [],
    });
    expect(await stored(id)).toMatchObject([{ speed: null }, { speed: 12 }]);
    socket.disconnect();
  });

  it('get an answer however malformed they are', async () => {
    const socket = await connected((await newDevice()).person.socket('/devices'));
    const outcomes = [[], ['fixes'], [null], [7], [{ no: 'fixes' }], [Buffer.from('junk')], [[], 'more']];
    for (const args of outcomes) {
      const answer = await emitted(socket, ...args);
      const isBatch = Array.isArray(args[0]);
      expect(answer).toMatchObject(isBatch ? { ok: true } : { ok: false, error: { code: 'wire.malformed' } });
    }
    const many = await emitted(
      socket,
      Array.from({ length: 1_001 }, () => 1),
    );
    expect(many).toMatchObject({ ok: false, error: { code: 'request.too-large' } });
    socket.disconnect();
  });

  it('are refused at the door, with the code, without a token that may tell them', async () => {
    const refusal = (person: Person) =>
      connected(person.socket('/devices')).then(
        () => 'let in',
        (error: { data?: { code?: string } }) => error.data?.code,
      );
    expect(await refusal(app.nobody())).toBe('session.required');
    expect(await refusal(app.withToken('wrong'))).toBe('session.required');
    expect(await refusal(commander)).toBe('session.required');
  });

  it('end with the device that is revoked', async () => {
    const { id, person } = await newDevice();
    const socket = await connected(person.socket('/devices'));
    const gone = once(socket, 'disconnect');
    await commander.ask('DELETE', `/api/devices/${id}`);
    await gone;
  });
});

describe('tracks', () => {
  it('are read by time and page by page, within a day', async () => {
    const { id, person, team } = await newDevice({}, teams[2]?.id);
    const now = Date.now();
    const times = Array.from({ length: 5 }, (_, i) => now - (5 - i) * 1_000);
    await person.post(
      '/api/positions',
      times.map((at) => ({ device: id, at: iso(at), ...CITY })),
    );
    const read = (query: string, by = commander) =>
      by.get<TrackPage & Refused>(`/api/tracks?team=${team}&from=${iso(now - 5_000)}&to=${iso(now)}${query}`);
    const [first, second] = [await read('&limit=3'), { body: { next: '' } as TrackPage }];
    second.body = (await read(`&limit=3&cursor=${first.body.next}`)).body;
    expect([...first.body.items, ...second.body.items].map(({ at }) => at)).toEqual(times.map(iso));
    expect(second.body.next).toBeNull();
    expect(first.body.items[0]).toEqual({
      device: id,
      at: iso(now - 5_000),
      ...CITY,
      speedKmh: null,
      headingDeg: null,
    });

    const wide = await commander.get<Refused>(
      `/api/tracks?team=${team}&from=${iso(now - 25 * 3_600_000)}&to=${iso(now)}`,
    );
    expect([wide.status, wide.body.error.code]).toEqual([400, 'request.malformed']);
    const home = teams[2]?.centre;
    const foreign = teams.find(({ centre }) => centre !== home)?.centre;
    const stranger = await app.signIn('county', await countyOf(foreign ?? '', home ?? ''));
    expect((await read('', stranger)).status).toBe(404);
  });

  /** A county that does not see teams of `home`. */
  async function countyOf(centre: string, home: string): Promise<string> {
    const { rows } = await database.query(
      `select id from centre where level = 'county' and id <> $1 and id <> $2
        and id <> coalesce((select parent from centre where id = $1), $1)
        and id <> coalesce((select p.parent from centre c join centre p on p.id = c.parent where c.id = $1), $1)`,
      [home, centre],
    );
    return rows[0].id;
  }
});

describe('the fleet', () => {
  it('shows a screen where its teams are', async () => {
    const { id, person, team } = await newDevice({}, teams[3]?.id);
    const scope = teams[3]?.centre ?? '';
    const screen = await connected(commander.socket('/live'));
    const decoder = new FrameDecoder(scope);
    screen.on('roster', (roster: Roster) => decoder.useRoster(roster));
    const shown = once<Uint8Array>(screen, 'positions', (bytes) => {
      decoder.apply(new Uint8Array(bytes));
      const slot = Array.from({ length: decoder.count }, (_, i) => i).find((i) => decoder.teamOf(i) === team);
      return (
        slot !== undefined &&
        decoder.present[slot] === 1 &&
        Math.abs((decoder.lng[slot] ?? 0) - 98.3001) < 1e-5
      );
    });
    const joined = (await screen.emitWithAck('join', { protocol: 1, scope })) as {
      ok: boolean;
      roster: Roster;
    };
    expect(joined.ok).toBe(true);
    expect(joined.roster.slots).toContain(team);
    decoder.useRoster(joined.roster);
    await person.post('/api/positions', [{ device: id, at: iso(Date.now()), lng: 98.3001, lat: 39.77 }]);
    await shown;
    screen.disconnect();
  });

  it('is there again after a restart, from the tracks', async () => {
    const { id, person, team } = await newDevice({}, teams[4]?.id);
    const at = iso(Date.now());
    await person.post('/api/positions', [{ device: id, at, ...CITY }]);
    const second = await openApp({ databaseUrl: app.databaseUrl });
    const again = new Person(second.url, commander.headers);
    expect((await again.get<Team>(`/api/teams/${team}`)).body.position).toMatchObject({
      ...CITY,
      observedAt: at,
    });
    await second.close();
  });

  it('of one process knows what another has stored, through Redis', async () => {
    const redis = await openRedis();
    const shared = await cloneDatabase('city');
    const env = { REDIS_URL: redis.url };
    const [here, there] = [
      await openApp({ databaseUrl: shared.url, env }),
      await openApp({ databaseUrl: shared.url, env }),
    ];
    const chief = await here.signIn('commander');
    const [team] = (await chief.get<{ items: Team[] }>('/api/teams')).body.items;
    const { body } = await chief.post<NewDevice>('/api/devices', { team: team?.id });
    const at = iso(Date.now());
    await here.withToken(body.secret ?? '').post('/api/positions', [{ device: body.id, at, ...CITY }]);
    const far = new Person(there.url, chief.headers);
    const deadline = Date.now() + 10_000;
    let seen: Team['position'] = null;
    while (!seen && Date.now() < deadline)
      seen = (await far.get<Team>(`/api/teams/${team?.id}`)).body.position;
    expect(seen).toMatchObject({ ...CITY, observedAt: at });
    await here.close();
    await there.close();
    await shared.drop();
    await redis.close();
  });
});

describe('the writer of tracks', () => {
  it('stores a batch that is handed over in the very moment in which the one before it is done', async () => {
    const writer = app.app.get(TrackWriter);
    const device = teams[0]?.id ?? '';
    const fix = { ...CITY, device, team: device, speedKmh: NaN, headingDeg: NaN, receivedAt: Date.now() };
    const since = Date.now() - 60_000;
    for (let round = 0; round < 20; round++) await writer.write([{ ...fix, observedAt: since + round }]);
    expect((await stored(device)).length).toBe(20);
  });
});

describe('a lost database connection', () => {
  it('loses no fix that was on its way, and its sender learns nothing of it', async () => {
    const { id, person } = await newDevice({}, teams[5]?.id);
    const start = Date.now() - 60_000;
    const batch = (round: number) =>
      Array.from({ length: 50 }, (_, i) => ({ device: id, at: iso(start + round * 50 + i), ...CITY }));
    const answers = Promise.all(
      Array.from({ length: 40 }, (_, round) => person.post<FixesAnswer>('/api/positions', batch(round))),
    );
    for (let cut = 0; cut < 3; cut++)
      await database.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xiongguan tracks' and datname = current_database()",
      );
    expect((await answers).map(({ body }) => body.accepted)).toEqual(Array.from({ length: 40 }, () => 50));
    expect(await stored(id)).toHaveLength(2_000);
  });
});
