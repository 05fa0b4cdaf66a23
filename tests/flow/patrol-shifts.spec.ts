import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Centre,
  PatrolBoard,
  PatrolPlanned,
  PatrolShift,
  PatrolShiftCard,
  Team,
  Trade,
} from '@app/shared';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let app: RunningApp;
let duty: Person;
let commander: Person;
let county: Person;
let sibling: Person;
let counties: Centre[];
let wall: Screen;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  [duty, commander] = await Promise.all([app.signIn('duty'), app.signIn('commander')]);
  counties = (await commander.get<List<Centre>>('/api/centres')).body.items.filter(
    ({ level }) => level === 'county',
  );
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
  wall = await Screen.joined(county, home());
}, 120_000);
afterAll(async () => {
  wall?.close();
  await app?.close();
});
afterEach(() => expect(wall.faults).toEqual([]));

const home = () => counties[0]?.id ?? '';
async function newTeam(status = 'rest'): Promise<Team> {
  const draft = {
    callSign: `班组${++made}`,
    centre: home(),
    mode: 'vehicle',
    tier: 3,
    forces: { police: 4 },
    status,
  };
  const { status: code, body } = await commander.post<Team>('/api/teams', draft);
  expect(code).toBe(201);
  return body;
}
/** The city's date so many days from now. */
const dayIn = (days: number) => new Date(Date.now() + 8 * HOUR + days * DAY).toISOString().slice(0, 10);
const planOf = (teams: readonly string[], part: object = {}) => ({
  teams,
  pattern: '3x8',
  from: dayIn(1),
  days: 1,
  crews: ['A', 'B', 'C'],
  ...part,
});
async function planned(teams: readonly string[], part: object = {}): Promise<PatrolShift[]> {
  const { status, body } = await commander.post<PatrolPlanned>('/api/shifts', planOf(teams, part));
  expect(status).toBe(201);
  return body.items;
}
async function firstOf(team: Team, part: object = {}): Promise<PatrolShift> {
  const [first] = await planned([team.id], part);
  return first ?? Promise.reject(new Error('a shift was planned'));
}
const act = (person: Person, { id, version }: PatrolShift, action: string, note?: string) =>
  person.post<PatrolShift & Refused>(`/api/shifts/${id}/${action}`, { version, ...(note ? { note } : {}) });
const board = async (person: Person, team: Team) => {
  const span = {
    from: new Date(Date.now() - DAY).toISOString(),
    to: new Date(Date.now() + 9 * DAY).toISOString(),
  };
  return (
    await person.get<PatrolBoard>(`/api/shifts?${new URLSearchParams({ ...span, team: team.id }).toString()}`)
  ).body;
};
const cardOf = (id: string) => wall.picture.get('patrol-shift', id)?.card as PatrolShiftCard | undefined;
const teamOf = async (id: string) => (await commander.get<Team>(`/api/teams/${id}`)).body;
/** Moves a shift in time, as if it had been planned so. */
async function moveBy(ids: readonly string[], ms: number): Promise<void> {
  const { Database } = await import('../../server/src/platform/database.js');
  const database = app.app.get(Database);
  await database.query(
    `update patrol_shift set starts_at = starts_at + $2 * interval '1 ms', ends_at = ends_at + $2 * interval '1 ms'
      where id = any($1)`,
    [ids, ms],
  );
  await database.query(
    `update due_time set due_at = due_at + $2 * interval '1 ms' where subject = any($1) and fired_at is null`,
    [ids, ms],
  );
}

describe('a plan of patrol shifts', () => {
  it('is shown before it is written, and then stands on the board of its centre and of those above', async () => {
    const team = await newTeam();
    const preview = await commander.post<PatrolPlanned>('/api/shifts', planOf([team.id], { preview: true }));
    expect(preview.body).toMatchObject({ isPreview: true, conflicts: [] });
    expect((await board(commander, team)).items).toEqual([]);
    const items = await planned([team.id]);
    expect(items.map(({ slot, crew, state }) => [slot, crew, state])).toEqual([
      ['early', 'A', 'planned'],
      ['late', 'B', 'planned'],
      ['night', 'C', 'planned'],
    ]);
    expect((await board(county, team)).items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect((await board(sibling, team)).items).toEqual([]);
  });

  it('is written once per key and refused where it books a team twice, however many try at once', async () => {
    const team = await newTeam();
    const key = { 'idempotency-key': `plan-${team.id}` };
    const twice = await Promise.all(
      [1, 2].map(() => commander.post<PatrolPlanned>('/api/shifts', planOf([team.id]), key)),
    );
    expect(twice[1]?.body).toEqual(twice[0]?.body);
    const other = await newTeam();
    const race = await Promise.all(
      [commander, duty, county].map((person) => person.post<Refused>('/api/shifts', planOf([other.id]))),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = race.find(({ status }) => status === 409);
    expect(refused?.body.error.code).toBe('patrol-shift.double-booked');
    expect(refused?.body.error.detail['conflicts']).toHaveLength(6);
  });

  it('shows a gap and a short rest before they happen', async () => {
    const team = await newTeam();
    await planned([team.id], { pattern: '2x12', crews: ['A', 'B'] });
    const later = await commander.post<PatrolPlanned>(
      '/api/shifts',
      planOf([team.id], { pattern: '2x12', crews: ['B', 'A'], from: dayIn(3), preview: true }),
    );
    expect(later.body.conflicts.map(({ kind }) => kind)).toEqual(['gap']);
    const tight = await commander.post<PatrolPlanned>(
      '/api/shifts',
      planOf([team.id], { pattern: '2x12', crews: ['B', 'A'], from: dayIn(2), preview: true }),
    );
    expect(tight.body.conflicts.map(({ kind }) => kind)).toEqual(['short-rest']);
  });

  it.each([
    ['a team that nobody knows', () => planOf(['00000000-0000-7000-8000-000000000000']), 404, 'team.unknown'],
    ['days that are over', () => planOf([], { from: '2020-01-01' }), 400, 'request.malformed'],
    ['a crew with a name', () => planOf(['x'], { crews: ['张三'] }), 400, 'request.malformed'],
  ])('is refused with %s', async (_, body, status, code) => {
    const answer = await commander.post<Refused>('/api/shifts', body());
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('is nobody’s business beside it, and says when all of it is over', async () => {
    const team = await newTeam();
    const foreign = await sibling.post<Refused>('/api/shifts', planOf([team.id]));
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'team.unknown']);
    const over = await commander.post<Refused>('/api/shifts', planOf([team.id], { from: '2020-01-01' }));
    expect([over.status, over.body.error.code]).toEqual([400, 'patrol-shift.none']);
  });
});

describe('a patrol shift', () => {
  it('is begun by people, handed over with a note, and relieved: the vehicle stays on the street', async () => {
    const team = await newTeam();
    const [early, late] = await planned([team.id]);
    if (!early || !late) throw new Error('two shifts');
    const tooSoon = await act(county, early, 'start');
    expect([tooSoon.status, tooSoon.body.error.code]).toEqual([400, 'time.future']);
    // Its start is half an hour from now.
    const until = Date.parse(early.startsAt) - Date.now() - HOUR / 2;
    await moveBy([early.id], -until);
    const begun = (await act(county, early, 'start')).body;
    expect(begun).toMatchObject({ state: 'on', byClock: false, actions: ['hand', 'end'] });
    await wall.until(() => cardOf(early.id)?.state === 'on', 'the shift is on');
    expect((await teamOf(team.id)).status).toBe('patrolling');

    const handing = (await act(county, begun, 'hand', '东门路灯不亮，请留意')).body;
    await moveBy([late.id], -(Date.parse(late.startsAt) - Date.now()));
    const next = (await act(duty, late, 'start')).body;
    expect(next.state).toBe('on');
    const ended = (await act(county, handing, 'end')).body;
    expect(ended).toMatchObject({ state: 'ended', note: '东门路灯不亮，请留意', actions: [] });
    await wall.until(() => cardOf(early.id) === undefined, 'an ended shift leaves the picture');
    expect((await teamOf(team.id)).status).toBe('patrolling');
    expect(JSON.stringify([...wall.picture.items()])).not.toContain('东门路灯');

    await act(duty, next, 'end');
    expect((await teamOf(team.id)).status).toBe('rest');
  });

  it('is begun and ended by the server’s clock where nobody does it', async () => {
    const team = await newTeam();
    const shift = await firstOf(team);
    await moveBy([shift.id], -(Date.parse(shift.startsAt) - Date.now()));
    await fireIn(app, 1);
    await wall.until(() => cardOf(shift.id)?.byClock === true, 'the clock began it');
    expect((await teamOf(team.id)).status).toBe('patrolling');
    await moveBy([shift.id], -9 * HOUR);
    await fireIn(app, 1);
    await wall.until(() => cardOf(shift.id) === undefined, 'the clock ended it');
    expect((await teamOf(team.id)).status).toBe('rest');
  });

  it('that was missed while the server stood still is called off, not made up', async () => {
    const team = await newTeam();
    const shift = await firstOf(team);
    await moveBy([shift.id], -(Date.parse(shift.startsAt) - Date.now()) - 12 * HOUR);
    await fireIn(app, 1);
    expect((await board(commander, team)).items.some(({ id }) => id === shift.id)).toBe(false);
    expect((await teamOf(team.id)).status).toBe('rest');
  });

  it('does not take a team from its incident: the clock looks again later', async () => {
    const team = await newTeam();
    const shift = await firstOf(team);
    await moveBy([shift.id], -(Date.parse(shift.startsAt) - Date.now()));
    await fireIn(app, 1);
    const place = counties[0]?.anchor ?? [98.28, 39.77];
    const report = { category: 'traffic', severity: 4, lng: place[0], lat: place[1] };
    const { body: incident } = await duty.post<{ id: string; version: number }>('/api/incidents', report);
    const accepted = await duty.post<{ version: number }>(`/api/incidents/${incident.id}/accept`, {
      version: incident.version,
    });
    await duty.post(`/api/incidents/${incident.id}/dispatch`, {
      version: accepted.body.version,
      teams: [team.id],
    });
    expect((await teamOf(team.id)).status).toBe('assigned');
    await moveBy([shift.id], -9 * HOUR);
    await fireIn(app, 1);
    const [still] = (await board(commander, team)).items;
    expect(still).toMatchObject({ id: shift.id, state: 'on' });
    expect((await teamOf(team.id)).status).toBe('assigned');
  });

  it('moves by one of two who act at once, and shows the other what stands', async () => {
    const team = await newTeam();
    const shift = await firstOf(team);
    const both = await Promise.all([act(duty, shift, 'call-off'), act(county, shift, 'call-off')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error).toMatchObject({
      code: 'patrol-shift.stale',
      detail: { current: { state: 'called-off', version: 2 } },
    });
  });

  it('is unknown to a sibling centre', async () => {
    const shift = await firstOf(await newTeam());
    const answer = await act(sibling, shift, 'call-off');
    expect([answer.status, answer.body.error.code]).toEqual([404, 'patrol-shift.unknown']);
  });
});

describe('a trade of shifts', () => {
  const ask = (person: Person, give: PatrolShift, take: PatrolShift) =>
    person.post<Trade & Refused>('/api/shift-trades', { give: give.id, take: take.id, reason: '训练' });
  const step = (person: Person, { id, version }: Trade, action: string) =>
    person.post<Trade & Refused>(`/api/shift-trades/${id}/${action}`, { version });

  it('is asked for, agreed to by the other side and approved; then the crews have changed places', async () => {
    const [one, two] = [await newTeam(), await newTeam()];
    const give = await firstOf(one, { pattern: 'peak', crews: ['A'] });
    const take = await firstOf(two, { pattern: 'peak', crews: ['B'], from: dayIn(4) });
    const asked = (await ask(county, give, take)).body;
    expect(asked).toMatchObject({ state: 'asked', actions: ['withdraw'] });
    const own = await step(county, asked, 'agree');
    expect([own.status, own.body.error.code]).toEqual([403, 'trade.own']);
    const agreed = (await step(duty, asked, 'agree')).body;
    const early = await step(duty, agreed, 'approve');
    expect([early.status, early.body.error.code]).toEqual([403, 'scope.denied']);
    const approved = (await step(commander, agreed, 'approve')).body;
    expect(approved).toMatchObject({
      state: 'approved',
      give: { crew: 'B', crewOf: two.id, version: 2 },
      take: { crew: 'A', crewOf: one.id, version: 2 },
    });
    expect((await board(county, one)).items.find(({ id }) => id === give.id)).toMatchObject({
      crew: 'B',
      trade: null,
    });
  });

  it('is not approved when a crew would be in two places, and stands as agreed', async () => {
    const [one, two] = [await newTeam(), await newTeam()];
    const give = await firstOf(one, { pattern: 'peak', crews: ['A'] });
    await firstOf(two, { pattern: 'peak', crews: ['B'] });
    const take = await firstOf(two, { pattern: 'peak', crews: ['B'], from: dayIn(4) });
    const asked = (await ask(county, give, take)).body;
    const agreed = (await step(duty, asked, 'agree')).body;
    const answer = await step(commander, agreed, 'approve');
    expect([answer.status, answer.body.error.code]).toEqual([409, 'patrol-shift.double-booked']);
    const [kind] = answer.body.error.detail['conflicts'] as { kind: string }[];
    expect(kind?.kind).toBe('double-crew');
    const declined = await step(commander, agreed, 'decline');
    expect(declined.body.state).toBe('declined');
  });

  it('is not asked for twice, nor of a shift that has begun', async () => {
    const [one, two] = [await newTeam(), await newTeam()];
    const give = await firstOf(one, { pattern: 'peak', crews: ['A'] });
    const take = await firstOf(two, { pattern: 'peak', crews: ['B'] });
    expect((await ask(county, give, take)).status).toBe(201);
    const again = await ask(duty, give, take);
    expect([again.status, again.body.error.code]).toEqual([409, 'trade.illegal-step']);
    const foreign = await ask(sibling, give, take);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'patrol-shift.unknown']);
  });
});
