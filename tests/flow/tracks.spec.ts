import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FixesAnswer, TrackPage } from '@app/shared';
import fc from 'fast-check';
import { float4Array, float8Array, instantArray, uuidArray } from '../../server/src/positions/array-bytes.js';
import { TrackWriter } from '../../server/src/positions/track-writer.js';
import { CITY, iso, Positions, type Refused } from '../support/positions.js';

/** Years 0 to 9999, in ms. */
const INSTANTS = { min: -62_167_219_200_000, max: 253_402_300_799_999 };
const READ_BACK = `
  select id, w, n::float8, round(extract(epoch from at) * 1000)::float8 as at
    from unnest($1::uuid[], $2::float8[], $3::float4[], $4::timestamptz[]) as told(id, w, n, at)`;

let city: Positions;

beforeAll(async () => {
  city = await Positions.open();
});

afterAll(() => city.close());

describe('tracks', () => {
  it('are read by time and page by page, within a day', async () => {
    const { id, person, team } = await city.newDevice({}, city.teams[2]?.id);
    const now = Date.now();
    const times = Array.from({ length: 5 }, (_, i) => now - (5 - i) * 1_000);
    await person.post(
      '/api/positions',
      times.map((at) => ({ device: id, at: iso(at), ...CITY })),
    );
    const read = (query: string, by = city.commander) =>
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

    const wide = await city.commander.get<Refused>(
      `/api/tracks?team=${team}&from=${iso(now - 25 * 3_600_000)}&to=${iso(now)}`,
    );
    expect([wide.status, wide.body.error.code]).toEqual([400, 'request.malformed']);
    const home = city.teams[2]?.centre;
    const foreign = city.teams.find(({ centre }) => centre !== home)?.centre;
    const stranger = await city.app.signIn('county', await countyOf(foreign ?? '', home ?? ''));
    expect((await read('', stranger)).status).toBe(404);
  });

  /** A county that does not see teams of `home`. */
  async function countyOf(centre: string, home: string): Promise<string> {
    const { rows } = await city.database.query(
      `select id from centre where level = 'county' and id <> $1 and id <> $2
        and id <> coalesce((select parent from centre where id = $1), $1)
        and id <> coalesce((select p.parent from centre c join centre p on p.id = c.parent where c.id = $1), $1)`,
      [home, centre],
    );
    return rows[0].id;
  }
});

describe('the writer of tracks', () => {
  it('stores a batch that is handed over in the very moment in which the one before it is done', async () => {
    const writer = city.app.app.get(TrackWriter);
    const device = city.teams[0]?.id ?? '';
    const fix = { ...CITY, device, team: device, speedKmh: NaN, headingDeg: NaN, receivedAt: Date.now() };
    const since = Date.now() - 60_000;
    for (let round = 0; round < 20; round++) await writer.write([{ ...fix, observedAt: since + round }]);
    expect((await city.stored(device)).length).toBe(20);
  });

  it('stores what is new beside what came before, and what is told twice at once, each once', async () => {
    const { id: device, team } = await city.newDevice();
    const writer = city.app.app.get(TrackWriter);
    const since = Date.now() - 60_000;
    const fix = (after: number) => ({
      device,
      team,
      ...CITY,
      speedKmh: NaN,
      headingDeg: NaN,
      receivedAt: Date.now(),
      observedAt: since + after,
    });
    await writer.write([fix(1)]);
    await writer.write([fix(2), fix(2)]);
    await writer.write([fix(1), fix(3)]);
    await writer.write([fix(4)]);
    expect((await city.stored(device)).map(({ observed_at }) => observed_at.getTime() - since)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('tells PostgreSQL the very values, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.uuid(), fc.double(), fc.float(), fc.integer(INSTANTS)), { maxLength: 20 }),
        async (rows) => {
          const [ids, wide, narrow, instants] = [0, 1, 2, 3].map((i) => rows.map((row) => row[i]));
          const { rows: read } = await city.database.query(READ_BACK, [
            uuidArray(ids as string[]),
            float8Array(wide as number[]),
            float4Array(narrow as number[]),
            instantArray(instants as number[]),
          ]);
          const told = rows.map(([id, w, n, at]) => ({ id, w, n: Number.isNaN(n) ? null : n, at }));
          expect(read).toEqual(told);
        },
      ),
      { numRuns: 50 },
    );
    expect(() => uuidArray(['7'])).toThrow(RangeError);
  });
});

describe('a lost database connection', () => {
  it('loses no fix that was on its way, and its sender learns nothing of it', async () => {
    const { id, person } = await city.newDevice({}, city.teams[5]?.id);
    const start = Date.now() - 60_000;
    const batch = (round: number) =>
      Array.from({ length: 50 }, (_, i) => ({ device: id, at: iso(start + round * 50 + i), ...CITY }));
    const answers = Promise.all(
      Array.from({ length: 40 }, (_, round) => person.post<FixesAnswer>('/api/positions', batch(round))),
    );
    for (let cut = 0; cut < 3; cut++)
      await city.database.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xiongguan tracks' and datname = current_database()",
      );
    expect((await answers).map(({ body }) => body.accepted)).toEqual(Array.from({ length: 40 }, () => 50));
    expect(await city.stored(id)).toHaveLength(2_000);
  });
});
