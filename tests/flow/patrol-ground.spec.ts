import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Beat,
  Centre,
  Checkpoint,
  FeaturesImported,
  PatrolFeatures,
  RefusedFeature,
  Team,
  VisitPlan,
} from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

let app: RunningApp;
let commander: Person;
let county: Person;
let sibling: Person;
let home: string;

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
  const counties = items.filter(({ level }) => level === 'county');
  home = counties[0]?.id ?? '';
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
}, 120_000);
afterAll(() => app?.close());

const names = (hans: string) => ({ hans, hant: '', en: '' });
const square = (lng: number, lat: number, side = 0.01) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lng, lat],
      [lng + side, lat],
      [lng + side, lat + side],
      [lng, lat + side],
      [lng, lat],
    ],
  ],
});
const beatDraft = (part: object = {}) => ({
  centre: home,
  names: names('核心圈'),
  ring: 'core',
  polygon: square(98.28, 39.77),
  ...part,
});
const pointDraft = (part: object = {}) => ({
  centre: home,
  names: names('广场'),
  lng: 98.285,
  lat: 39.775,
  radiusM: 60,
  dwellS: 120,
  visits: { 3: 2 },
  ...part,
});
async function newBeat(part: object = {}): Promise<Beat> {
  const { status, body } = await commander.post<Beat>('/api/beats', beatDraft(part));
  expect(status).toBe(201);
  return body;
}
async function newPoint(part: object = {}): Promise<Checkpoint> {
  const { status, body } = await commander.post<Checkpoint>('/api/checkpoints', pointDraft(part));
  expect(status).toBe(201);
  return body;
}
const beatsOf = async (person: Person) => (await person.get<List<Beat>>('/api/beats')).body.items;

describe('a beat', () => {
  it('is seen at its centre and above, and at no other', async () => {
    const beat = await newBeat();
    expect(beat).toMatchObject({ ring: 'core', version: 1, name: '核心圈' });
    expect((await beatsOf(county)).map(({ id }) => id)).toContain(beat.id);
    expect((await beatsOf(sibling)).map(({ id }) => id)).not.toContain(beat.id);
    const foreign = await sibling.ask<Refused>('PATCH', `/api/beats/${beat.id}`, {
      version: 1,
      ring: 'outer',
    });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'beat.unknown']);
  });

  it('is changed by its version alone, however many try at once', async () => {
    const { id } = await newBeat();
    const race = await Promise.all(
      ['inner', 'outer', 'core'].map((ring) =>
        commander.ask<Refused>('PATCH', `/api/beats/${id}`, { version: 1, ring }),
      ),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const closed = await county.ask<Beat>('PATCH', `/api/beats/${id}`, { version: 2, isClosed: true });
    expect(closed.body).toMatchObject({ isClosed: true, version: 3, mayChange: false });
    expect((await beatsOf(commander)).map((beat) => beat.id)).not.toContain(id);
  });

  it('has a closed line that does not cross itself', async () => {
    const [line] = square(98.28, 39.77).coordinates;
    const bow = [line?.[0], line?.[2], line?.[1], line?.[3], line?.[0]];
    for (const coordinates of [[bow], [line?.slice(0, 4)]]) {
      const polygon = { type: 'Polygon', coordinates };
      const { status, body } = await commander.post<Refused>('/api/beats', beatDraft({ polygon }));
      expect([status, body.error.code]).toEqual([400, 'patrol-ground.illegal']);
    }
  });
});

describe('a checkpoint and a plan', () => {
  it('belong together: a plan names what its maker may change, by its version', async () => {
    const beat = await newBeat();
    const point = await newPoint({ beat: beat.id });
    const draft = { callSign: '两洞洞', centre: home, mode: 'foot', tier: 1, forces: { police: 2 } };
    const team = (await commander.post<Team>('/api/teams', draft)).body;
    const plan = { team: team.id, level: 3, order: 'fixed', beats: [beat.id], checkpoints: [point.id] };
    const made = await commander.post<VisitPlan>('/api/patrol-plans', { ...plan, version: 0 });
    expect(made.body).toMatchObject({ version: 1, callSign: '两洞洞', order: 'fixed' });
    const stale = await commander.post<Refused>('/api/patrol-plans', { ...plan, version: 0 });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'visit-plan.stale']);
    const foreign = await sibling.post<Refused>('/api/patrol-plans', { ...plan, version: 1 });
    expect(foreign.status).toBe(404);
    const plans = (await county.get<List<VisitPlan>>('/api/patrol-plans')).body.items;
    expect(plans).toContainEqual(made.body);
  });

  it('is a checkpoint, a control point or a post; where nobody says, a checkpoint', async () => {
    const point = await newPoint();
    expect(point.kind).toBe('checkpoint');
    const path = `/api/checkpoints/${point.id}`;
    const post = await county.ask<Checkpoint>('PATCH', path, { version: 1, kind: 'post' });
    expect(post.body).toMatchObject({ kind: 'post', version: 2 });
    const nonsense = await county.ask<Refused>('PATCH', path, { version: 2, kind: 'trap' });
    expect(nonsense.status).toBe(400);
  });

  it('refuses what cannot be judged', async () => {
    for (const part of [{ radiusM: 5 }, { dwellS: 0 }, { visits: {} }, { lng: 200 }, { names: names(' ') }])
      expect((await commander.post('/api/checkpoints', pointDraft(part))).status).toBe(400);
  });
});

describe('GeoJSON', () => {
  it('goes out in the form that comes in again', async () => {
    const { features } = (await commander.get<PatrolFeatures>(`/api/patrol-features?centre=${home}`)).body;
    expect(features.length).toBeGreaterThan(1);
    const collection = { type: 'FeatureCollection', features };
    const back = await county.post<FeaturesImported>('/api/patrol-features', { centre: home, collection });
    expect(back.status).toBe(200);
    expect(back.body.beats.length + back.body.checkpoints.length).toBe(features.length);
  });

  it('that comes back as it went out makes nothing twice; what was changed in it is new', async () => {
    const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
    const centre = items.find(({ parent }) => parent === null)?.id ?? '';
    const before = (await commander.get<PatrolFeatures>(`/api/patrol-features?centre=${centre}`)).body;
    const give = async (collection: PatrolFeatures) =>
      (await commander.post<FeaturesImported>('/api/patrol-features', { centre, collection })).body;
    expect((await give(before)).same).toBe(before.features.length);
    const after = (await commander.get<PatrolFeatures>(`/api/patrol-features?centre=${centre}`)).body;
    expect(after).toEqual(before);
    const moved = structuredClone(before);
    for (const { geometry } of moved.features)
      if (geometry.type === 'Point') geometry.coordinates = [98.31, 39.79];
    const points = moved.features.filter(({ geometry }) => geometry.type === 'Point').length;
    expect(points).toBeGreaterThan(0);
    expect((await give(moved)).same).toBe(before.features.length - points);
  });

  it('is refused whole, with the reason of each feature', async () => {
    const before = (await beatsOf(county)).length;
    const collection = {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', geometry: square(98.3, 39.7), properties: { name: '好', ring: 'inner' } },
        { type: 'Feature', geometry: square(98.3, 39.7), properties: { name: '坏', ring: 'middle' } },
        { type: 'Feature', geometry: { type: 'LineString', coordinates: [] }, properties: {} },
        { type: 'Feature', geometry: { type: 'Point', coordinates: [98, 99] }, properties: { name: '点' } },
        'nonsense',
      ],
    };
    const { status, body } = await county.post<Refused>('/api/patrol-features', { centre: home, collection });
    expect([status, body.error.code]).toEqual([400, 'patrol-ground.refused']);
    const refused = body.error.detail['features'] as RefusedFeature[];
    expect(refused.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'property'],
      [2, 'geometry'],
      [3, 'property'],
      [4, 'geometry'],
    ]);
    expect(refused[0]?.seen).toBe('properties.ring');
    expect((await beatsOf(county)).length).toBe(before);
  });
});
