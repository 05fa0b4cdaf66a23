import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Area, Centre } from '@app/shared';
import { contains } from '../../server/src/places/polygon.js';
import { Places } from '../../server/src/places/places.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

type List<T> = { items: T[]; next: string | null };
interface Grid {
  readonly code: string;
  readonly centre: string;
  readonly anchor: [number, number];
  readonly geometry: Area;
}

let app: RunningApp;
let duty: Person;
let centres: Centre[];

beforeAll(async () => {
  app = await openApp();
  duty = await app.signIn('duty');
  centres = (await duty.get<List<Centre>>('/api/centres')).body.items;
});
afterAll(() => app.close());

async function allGrids(by: Person = duty, centre = ''): Promise<Grid[]> {
  const grids: Grid[] = [];
  for (let cursor = ''; ;) {
    const page = await by.get<List<Grid>>(`/api/grids?limit=200${centre}${cursor}`);
    expect(page.status).toBe(200);
    grids.push(...page.body.items);
    if (page.body.next === null) return grids;
    cursor = `&cursor=${page.body.next}`;
  }
}

const ringsOf = (area: Area) => (area.type === 'Polygon' ? area.coordinates : area.coordinates.flat());

describe('the grids of the city', () => {
  it('are 492, each once, page by page, and each found by its own anchor with its centre', async () => {
    const grids = await allGrids();
    expect(new Set(grids.map(({ code }) => code)).size).toBe(492);
    const places = app.app.get(Places);
    for (const { code, centre, anchor } of grids)
      expect(places.locate(...anchor)).toEqual({ grid: code, centre });
  });

  it('hold the points that lie in them and no others', async () => {
    const grids = await allGrids();
    const places = app.app.get(Places);
    for (let i = 0; i < 400; i++) {
      const [lng, lat] = [98.2 + ((i * 37) % 400) / 2_500, 39.7 + ((i * 91) % 400) / 2_500];
      const slow = grids.find(({ geometry }) => contains(ringsOf(geometry), lng, lat));
      expect(places.locate(lng, lat).grid).toBe(slow?.code ?? null);
    }
  });

  it('are those of the own subtree', async () => {
    const [county] = centres.filter(({ level }) => level === 'county');
    const staff = await app.signIn('county', county?.id);
    const own = await allGrids(staff);
    expect(own).toEqual(await allGrids(duty, `&centre=${county?.id}`));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(492);
    const root = centres.find(({ parent }) => parent === null);
    expect((await staff.get(`/api/grids?centre=${root?.id}`)).status).toBe(404);
  });
});

describe('key sites', () => {
  it('have a place, names and a response standard, by subtree', async () => {
    const all = (await duty.get<List<{ id: string; name: string; circle: number }>>('/api/key-sites')).body
      .items;
    expect(all.length).toBeGreaterThan(5);
    expect(all.every(({ name, circle }) => name !== '' && [1, 3, 5].includes(circle))).toBe(true);
    const counties = centres.filter(({ level }) => level === 'county');
    const shares = await Promise.all(
      counties.map(async ({ id }) => {
        const staff = await app.signIn('county', id);
        return (await staff.get<List<{ id: string }>>('/api/key-sites')).body.items.map((site) => site.id);
      }),
    );
    expect(new Set(shares.flat()).size).toBe(shares.flat().length);
    expect(shares.flat().every((id) => all.some((site) => site.id === id))).toBe(true);
  });
});
