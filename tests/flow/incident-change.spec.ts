import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Alert, Incident, Report } from '@app/shared';
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
