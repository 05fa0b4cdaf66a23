import { Centre, Id, Session, TeamCard } from '@app/shared';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Api } from '../client/api.js';
import { cellsOf } from './cells.js';
import type { CityFile } from './city-file.js';
import type { Recorded } from './recorded.js';
import type { ReplayState } from './replay-state.js';

const Made = z.object({ id: Id });
const Tree = z.object({ items: z.array(Centre) });
const ACCOUNT = 'replay';

/** Makes the city in an instance of our own: administrator, centres with schematic areas, and a token. Safe to repeat. */
export async function setUpCity(
  url: string,
  setupCode: string | null,
  {
    city,
    rows,
    state,
    stop,
  }: { city: CityFile; rows: readonly Recorded[]; state: ReplayState; stop: AbortSignal },
): Promise<void> {
  const { kept } = state;
  const api = new Api(url, stop);
  kept.account ??= { name: ACCOUNT, password: randomBytes(15).toString('base64url') };
  await state.save();
  const { name, password } = kept.account;
  if (setupCode !== null) {
    const [top] = city.levels;
    const root = { names: city.names, level: top?.level ?? 'city' };
    await api.post(
      '/setup',
      { code: setupCode, account: name, password, city: root, levels: city.levels },
      Made,
    );
  }
  await api.post('/session', { account: name, password }, Session);
  kept.root ??= await makeCentres(api, city, rows);
  if (kept.token === null) {
    const draft = { name: 'replay', centre: kept.root, scopes: ['import', 'report', 'read', 'positions'] };
    kept.token = (await api.post('/tokens', draft, z.object({ secret: z.string() }))).secret;
  }
  await state.save();
}

async function makeCentres(api: Api, city: CityFile, rows: readonly Recorded[]): Promise<Id> {
  const there = (await api.get('/centres', Tree)).items;
  const root = there.find(({ parent }) => parent === null);
  if (!root) throw new Error('the instance has no root centre after its set-up');
  const places = rows.flatMap(({ report }) =>
    report?.area ? [{ place: report.place, area: report.area }] : [],
  );
  const areas = cellsOf(places);
  const outline = cellsOf(places.map(({ place }) => ({ place, area: city.names.hans }))).get(city.names.hans);
  const known = new Map(there.flatMap(({ id, code }) => (code === null ? [] : [[code, id] as const])));
  for (const { key, parent, level, names, area } of city.centres ?? childrenOf(city, places)) {
    if (known.has(key.slice(0, 20))) continue;
    const above = parent === undefined ? root.id : (known.get(parent.slice(0, 20)) ?? root.id);
    const shape = area ?? areas.get(key) ?? null;
    const draft = { parent: above, level, code: key.slice(0, 20), names, area: shape };
    known.set(key.slice(0, 20), (await api.post('/centres', draft, Made)).id);
  }
  if (outline && root.bbox === null) {
    const { version } = await api.get(`/centres/${root.id}`, Centre);
    const change = {
      method: 'PATCH',
      path: `/centres/${root.id}`,
      body: { version, area: outline },
    } as const;
    await api.ask(change, z.unknown());
  }
  return root.id;
}

/** One child for each value of the area column. */
function childrenOf(
  { levels }: CityFile,
  places: readonly { area: string }[],
): NonNullable<CityFile['centres']> {
  const level = levels[1]?.level ?? 'county';
  const keys = [...new Set(places.map(({ area }) => area))].sort();
  return keys.map((key) => ({ key, level, names: { hans: key, hant: key, en: key } }));
}

/** A team for every unit of the recording, at the token's centre; teams that are there already are kept. */
export async function makeTeams(api: Api, rows: readonly Recorded[], state: ReplayState): Promise<number> {
  const { kept } = state;
  if (kept.root === null) {
    const [root] = (await api.get('/centres', Tree)).items;
    if (!root) throw new Error('the token sees no centre');
    kept.root = root.id;
  }
  for (const { id, callSign } of await api.list('/teams', {}, TeamCard)) kept.teams[callSign] ??= id;
  let made = 0;
  for (const { unit, mode } of rows) {
    if (unit === null || kept.teams[unit] !== undefined) continue;
    const draft = { callSign: unit, centre: kept.root, mode, tier: 5, forces: {}, status: 'available' };
    kept.teams[unit] = (await api.post('/teams', draft, Made)).id;
    made += 1;
  }
  await state.save();
  return made;
}
