import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KnownPlace } from '@app/shared';
import type { Person } from '../support/app.js';
import { FourLevels } from '../support/four-levels.js';

let levels: FourLevels;
let city: Person;
let town: Person;

beforeAll(async () => {
  levels = await FourLevels.open();
  [city, town] = [await levels.person('city', 'duty'), await levels.person('town')];
});
afterAll(() => levels.close());

async function find(by: Person, q: string): Promise<KnownPlace[]> {
  const { status, body } = await by.get<{ items: KnownPlace[] }>(
    `/api/places?limit=50&q=${encodeURIComponent(q)}`,
  );
  expect(status).toBe(200);
  return body.items;
}

it('finds a grid by its code, with a point that lies in it', async () => {
  const { items } = (await town.get<{ items: { code: string }[] }>('/api/grids?limit=3')).body;
  for (const { code } of items) {
    const [found, ...others] = await find(town, code);
    expect([found, others]).toEqual([expect.objectContaining({ kind: 'grid', grid: code }), []]);
    const report = { category: 'other', severity: 4, lng: found?.lng, lat: found?.lat };
    const { body } = await town.post('/api/incidents', report);
    expect(body).toMatchObject({ grid: code });
  }
});

it('finds sites, villages, roads and crossings by name, in either script, in the caller’s scope alone', async () => {
  const { items: sites } = (
    await city.get<{ items: { names: { hans: string; hant: string } }[] }>('/api/key-sites')
  ).body;
  const { hans = '', hant = '' } = sites[0]?.names ?? {};
  expect((await find(city, hans))[0]).toMatchObject({ kind: 'site', names: { hans } });
  expect((await find(city, hant))[0]).toMatchObject({ kind: 'site', names: { hans } });
  expect((await find(city, '野麻湾')).map(({ kind }) => kind)).toContain('village');
  expect((await find(city, '路')).some(({ kind }) => kind === 'road')).toBe(true);
  expect((await find(city, '路口')).some(({ kind }) => kind === 'crossing')).toBe(true);
  const below = new Set(
    (await town.get<{ items: { id: string }[] }>('/api/centres')).body.items.map(({ id }) => id),
  );
  for (const q of ['路', '小区', '镇'])
    for (const { centre } of await find(town, q)) expect(below).toContain(centre);
});

it('finds what earlier reports were told with, of those that the caller sees', async () => {
  const place = '老罗修车铺门口';
  const told = await levels.reported(town, { place, lng: 98.2888, lat: 39.7721 });
  expect((await find(town, '修车铺')).map(({ kind, names }) => [kind, names.hans])).toEqual([
    ['report', place],
  ]);
  expect(await find(city, '修車鋪')).toMatchObject([{ lng: told.lng, lat: told.lat }]);
  expect(await find(await levels.person('far'), '修车铺')).toEqual([]);
});

it('refuses nonsense', async () => {
  for (const query of ['', 'q=', 'q=a&limit=0', 'q=a&else=1'])
    expect([query, (await city.get(`/api/places?${query}`)).status]).toEqual([query, 400]);
  expect((await levels.app.nobody().get('/api/places?q=a')).status).toBe(401);
  expect(await find(city, '!!!')).toEqual([]);
});
