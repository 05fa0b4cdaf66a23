import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AsideWord,
  type Centre,
  type Checkpoint,
  type DutyLevel,
  type FixesAnswer,
  localMetres,
  type NewDevice,
  type PatrolBoard,
  type PatrolPlanned,
  type Team,
  toMs,
  type Visit,
  type VisitBoard,
  type VisitCoverage,
  VISITS_TOPIC,
} from '@app/shared';
import { TextErasureSchedule } from '../../server/src/clocks/text-erasure.schedule.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Leader } from '../../server/src/platform/leader.js';
import { once, openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { handheldOf } from '../support/patrol.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string } };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PLACE = [98.2888, 39.7721] as const;
const around = localMetres(PLACE);
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * HOUR;
let app: RunningApp;
let commander: Person;
let county: Person;
let sibling: Person;
let home: string;
let other: string;
let city: string;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
  const counties = items.filter(({ level }) => level === 'county');
  home = counties[0]?.id ?? '';
  other = counties[1]?.id ?? '';
  city = items.find(({ level }) => level === 'city')?.id ?? '';
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
}, 120_000);
afterAll(() => app?.close());

const schedule = () => app.app.get(VisitSchedule);

interface Patrol {
  readonly team: string;
  readonly device: string;
  readonly door: Person;
}

/** A team on a shift of four hours that began two hours ago, unless it is told when, and owes a visit each hour. */
async function onShift(forces: readonly string[] = [], start = START): Promise<Patrol> {
  const team = (
    await commander.post<Team>('/api/teams', {
      callSign: `巡${++made}`,
      centre: home,
      mode: 'vehicle',
      tier: 3,
      forces: { police: 2 },
      status: 'rest',
    })
  ).body.id;
  const device = (await commander.post<NewDevice>('/api/devices', { team })).body;
  const point = await commander.post<Checkpoint>('/api/checkpoints', {
    centre: home,
    names: { hans: `必巡点${made}`, hant: '', en: '' },
    lng: PLACE[0],
    lat: PLACE[1],
    radiusM: 60,
    dwellS: 120,
    visits: { 3: 4 },
    forces,
  });
  const plan = { team, level: 3, order: 'free', beats: [], checkpoints: [point.body.id], version: 0 };
  expect((await commander.post('/api/patrol-plans', plan)).status).toBe(200);
  const day = new Date(Date.now() + 32 * HOUR).toISOString().slice(0, 10);
  const shifts = await commander.post<PatrolPlanned>('/api/shifts', {
    teams: [team],
    pattern: 'peak',
    from: day,
    days: 1,
    crews: ['A'],
  });
  expect(shifts.status).toBe(201);
  await app.app
    .get(Database)
    .query('update patrol_shift set starts_at = $2, ends_at = $3 where team = $1', [
      team,
      new Date(start),
      new Date(start + 4 * HOUR),
    ]);
  await schedule().sweep();
  return { team, device: device.id, door: app.withToken(device.secret ?? '') };
}

/** Fixes of a drive to the checkpoint, four minutes there, and a drive on; each five seconds from a minute of the shift. */
function drive(device: string, minute: number): object[] {
  const at = START + minute * MINUTE;
  return Array.from({ length: 96 }, (_, i) => {
    const away = i < 24 ? (24 - i) * 45 * (1 + 0.2 * Math.sin(i)) : i < 72 ? 3 * Math.sin(i) : (i - 71) * 45;
    const [lng, lat] = around.toLngLat(away, 2 * Math.cos(i));
    return { device, at: new Date(at + i * 5_000).toISOString(), lng, lat };
  });
}
async function send({ door, device }: Patrol, minute: number): Promise<void> {
  const fixes = drive(device, minute);
  const { body } = await door.post<FixesAnswer>('/api/positions', fixes);
  expect(body).toEqual({ accepted: fixes.length, rejected: [], flagged: [] });
}
function spanOf(team: string): string {
  const span = { from: new Date(START - HOUR).toISOString(), to: new Date(START + 5 * HOUR).toISOString() };
  return new URLSearchParams({ ...span, team }).toString();
}
const board = async (person: Person, team: string): Promise<VisitBoard> =>
  (await person.get<VisitBoard>(`/api/visits?${spanOf(team)}`)).body;
const statesOf = async ({ team }: Patrol) => (await board(commander, team)).items.map(({ state }) => state);

describe('visits', () => {
  it('come from stored fixes; what nobody came to is missed, what is still to come is due', async () => {
    const patrol = await onShift();
    expect(await statesOf(patrol)).toEqual(['missed', 'missed', 'due', 'due']);
    await send(patrol, 20);
    await schedule().judgeAnnounced();
    const { items, coverage } = await board(county, patrol.team);
    expect(items.map(({ state }) => state)).toEqual(['done', 'missed', 'due', 'due']);
    const [visit] = items;
    expect(toMs(visit?.from ?? '') - START).toBeGreaterThanOrEqual(20 * MINUTE);
    expect(visit).toMatchObject({ flags: [], refusal: null, forces: ['police'], isCredited: true });
    expect(coverage).toMatchObject({
      all: { owed: 2, made: 1 },
      forces: [{ id: 'police', owed: 2, made: 1 }],
    });
    expect((await board(sibling, patrol.team)).items).toEqual([]);
  });

  it('that were missed are filled by late fixes; announcements that double or get lost change nothing', async () => {
    const patrol = await onShift();
    await send(patrol, 80);
    await schedule().judgeAnnounced();
    expect(await statesOf(patrol)).toEqual(['missed', 'done', 'due', 'due']);
    await send(patrol, 10);
    const lost = { from: START + 10 * MINUTE, to: START + 18 * MINUTE };
    await Promise.all([schedule().judgeAnnounced(), schedule().sweep(), schedule().sweep()]);
    const { items } = await board(commander, patrol.team);
    expect(items.map(({ state }) => state)).toEqual(['done', 'done', 'due', 'due']);
    for (let round = 0; round < 2; round++) {
      schedule().announce(patrol.team, lost);
      await Promise.all([schedule().judgeAnnounced(), schedule().sweep()]);
    }
    expect((await board(commander, patrol.team)).items).toEqual(items);
    expect(new Set(items.slice(0, 2).map(({ from }) => from)).size).toBe(2);
  });

  it('are found by the sweep where nobody announced anything', async () => {
    const patrol = await onShift();
    await send(patrol, 30);
    await schedule().sweep();
    expect((await statesOf(patrol))[0]).toBe('done');
  });

  it('are missed at the end of their window, by the clock of the server', async () => {
    const patrol = await onShift();
    await fireIn(app, 61 * MINUTE);
    expect(await statesOf(patrol)).toEqual(['missed', 'missed', 'missed', 'due']);
  });

  it('that want another force do not count alone', async () => {
    const patrol = await onShift(['police', 'militia']);
    await send(patrol, 20);
    await schedule().judgeAnnounced();
    const [visit] = (await board(commander, patrol.team)).items;
    expect(visit).toMatchObject({ state: 'missed', flags: ['alone'], wanted: ['police', 'militia'] });
  });

  it('are contested with a note, and decided on by somebody else', async () => {
    const patrol = await onShift();
    const [missed] = (await board(county, patrol.team)).items;
    if (!missed) throw new Error('a visit was owed');
    const step = (person: Person, action: string, version: number) =>
      person.post<Visit & Refused>(`/api/visits/${missed.id}/${action}`, { version, note: '地下通道无信号' });
    expect((await step(sibling, 'contest', missed.version)).body.error.code).toBe('visit.unknown');
    const contested = (await step(county, 'contest', missed.version)).body;
    expect(contested).toMatchObject({ contest: { state: 'open', note: '地下通道无信号' }, actions: [] });
    expect((await step(county, 'uphold', contested.version)).body.error.code).toBe('visit.own');
    expect((await step(commander, 'uphold', missed.version)).body.error.code).toBe('visit.stale');
    const upheld = (await step(commander, 'uphold', contested.version)).body;
    expect(upheld).toMatchObject({ state: 'missed', isCredited: true, contest: { state: 'upheld' } });
    await schedule().sweep();
    expect((await board(county, patrol.team)).items[0]).toMatchObject({
      isCredited: true,
      credit: 'contest',
    });
  });

  it('say where they stand and what they are credited by', async () => {
    const patrol = await onShift();
    await send(patrol, 20);
    await schedule().judgeAnnounced();
    const { items } = await board(commander, patrol.team);
    expect(items.map(({ phase, credit }) => [phase, credit])).toEqual([
      ['done', 'stay'],
      ['missed', null],
      ['owed', null],
      ['ahead', null],
    ]);
  });
});

describe('visits under a raised level', () => {
  beforeAll(() => new Promise<void>((resolve) => app.app.get(Leader).onLead(resolve)));

  const seenBy = async ({ team }: Patrol) => {
    const { items, coverage } = await board(county, team);
    const from = toMs(items[0]?.windowFrom ?? '');
    const windows = items.map(({ windowFrom, windowTo, state }) =>
      [(toMs(windowFrom) - from) / MINUTE, (toMs(windowTo) - from) / MINUTE, state].join(' '),
    );
    return { windows, all: coverage.all, items };
  };
  const RAISED = [120, 140, 160, 180, 200, 220].map((at) => `${at} ${at + 20} due`);

  it('are owed at once, and no longer once it is lifted; one that was made stays and is not asked for again', async () => {
    // Ten minutes into the third hour.
    const [made, idle] = [await onShift([], START - 10 * MINUTE), await onShift([], START - 10 * MINUTE)];
    const past = ['0 60 missed', '60 120 missed'];
    expect((await seenBy(idle)).windows).toEqual([...past, '120 180 due', '180 240 due']);
    const [desk, handheld] = [
      await Screen.joined(county, home),
      await Screen.joined(await handheldOf(app, idle.team), idle.team),
    ];
    const told = () =>
      Promise.all(
        [desk, handheld].map(({ socket }) =>
          once<AsideWord>(socket, 'aside', ({ topic }) => topic === VISITS_TOPIC),
        ),
      );
    const raising = {
      centre: home,
      level: 1,
      to: new Date(Date.now() + 8 * HOUR).toISOString(),
      reason: '演练',
    };
    let heard = told();
    const level = (await commander.post<DutyLevel>('/api/duty-levels', raising)).body;
    await heard;
    expect((await seenBy(idle)).windows).toEqual([...past, ...RAISED]);
    await send(made, 111);
    await schedule().judgeAnnounced();
    expect((await seenBy(made)).windows).toEqual([...past, '120 140 done', ...RAISED.slice(1)]);

    heard = told();
    const step = { version: level.version, reason: '演练结束' };
    expect((await commander.post(`/api/duty-levels/${level.id}/lift`, step)).status).toBe(200);
    await heard;
    expect((await seenBy(idle)).windows).toEqual([...past, '120 180 due', '180 240 due']);
    const kept = await seenBy(made);
    expect(kept.windows).toEqual([...past, '120 140 done', '180 240 due']);
    expect([kept.all, kept.items[2]?.isCredited]).toEqual([{ owed: 3, made: 1 }, true]);
    await schedule().sweep();
    expect(await seenBy(made)).toMatchObject({ windows: kept.windows, all: kept.all });
    for (const screen of [desk, handheld]) screen.close();
  });

  it('are owed by another plan as soon as it is written', async () => {
    const patrol = await onShift();
    const checkpoint = (await seenBy(patrol)).items[0]?.checkpoint;
    const one = {
      centre: home,
      names: { hans: '新必巡点', hant: '', en: '' },
      lng: PLACE[0],
      lat: PLACE[1],
      radiusM: 60,
      dwellS: 120,
      visits: { 3: 2 },
    };
    const added = (await commander.post<Checkpoint>('/api/checkpoints', one)).body;
    const plan = { team: patrol.team, level: 3, order: 'free', beats: [], version: 1 };
    const more = { ...plan, checkpoints: [checkpoint, added.id] };
    expect((await commander.post('/api/patrol-plans', more)).status).toBe(200);
    const { items } = await seenBy(patrol);
    expect(items.filter((visit) => visit.checkpoint === added.id).map(({ state }) => state)).toEqual(['due']);
    expect(items.filter((visit) => visit.checkpoint === checkpoint)).toHaveLength(4);
  });

  it('do not add one in the past when a checkpoint asks for more', async () => {
    const patrol = await onShift();
    await send(patrol, 20);
    await schedule().judgeAnnounced();
    const id = (await seenBy(patrol)).items[0]?.checkpoint ?? '';
    const more = await commander.ask('PATCH', `/api/checkpoints/${id}`, { version: 1, visits: { 3: 6 } });
    expect(more.status).toBe(200);
    await schedule().sweep();
    expect((await seenBy(patrol)).windows).toEqual([
      '0 60 done',
      '60 120 missed',
      '120 160 due',
      '160 200 due',
      '200 240 due',
    ]);
  });
});

describe('coverage', () => {
  const cover = async (person: Person, query = '') =>
    person.get<VisitCoverage & Refused>(`/api/visits/coverage${query}`);

  it('is told to walls by checkpoint, of the shifts that are on, within their scope alone', async () => {
    const patrol = await onShift();
    await send(patrol, 20);
    await schedule().judgeAnnounced();
    const wall = await app.signIn('display');
    const [visit] = (await board(commander, patrol.team)).items;
    const pointOf = async (person: Person) =>
      (await cover(person)).body.points.find(({ id }) => id === visit?.checkpoint);
    expect(await pointOf(wall)).toBeUndefined();
    const [shift] = (await commander.get<PatrolBoard>(`/api/shifts?${spanOf(patrol.team)}`)).body.items;
    const version = { version: shift?.version };
    expect((await commander.post(`/api/shifts/${shift?.id}/start`, version)).status).toBe(200);
    const point = await pointOf(wall);
    expect(point).toMatchObject({ state: 'missed', owed: 2, made: 1, visits: 1 });
    expect(point?.presentS).toBeGreaterThanOrEqual(200);
    expect(await pointOf(county)).toEqual(point);
    expect(await pointOf(sibling)).toBeUndefined();
    const foreign = await cover(sibling, `?centre=${home}`);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'centre.unknown']);
    expect((await cover(wall, `?from=${new Date(START).toISOString()}`)).status).toBe(400);
  });

  it('is told of by a hint without a word, to those who may read it', async () => {
    const [wall, beside] = await Promise.all([
      app.signIn('display').then((by) => Screen.joined(by, city)),
      Screen.joined(sibling, other),
    ]);
    const hint = () => once<AsideWord>(wall.socket, 'aside', ({ topic }) => topic === VISITS_TOPIC);
    const [patrol] = await Promise.all([onShift(), hint()]);
    const [missed] = (await board(county, patrol.team)).items;
    const heard = hint();
    const step = { version: missed?.version, note: '设备没电' };
    expect((await county.post(`/api/visits/${missed?.id}/contest`, step)).status).toBe(200);
    expect(await heard).toMatchObject({ scope: city, data: { changed: true } });
    expect(beside.raw.join('\n')).not.toContain(VISITS_TOPIC);
    for (const screen of [wall, beside]) screen.close();
  });
});

describe('words of a contest', () => {
  const DAY = 24 * HOUR;
  const note = '地下通道无信号，张某某作证';
  const answer = '经核实李某某在场';
  beforeAll(() => new Promise<void>((resolve) => app.app.get(Leader).onLead(resolve)));

  async function contested(): Promise<Visit> {
    const patrol = await onShift();
    const [missed] = (await board(county, patrol.team)).items;
    const step = { version: missed?.version, note };
    return (await county.post<Visit>(`/api/visits/${missed?.id}/contest`, step)).body;
  }
  const decide = async ({ id, version }: Visit) =>
    (await commander.post<Visit>(`/api/visits/${id}/uphold`, { version, note: answer })).body;
  const kept = async ({ id }: Visit): Promise<string> => {
    const database = app.app.get(Database);
    const rows = await database.query<{ row: string }>('select t::text as row from visit t where id = $1', [
      id,
    ]);
    return rows[0]?.row ?? '';
  };
  const now = async ({ id, team }: Visit) =>
    (await board(county, team)).items.find((visit) => visit.id === id);
  const date = () => app.app.get(TextErasureSchedule).run();

  it('go so many days after the last of them; that it was contested, and how it was decided, stays', async () => {
    const [open, early] = [await contested(), await contested()];
    const decided = await decide(early);
    // Dated while nobody had answered, and answered then: what counts is the answer.
    const late = await contested();
    await date();
    await decide(late);
    await fireIn(app, 399 * DAY);
    for (const visit of [open, decided, late]) expect(await kept(visit)).toContain('张某某');
    await fireIn(app, 400 * DAY + 1000);
    for (const visit of [open, decided]) expect(await kept(visit)).not.toMatch(/张某某|李某某/);
    expect(await kept(late)).toContain('李某某');
    await date();
    await fireIn(app, 401 * DAY);
    expect(await kept(late)).not.toMatch(/张某某|李某某/);
    expect(await now(open)).toMatchObject({
      contest: { state: 'open', note: '', answer: null, erased: true },
    });
    expect(await now(decided)).toMatchObject({
      isCredited: true,
      contest: {
        state: 'upheld',
        note: '',
        answer: '',
        erased: true,
        answeredAt: decided.contest?.answeredAt,
      },
    });
  });

  it('go by time too where they were said between two milliseconds', async () => {
    const visit = await contested();
    await app.app
      .get(Database)
      .query(
        `update visit set contest = contest || jsonb_build_object('at', (contest->>'at')::float8 + 0.5) where id = $1`,
        [visit.id],
      );
    await date();
    await fireIn(app, 401 * DAY);
    expect(await kept(visit)).not.toContain('张某某');
  });

  it('go by hand too, by whoever answers for the centre; an answer that comes later has its own time', async () => {
    const visit = await contested();
    const body = { kind: 'visit', id: visit.id, reason: 'person-named' };
    const foreign = await app.signIn('admin');
    expect((await county.post<Refused>('/api/erasures', body)).body.error.code).toBe('role.denied');
    expect((await foreign.post('/api/erasures', { ...body, id: home })).status).toBe(404);
    expect((await commander.post('/api/erasures', body)).body).toEqual({
      kind: 'visit',
      id: visit.id,
      texts: 1,
    });
    expect((await commander.post('/api/erasures', body)).body).toMatchObject({ texts: 0 });
    expect(await kept(visit)).not.toContain('张某某');
    const decided = await decide(visit);
    expect(decided.contest).toEqual(expect.objectContaining({ state: 'upheld', note: '', answer }));
    expect(decided.contest).not.toHaveProperty('erased');
    await date();
    await fireIn(app, 401 * DAY);
    expect(await kept(visit)).not.toContain('李某某');
  });
});
