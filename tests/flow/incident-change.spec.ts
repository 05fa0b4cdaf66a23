import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Alert, ClockSettings, Incident, Report } from '@app/shared';
import type { Person } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { act, FourLevels, read, refused } from '../support/four-levels.js';

let house: FourLevels;
let chief: Person;
let other: Person;
let town: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  chief = await house.person('town', 'duty');
  other = await house.person('east', 'duty');
  town = await house.person('town');
}, 120_000);
afterAll(() => house?.close());

const wish = (change: object) => ({ reason: '现场核实', ...change });
const due = ({ due: at }: Incident) => Date.parse(at?.at ?? '');
const reports = async ({ id }: Incident): Promise<Report[]> =>
  (await town.get<{ items: Report[] }>(`/api/incidents/${id}/reports`)).body.items;

it('is proposed with a reason, confirmed by who answers for the shift, and told in the timeline', async () => {
  const told = await act(town, await house.reported(town, { severity: 4, category: 'traffic' }), 'accept');
  const asked = await act(town, told, 'propose-change', wish({ severity: 2, category: 'fire' }));
  expect(asked).toMatchObject({ severity: 4, category: 'traffic', course: { change: { severity: 2 } } });
  expect(await refused(town, asked, 'approve-change')).toMatchObject({ code: 'role.denied' });
  const made = await act(chief, await read(chief, asked), 'approve-change');
  expect(made).toMatchObject({ severity: 2, category: 'fire', course: { change: null } });
  expect(due(made)).toBeLessThan(due(told));
  expect(made.timeline.at(-1)).toMatchObject({
    action: 'approve-change',
    about: { severity: 2, category: 'fire', was: { severity: 4, category: 'traffic' } },
  });
  expect(made.timeline.at(-2)).toMatchObject({ action: 'propose-change', reason: '现场核实' });
  const card = (
    await town.get<{ snapshot: { id: string; card: { severity: number } }[] }>(
      `/api/journal?scope=${house.at.town.id}`,
    )
  ).body.snapshot.find(({ id }) => id === made.id);
  expect(card?.card.severity).toBe(2);
});

it('fires by the new clock, and a milder one takes nothing back that was promised', async () => {
  const told = await act(town, await house.reported(town, { severity: 4 }), 'accept');
  const asked = await act(chief, told, 'propose-change', wish({ severity: 1 }));
  const graver = await act(chief, asked, 'approve-change');
  const [wanted] = await reports(graver);
  expect(wanted).toMatchObject({ kind: 'first', severity: 1, state: 'wanted' });

  const milder = await act(chief, graver, 'propose-change', wish({ severity: 4 }));
  expect(await refused(chief, milder, 'approve-change')).toMatchObject({ code: 'incident.own-wish' });
  const again = await act(other, await read(other, milder), 'approve-change');
  expect([again.severity, due(again)]).toEqual([4, due(graver)]);
  expect(await reports(again)).toMatchObject([{ id: wanted?.id, severity: 4, dueAt: wanted?.dueAt }]);

  await fireIn(house.app, due(again) - Date.now() + 1000);
  const { items } = (await town.get<{ items: Alert[] }>('/api/alerts')).body;
  const late = items.filter(({ incidents, clock }) => incidents.includes(again.id) && clock?.overdue);
  expect(late).toMatchObject([{ clock: { stage: 'dispatch' } }]);
});

it('shortens the clock of a report that is wanted already when it becomes graver', async () => {
  const told = await act(town, await house.reported(town, { severity: 3 }), 'accept');
  const [before] = await reports(told);
  const asked = await act(town, told, 'propose-change', wish({ severity: 1 }));
  await act(chief, await read(chief, asked), 'approve-change');
  const [after] = await reports(told);
  expect(after?.id).toBe(before?.id);
  expect(Date.parse(after?.dueAt ?? '')).toBe(Date.parse(told.recordedAt) + 30 * 60_000);
  expect(Date.parse(after?.soonAt ?? '')).toBe(Date.parse(told.recordedAt) + 24 * 60_000);
});

it('of two who decide at once one wins', async () => {
  const told = await house.reported(town, { severity: 4 });
  const asked = await act(town, told, 'propose-change', wish({ severity: 1 }));
  const step = { version: asked.version, reason: '不是' };
  const answers = await Promise.all([
    chief.post(`/api/incidents/${asked.id}/approve-change`, step),
    other.post(`/api/incidents/${asked.id}/refuse-change`, step),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { status } = await town.post(`/api/incidents/${asked.id}/propose-change`, {
    ...step,
    severity: 9,
  });
  expect(status).toBe(400);
});

/** Rules of one level for the first report of severity 2, in minutes; 0: none. */
async function limit(level: string, value: number): Promise<void> {
  const { version, rules } = (await house.admin.get<ClockSettings>('/api/clocks')).body;
  const others = rules.filter((rule) => rule.stage !== 'report-first' || rule.level !== level);
  const rule = {
    level,
    category: null,
    severity: 2,
    stage: 'report-first',
    kind: 'emergency',
    value,
  } as const;
  const answer = await house.admin.post('/api/clocks', { version, rules: [...others, rule] });
  expect(answer.status).toBe(200);
}

it.each([
  ['more', 90, 20],
  ['less', 10, 10],
  ['no', 0, 20],
])(
  'a report that is wanted goes along to a holder with %s time, and is never wanted later',
  async (_, theirs, due) => {
    await limit('town', 20);
    await limit('county', theirs);
    const east = await house.person('east');
    const told = await act(town, await house.reported(town, { severity: 2 }), 'accept');
    const [before] = await reports(told);
    expect(Date.parse(before?.dueAt ?? '')).toBe(Date.parse(told.recordedAt) + 20 * 60_000);
    const offered = await act(town, told, 'hand-up', { reason: '本级无力处置' });
    await act(east, await read(east, offered), 'accept-offer');
    const { items } = (await east.get<{ items: Report[] }>(`/api/incidents/${told.id}/reports`)).body;
    expect(items).toMatchObject([
      { id: before?.id, state: 'wanted', from: house.at.east.id, to: house.at.city.id },
    ]);
    expect(Date.parse(items[0]?.dueAt ?? '')).toBe(Date.parse(told.recordedAt) + due * 60_000);
    const stored = await house.client.query<{ due: Date }>(
      `select due_at as due from due_time where subject = $1 and kind = 'report.due' and fired_at is null`,
      [before?.id],
    );
    expect(stored.rows.map((row) => row.due.getTime())).toEqual([Date.parse(items[0]?.dueAt ?? '')]);
    const scope = await town.get<{ snapshot: { id: string }[] }>(`/api/journal?scope=${house.at.town.id}`);
    expect(scope.body.snapshot.map(({ id }) => id)).not.toContain(before?.id);
  },
);

it('what warns of a report warns whoever has the duty now', async () => {
  await limit('town', 20);
  await limit('county', 90);
  const east = await house.person('east');
  const told = await act(town, await house.reported(town, { severity: 2 }), 'accept');
  await fireIn(house.app, 21 * 60_000);
  const alertOf = async (by: Person) =>
    (await by.get<{ items: Alert[] }>('/api/alerts')).body.items.find(
      ({ incidents, clock }) => incidents.includes(told.id) && clock?.stage === 'report-first',
    );
  expect(await alertOf(town)).toMatchObject({ centre: house.at.town.id, clock: { overdue: true } });
  const offered = await act(town, await read(town, told), 'hand-up', { reason: '本级无力处置' });
  await act(east, await read(east, offered), 'accept-offer');
  expect(await alertOf(east)).toMatchObject({ centre: house.at.east.id, clock: { overdue: true } });
});

/** A draft that the town began and wrote into, before the incident goes up to the county. */
async function drafted(): Promise<{ told: Incident; draft: Report }> {
  await limit('town', 20);
  const told = await act(town, await house.reported(town, { severity: 2 }), 'accept');
  const begun = (await town.post<Report>('/api/reports', { incident: told.id, kind: 'first' })).body;
  const edit = { version: begun.version, body: { ...begun.body, leaders: '镇领导已到场' } };
  const draft = (await town.ask<Report>('PATCH', `/api/reports/${begun.id}`, edit)).body;
  expect(draft).toMatchObject({ state: 'draft', from: house.at.town.id });
  return { told, draft };
}

it('a draft that a former holder began goes along with the duty, and is sent by the new one', async () => {
  const east = await house.person('east');
  const { told, draft } = await drafted();
  const offered = await act(town, await read(town, told), 'hand-up', { reason: '本级无力处置' });
  await act(east, await read(east, offered), 'accept-offer');
  const begun = (await east.post<Report>('/api/reports', { incident: told.id, kind: 'first' })).body;
  const theirs = { from: house.at.east.id, to: house.at.city.id, actions: ['edit', 'send'] };
  expect(begun).toMatchObject({ id: draft.id, state: 'draft', body: draft.body, ...theirs });
  const late = { version: draft.version, body: draft.body };
  const refusal = await town.ask<{ error: { code: string } }>('PATCH', `/api/reports/${draft.id}`, late);
  expect([refusal.status, refusal.body.error.code]).toEqual([404, 'report.unknown']);
  const sent = await east.post<Report>(`/api/reports/${draft.id}/send`, { version: begun.version });
  expect(sent.body).toMatchObject({ state: 'sent', from: house.at.east.id, body: draft.body });
});

it('a draft left behind with a former holder is taken over when the new one begins', async () => {
  const east = await house.person('east');
  const { told, draft } = await drafted();
  const offered = await act(town, await read(town, told), 'hand-up', { reason: '本级无力处置' });
  await act(east, await read(east, offered), 'accept-offer');
  // As it was kept before drafts went along.
  await house.client.query('update report set from_centre = $2, to_centre = $3 where id = $1', [
    draft.id,
    house.at.town.id,
    house.at.east.id,
  ]);
  const begin = () => east.post<Report>('/api/reports', { incident: told.id, kind: 'first' });
  const [one, two] = await Promise.all([begin(), begin()]);
  expect(one.body).toMatchObject({ id: draft.id, from: house.at.east.id, actions: ['edit', 'send'] });
  expect(two.body.version).toBe(one.body.version);
});
