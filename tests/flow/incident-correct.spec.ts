import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AlertCard, Centre, Incident, IncidentPage } from '@app/shared';
import type { Person } from '../support/app.js';
import { insist } from '../support/insist.js';
import { act, FourLevels, read, refused, tell } from '../support/four-levels.js';

let house: FourLevels;
let chief: Person;
let town: Person;
let east: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  chief = await house.person('town', 'duty');
  town = await house.person('town');
  east = await house.person('east');
}, 120_000);
afterAll(() => house?.close());

const reason = '报警人更正';
const told = () => house.reported(town, { place: '北门夜市', description: '两人争执' });
const suspended = async (): Promise<Incident> => {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return act(town, await act(town, await told(), 'accept'), 'suspend', { reason: '待施工', until });
};
const found = async (q: string): Promise<string[]> =>
  (await town.get<IncidentPage>(`/api/incidents?q=${encodeURIComponent(q)}`)).body.items.map(({ id }) => id);
const cardOf = async ({ id }: Incident): Promise<Record<string, unknown> | undefined> =>
  (
    await town.get<{ snapshot: { id: string; card: Record<string, unknown> }[] }>(
      `/api/journal?scope=${house.at.town.id}`,
    )
  ).body.snapshot.find((item) => item.id === id)?.card;

it('of a suspended incident changes place and text, keeps what they said, and is found by the new words', async () => {
  const incident = await suspended();
  const { anchor } = (await town.get<Centre>(`/api/centres/${house.at.village.id}`)).body;
  const [lng, lat] = anchor ?? [98.3, 39.8];
  const said = { reason, place: '南门停车场', description: ' 三人争执 ', lng, lat };
  const made = await act(town, incident, 'correct', said);
  expect(made).toMatchObject({
    status: 'suspended',
    centre: incident.centre,
    course: { suspension: incident.course?.suspension },
    place: '南门停车场',
    description: '三人争执',
    lng,
    lat,
    grid: expect.stringMatching(/^\d+$/),
  });
  expect(made.timeline.at(-1)).toMatchObject({
    fact: 'incident.corrected',
    reason,
    about: {
      corrected: { place: '北门夜市', description: '两人争执', lng: incident.lng, lat: incident.lat },
    },
  });
  expect(await cardOf(made)).toMatchObject({ place: '南门停车场', lng, lat, grid: made.grid });
  expect(await found('南门停车场')).toContain(made.id);
  expect(await found('北门夜市')).not.toContain(made.id);
  const again = await act(town, made, 'correct', { reason, place: '' });
  expect(again.place).toBeNull();
});

it('takes the alert of its clock along to the new place', async () => {
  const incident = await told();
  await house.runOut('incident.soon', incident.id);
  const alertOf = async () =>
    (await town.get<{ items: AlertCard[] }>('/api/alerts')).body.items.find(({ incidents }) =>
      incidents.includes(incident.id),
    );
  await insist(alertOf);
  const { anchor } = (await town.get<Centre>(`/api/centres/${house.at.village.id}`)).body;
  const [lng, lat] = anchor ?? [98.3, 39.8];
  const made = await act(town, await read(town, incident), 'correct', { reason, lng, lat });
  expect(made.grid).not.toBe(incident.grid);
  expect(await alertOf()).toMatchObject({ lng, lat, grid: made.grid, state: 'raised' });
});

it('of a suspended incident what it is can be put right too, and no clock starts', async () => {
  const incident = await suspended();
  const asked = await act(town, incident, 'propose-change', { reason, category: 'fire', severity: 1 });
  const made = await act(chief, await read(chief, asked), 'approve-change');
  expect(made).toMatchObject({ status: 'suspended', category: 'fire', severity: 1, due: null });
  const resumed = await act(town, await read(town, made), 'resume');
  expect(resumed).toMatchObject({ status: 'accepted', due: { stage: 'dispatch' } });
});

it('must say something else than stands, with both numbers of a place inside the city', async () => {
  const incident = await told();
  const { place, description, lng, lat } = incident;
  expect(await refused(town, incident, 'correct', { reason, place, description, lng, lat })).toMatchObject({
    status: 422,
    code: 'incident.correction-wanted',
  });
  expect(await refused(town, incident, 'correct', { reason })).toMatchObject({ status: 422 });
  expect(await refused(town, incident, 'correct', { place: '别处' })).toMatchObject({
    code: 'incident.reason-wanted',
  });
  expect(await refused(town, incident, 'correct', { reason, lng: 98.3 })).toMatchObject({
    status: 400,
    code: 'request.malformed',
  });
  expect(await refused(town, incident, 'correct', { reason, lng: 39.77, lat: 98.29 })).toMatchObject({
    status: 400,
  });
  expect((await tell(town, incident, 'correct', { reason, lng: 39.77, lat: 39.77 })).status).toBe(200);
});

it('of two who correct at once one wins', async () => {
  const incident = await told();
  const both = [town, chief].map((by, n) => tell(by, incident, 'correct', { reason, place: `第${n}处` }));
  expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 409]);
});

it('of a sensitive incident is masked for whoever sees no more than its card', async () => {
  const sealed = await act(town, await told(), 'seal', { reason });
  const before = await cardOf(sealed);
  const { anchor } = (await town.get<Centre>(`/api/centres/${house.at.village.id}`)).body;
  const [lng, lat] = anchor ?? [98.3, 39.8];
  const made = await act(town, sealed, 'correct', { reason, place: '南门', lng, lat });
  const card = await cardOf(made);
  expect(card).toMatchObject({ masked: true, place: null, category: 'other' });
  expect([card?.['lng'], card?.['lat']]).not.toEqual([before?.['lng'], before?.['lat']]);
  const masked = await read(east, made);
  expect(masked.view).toBe('masked');
  expect(JSON.stringify(masked)).not.toMatch(/北门夜市|南门/);
});

it('is erased with what it says, the former words too', async () => {
  const incident = await told();
  const made = await act(town, incident, 'correct', { reason, place: '南门', description: '三人' });
  const commander = await house.person('town', 'commander');
  const erase = (part: string) =>
    commander.post<{ texts: number }>('/api/erasures', {
      kind: 'incident',
      id: made.id,
      part,
      reason: 'person-named',
    });
  expect((await erase('place')).body.texts).toBe(2);
  expect((await read(town, made)).timeline.at(-2)?.about?.corrected).toEqual({ description: '两人争执' });
  expect((await erase('all')).status).toBe(200);
  const left = await house.client.query('select about::text from timeline where incident = $1', [made.id]);
  expect(JSON.stringify(left.rows)).not.toContain('争执');
});
