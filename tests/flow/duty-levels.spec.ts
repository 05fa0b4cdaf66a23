import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Centre,
  DutyLevel,
  DutyLevelCard,
  LevelEffects,
  PatrolBoard,
  PatrolShift,
  Team,
} from '@app/shared';
import { Tailer } from '../../server/src/journal/tailer.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const HOUR = 3_600_000;
let app: RunningApp;
let commander: Person;
let duty: Person;
let county: Person;
let counties: Centre[];
let towns: Centre[];
let screens: { city: Screen; county: Screen; sibling: Screen };

beforeAll(async () => {
  app = await openApp();
  [commander, duty] = await Promise.all([app.signIn('commander'), app.signIn('duty')]);
  const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
  counties = items.filter(({ level }) => level === 'county');
  towns = items.filter(({ parent }) => parent === id(0));
  county = await app.signIn('county', id(0));
  const other = await app.signIn('county', id(1));
  screens = {
    city: await Screen.joined(duty, items[0]?.id ?? ''),
    county: await Screen.joined(county, id(0)),
    sibling: await Screen.joined(other, id(1)),
  };
}, 120_000);
afterAll(async () => {
  for (const screen of Object.values(screens ?? {})) screen.close();
  await app?.close();
});
afterEach(() => {
  for (const screen of Object.values(screens)) expect(screen.faults).toEqual([]);
});

const id = (index: number) => counties[index]?.id ?? '';
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const draft = (part: object = {}) => ({
  centre: id(0),
  level: 2,
  to: inHours(4),
  reason: '重大活动安保',
  ...part,
});
async function raised(part: object = {}): Promise<DutyLevel> {
  const { status, body } = await commander.post<DutyLevel>('/api/duty-levels', draft(part));
  expect(status).toBe(201);
  return body;
}
const effectAt = async (centre: string, person = commander) =>
  (await person.get<LevelEffects>(`/api/duty-levels/effect?centre=${centre}`)).body.items[0];
const cardOf = (screen: Screen, level: DutyLevel) =>
  screen.picture.get('duty-level', level.id)?.card as DutyLevelCard | undefined;
const lift = (person: Person, { id: of, version }: DutyLevel) =>
  person.post<DutyLevel & Refused>(`/api/duty-levels/${of}/lift`, { version, reason: '活动结束' });
const tellAll = (level: DutyLevel) =>
  screens.city.until(
    () => cardOf(screens.city, level)?.version === level.version,
    'the level is in the picture',
  );

describe('a duty level', () => {
  it('binds its centre and all below at once, asks for more teams, and is lifted', async () => {
    const need = await commander.ask('PATCH', `/api/patrol-needs/${id(0)}`, { teams: 5 });
    expect(need.status).toBe(204);
    expect(await effectAt(id(0))).toMatchObject({ level: 3, daily: 5, wanted: 5 });
    const level = await raised();
    await tellAll(level);
    expect(await effectAt(id(0))).toMatchObject({ level: 2, set: level.id, wanted: 8 });
    expect(await effectAt(towns[0]?.id ?? '', county)).toMatchObject({ level: 2, set: level.id });
    expect(await effectAt(id(1))).toMatchObject({ level: 3, set: null });
    await screens.county.until(() => cardOf(screens.county, level) !== undefined, 'those bound are told');
    expect(cardOf(screens.sibling, level)).toBeUndefined();
    expect(JSON.stringify(cardOf(screens.city, level))).not.toContain('安保');

    const lifted = await lift(commander, level);
    expect(lifted.body).toMatchObject({ state: 'lifted', mayLift: false });
    await screens.county.until(() => cardOf(screens.county, level) === undefined, 'it leaves the picture');
    expect(await effectAt(id(0))).toMatchObject({ level: 3, wanted: 5 });
    const again = await lift(commander, { ...level, version: 2 });
    expect([again.status, again.body.error.code]).toEqual([409, 'duty-level.ended']);
  });

  it('is begun and undone by the server’s clock', async () => {
    const level = await raised({ from: inHours(1), level: 1 });
    expect(level.state).toBe('planned');
    await tellAll(level);
    expect((await effectAt(id(0)))?.level).toBe(3);
    await fireIn(app, HOUR + 1_000);
    await screens.county.until(() => cardOf(screens.county, level)?.state === 'active', 'it begins');
    expect((await effectAt(id(0)))?.level).toBe(1);
    await fireIn(app, 4 * HOUR + 1_000);
    await screens.county.until(() => cardOf(screens.county, level) === undefined, 'it ends');
    expect((await effectAt(id(0)))?.level).toBe(3);
    const { items } = (await county.get<List<DutyLevel>>('/api/duty-levels')).body;
    expect(items.find(({ id: of }) => of === level.id)).toMatchObject({
      state: 'ended',
      reason: '重大活动安保',
    });
  });

  it('that is planned asks for teams and strength in its own hours, and shows it before they come', async () => {
    const own = { callSign: '明日一', centre: id(2), mode: 'vehicle', tier: 3, forces: { police: 4 } };
    const team = (await commander.post<Team>('/api/teams', own)).body;
    const plan = { teams: [team.id], pattern: '3x8', from: inHours(32).slice(0, 10), days: 3, turnDays: 3 };
    const written = await commander.post('/api/shifts', { ...plan, crews: ['A', 'B', 'C'] });
    expect(written.status).toBe(201);
    await commander.ask('PATCH', `/api/patrol-needs/${id(2)}`, { teams: 1 });
    const level = await raised({ centre: id(2), level: 1, from: inHours(34), to: inHours(48) });
    await tellAll(level);
    const span = new URLSearchParams({ centre: id(2), from: inHours(33), to: inHours(60) });
    const { items, conflicts } = (await commander.get<PatrolBoard>(`/api/shifts?${span.toString()}`)).body;
    expect(conflicts).toMatchObject([{ kind: 'few-teams', from: level.from, to: level.to }]);
    const isRaised = ({ startsAt }: PatrolShift) => level.from <= startsAt && startsAt < level.to;
    expect(items.map(({ strength }) => strength)).toEqual(items.map((shift) => (isRaised(shift) ? 6 : 4)));
    expect(items.some(isRaised)).toBe(true);
    await lift(commander, level);
    await tellAllGone(level);
    const after = (await commander.get<PatrolBoard>(`/api/shifts?${span.toString()}`)).body;
    expect(after.conflicts).toEqual([]);
  });

  it('that ends leaves the one that was set above', async () => {
    const root = (await commander.get<List<Centre>>('/api/centres')).body.items[0]?.id ?? '';
    const above = await raised({ centre: root });
    const grave = await raised({ level: 1 });
    await tellAll(grave);
    expect((await effectAt(id(0)))?.level).toBe(1);
    await lift(commander, grave);
    await tellAllGone(grave);
    expect(await effectAt(id(0))).toMatchObject({ level: 2, set: above.id });
    await lift(commander, above);
    await tellAllGone(above);
  });

  it('of the city’s own brings its terms', async () => {
    const terms = { teamsPct: 130, visitsPct: 150, strengthPct: 100 };
    const level = await raised({ level: 4, terms });
    await tellAll(level);
    expect(await effectAt(id(0))).toMatchObject({ level: 4, terms, wanted: 7 });
    await lift(commander, level);
    await tellAllGone(level);
  });

  it.each<[string, object, number, string]>([
    ['an end that is over', { to: '2020-01-01T00:00:00Z' }, 400, 'time.past'],
    ['no end in sight', { to: '2099-01-01T00:00:00Z' }, 400, 'time.future'],
    ['no reason', { reason: ' ' }, 400, 'request.malformed'],
    ['level 4 without terms', { level: 4 }, 400, 'request.malformed'],
    [
      'terms of one’s own for level 1',
      { level: 1, terms: { teamsPct: 50, visitsPct: 50, strengthPct: 50 } },
      400,
      'request.malformed',
    ],
    ['a centre that nobody knows', { centre: '00000000-0000-7000-8000-000000000000' }, 404, 'centre.unknown'],
  ])('is refused with %s', async (_, part, status, code) => {
    const answer = await commander.post<Refused>('/api/duty-levels', draft(part));
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('is for commanders, and not undone from below', async () => {
    const answer = await duty.post<Refused>('/api/duty-levels', draft());
    expect([answer.status, answer.body.error.code]).toEqual([403, 'role.denied']);
    const level = await raised();
    const fromBelow = await lift(county, level);
    expect([fromBelow.status, fromBelow.body.error.code]).toEqual([403, 'role.denied']);
    const stale = await lift(commander, { ...level, version: 9 });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'duty-level.stale']);
    await lift(commander, level);
    await tellAllGone(level);
  });

  it('binds a centre that comes under it later', async () => {
    const level = await raised({ centre: id(0) });
    await tellAll(level);
    const admin = await app.signIn('admin');
    const names = { hans: '新设社区', hant: '新設社區', en: 'New community' };
    const created = await admin.post<Centre & Refused>('/api/centres', {
      parent: id(0),
      level: 'town',
      names,
    });
    expect(created.body).toMatchObject({ parent: id(0) });
    const effect = await effectAt(created.body.id);
    expect(effect).toMatchObject({ level: 2, set: level.id });
    await app.app.get(Tailer).poll();
    const below = await Screen.joined(commander, created.body.id);
    expect(below.picture.get('duty-level', level.id)?.card).toMatchObject({ level: 2 });
    below.close();
    await lift(commander, level);
  });
});

const tellAllGone = (level: DutyLevel) =>
  screens.city.until(() => cardOf(screens.city, level) === undefined, 'the level left the picture');
