import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FixesAnswer, FixReport, Team } from '@app/shared';
import { CITY, iso, Positions, type Refused } from '../support/positions.js';

let city: Positions;

beforeAll(async () => {
  city = await Positions.open();
});

afterAll(() => city.close());

describe('positions over HTTP', () => {
  it('are answered when they are stored, and their team is there', async () => {
    const { id, person, team } = await city.newDevice();
    const at = Date.now();
    const answer = await person.post<FixesAnswer>('/api/positions', [
      { device: id, at: iso(at), ...CITY, speedKmh: 36, headingDeg: 90 } satisfies FixReport,
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ accepted: 1, rejected: [], flagged: [] });
    expect(await city.stored(id)).toMatchObject([{ observed_at: new Date(at), lng: CITY.lng, speed: 36 }]);
    const seen = await city.commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toEqual({ ...CITY, speedKmh: 36, headingDeg: 90, observedAt: iso(at) });
  });

  it('count as accepted when they come again, and are stored once', async () => {
    const { id, person } = await city.newDevice({ externalId: 'twice' });
    const fixes = [0, 1, 2].map((i) => ({ device: 'twice', at: iso(Date.now() - i * 1_000), ...CITY }));
    for (let round = 0; round < 2; round++)
      expect((await person.post('/api/positions', { fixes })).body).toEqual({
        accepted: 3,
        rejected: [],
        flagged: [],
      });
    expect(await city.stored(id)).toHaveLength(3);
  });

  it('are refused one by one, each with its own code, and the rest is stored', async () => {
    const { id, person } = await city.newDevice();
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
    expect(await city.stored(id)).toHaveLength(2);
  });

  it('that cannot be meant are kept apart, once each, and never move the live position', async () => {
    const { id, person, team } = await city.newDevice({}, city.teams[6]?.id);
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
    const apart = await city.database.query(
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
    expect(await city.stored(id)).toHaveLength(1);
    const seen = await city.commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, observedAt: iso(now) });
  });

  it('that come late go to the track and leave the live position where it is', async () => {
    const { id, person, team } = await city.newDevice({}, city.teams[7]?.id);
    const now = Date.now();
    const fix = { device: id, at: iso(now), ...CITY };
    await person.post('/api/positions', [fix]);
    const late = { ...fix, at: iso(now - 600_000), lng: 98.25 };
    expect((await person.post<FixesAnswer>('/api/positions', [late])).body.accepted).toBe(1);
    expect(await city.stored(id)).toMatchObject([{ lng: 98.25 }, { lng: CITY.lng }]);
    const seen = await city.commander.get<Team>(`/api/teams/${team}`);
    expect(seen.body.position).toMatchObject({ ...CITY, observedAt: iso(now) });
  });

  it('are refused whole when they are no batch', async () => {
    const { person } = await city.newDevice();
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
    const notJson = await fetch(`${city.app.url}/api/positions`, {
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
    const [mine, other] = [await city.newDevice(), await city.newDevice({}, city.teams[1]?.id)];
    const fix = { device: other.id, at: iso(Date.now()), ...CITY };
    const { body } = await mine.person.post<FixesAnswer>('/api/positions', [fix]);
    expect(body.rejected).toEqual([{ index: 0, code: 'device.unknown' }]);
    expect((await city.app.nobody().post('/api/positions', [fix])).status).toBe(401);
  });

  it('older than a week are taken from an import, and make their day due for thinning again', async () => {
    const { id } = await city.newDevice();
    const [{ account }] = (await city.database.query('select id as account from account limit 1')).rows;
    const [{ centre }] = (await city.database.query('select id as centre from centre where parent is null'))
      .rows;
    await city.database.query(
      `insert into token (id, secret_hash, name, centre, scopes, account, created_at)
       values (gen_random_uuid(), sha256('past'), 'past', $1, '{positions,import}', $2, now())`,
      [centre, account],
    );
    await city.database.query('update track_day set thinned_at = now()');
    const past = Date.now() - 9 * 86_400_000;
    const answer = await city.app
      .withToken('past')
      .post<FixesAnswer>('/api/positions', [{ device: id, at: iso(past), ...CITY }]);
    expect(answer.body).toEqual({ accepted: 1, rejected: [], flagged: [] });
    const due = await city.database.query('select day::text from track_day where thinned_at is null');
    expect(due.rows).toContainEqual({ day: iso(past).slice(0, 10) });
  });
});
