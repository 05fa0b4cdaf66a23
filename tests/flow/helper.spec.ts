import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Candidates, Incident, Team } from '@app/shared';
import type { Person } from '../support/app.js';
import { act, FourLevels, read } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

let house: FourLevels;
let holder: Person;
let helper: Person;
let above: Person;
let own: Team;
let others: Team;
let incident: Incident;

beforeAll(async () => {
  house = await FourLevels.open();
  [holder, helper, above] = [
    await house.person('town'),
    await house.person('sister'),
    await house.person('east'),
  ];
  [others, own] = [await house.team('town'), await house.team('sister')];
  const { sister } = house.at;
  let at = await act(holder, await house.reported(holder), 'accept');
  at = await act(holder, at, 'dispatch', { teams: [others.id] });
  at = await act(holder, at, 'assist', { centre: sister.id, reason: '人手不足' });
  const offer = at.course?.offers[0]?.id;
  // By way of the county that both stand under.
  at = await act(above, await read(above, at), 'pass-offer', { offer });
  at = await act(helper, await read(helper, at), 'accept-offer', { offer });
  incident = await act(helper, await read(helper, at), 'dispatch', { teams: [own.id] });
  // Who a team is of comes from the picture.
  const screen = await Screen.joined(helper, sister.id);
  await screen.until(() => screen.picture.get('team', own.id) !== undefined, 'the team in the picture');
  screen.close();
}, 120_000);
afterAll(() => house?.close());

const actionsOf = ({ assignments }: Incident, { id }: Team) =>
  assignments.find(({ team }) => team === id)?.actions.length;

it('who helps is offered steps of their own teams alone, the holder those of all', async () => {
  const seen = await read(helper, incident);
  expect([actionsOf(seen, others), actionsOf(seen, own)]).toEqual([0, expect.any(Number)]);
  expect(actionsOf(seen, own)).toBeGreaterThan(0);
  const whole = await read(holder, incident);
  for (const team of [others, own]) expect(actionsOf(whole, team)).toBeGreaterThan(0);
});

it('who helps is shown their own teams alone to send', async () => {
  const { items } = (await helper.get<Candidates>(`/api/incidents/${incident.id}/candidates`)).body;
  expect(items.map(({ team }) => team)).toContain(own.id);
  const { items: teams } = (await helper.get<{ items: Team[] }>('/api/teams?limit=200')).body;
  const home = new Map(teams.map(({ id, centre }) => [id, centre]));
  const below = (await helper.get<{ items: { id: string }[] }>('/api/centres')).body.items.map(
    ({ id }) => id,
  );
  for (const { team } of items) expect(below).toContain(home.get(team));
  expect(items.map(({ team }) => team)).not.toContain(others.id);
});
