import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Duplicate, Incident, Team } from '@app/shared';
import type { Person } from '../support/app.js';
import { act, FourLevels, read, refused, tell } from '../support/four-levels.js';

let house: FourLevels;
let town: Person;
let east: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  [town, east] = [await house.person('town'), await house.person('east')];
}, 120_000);
afterAll(() => house?.close());

const at = (lng: number, more: object = {}) => ({ lng, lat: 38.9, ...more });
const candidates = async (by: Person, lng: number, more = '') =>
  (
    await by.get<{ items: Duplicate[] }>(
      `/api/incidents/duplicates?category=dispute&lng=${lng}&lat=38.9${more}`,
    )
  ).body.items;
const teamNow = async ({ id }: Team) => (await house.admin.get<Team>(`/api/teams/${id}`)).body;

describe('candidates for the same incident', () => {
  it('are of the same category, near in place, and open; the nearest first, with why', async () => {
    const mine = await house.reported(town, at(101));
    await house.reported(town, at(101.0003));
    await house.reported(town, at(101, { category: 'fire' }));
    await house.reported(town, at(101.01));
    const found = await candidates(town, 101);
    expect(found.map(({ why }) => why.distanceM)).toEqual([0, 26]);
    expect(found[0]).toMatchObject({
      id: mine.id,
      number: mine.number,
      score: 0.9,
      why: { withinM: 50, withinHours: 24 },
    });
    expect(await candidates(town, 101, `&but=${mine.id}`)).toHaveLength(1);
    expect(await candidates(await house.person('far'), 101)).toEqual([]);
  });
});

describe('merging', () => {
  it('keeps both timelines, re-points the teams, and is taken back within the hour', async () => {
    const team = await house.team('town');
    const kept = await act(town, await house.reported(town, at(102)), 'accept');
    const sent = await act(town, await act(town, await house.reported(town, at(102)), 'accept'), 'dispatch', {
      team: team.id,
    });
    const gone = await act(town, sent, 'merge', { into: kept.id });
    expect(gone).toMatchObject({
      status: 'merged',
      due: null,
      assignments: [],
      actions: ['unmerge', 'seal'],
    });
    const stays = await read(town, kept);
    expect(stays).toMatchObject({
      status: 'dispatched',
      teams: [{ id: team.id, step: 'dispatched' }],
      course: { merged: [{ id: gone.id, number: gone.number }] },
    });
    expect(await teamNow(team)).toMatchObject({ incidents: [kept.id], status: 'assigned' });
    expect(gone.timeline.map(({ action }) => action)).toEqual(['report', 'accept', 'dispatch', 'merge']);
    expect(stays.timeline.at(-1)).toMatchObject({ action: 'absorb', about: { incident: gone.id } });

    const moving = await act(town, stays, 'depart');
    const again = await act(town, await read(town, gone), 'unmerge', { reason: '是两起' });
    expect(again).toMatchObject({ status: 'dispatched', assignments: [{ team: team.id, step: 'departed' }] });
    expect(await read(town, kept)).toMatchObject({ version: moving.version + 1, teams: [] });
    expect(await teamNow(team)).toMatchObject({ incidents: [again.id], status: 'en-route' });
  });

  it('taken back leaves room for whoever is sent next', async () => {
    const [first, second, third] = [
      await house.team('town'),
      await house.team('town'),
      await house.team('town'),
    ];
    const kept = await act(town, await house.reported(town, at(105)), 'accept');
    const sent = await act(town, await act(town, await house.reported(town, at(105)), 'accept'), 'dispatch', {
      team: first.id,
    });
    const gone = await act(town, sent, 'merge', { into: kept.id });
    await act(town, await read(town, kept), 'dispatch', { team: second.id });
    await act(town, await read(town, gone), 'unmerge', { reason: '是两起' });
    const last = await act(town, await read(town, kept), 'dispatch', { team: third.id });
    expect(last.teams.map(({ id }) => id)).toEqual([second.id, third.id]);
  });

  it('after the hour, without a reason, or without a target is refused', async () => {
    const [one, two] = [await house.reported(town, at(103)), await house.reported(town, at(103))];
    expect(await refused(town, one, 'merge')).toMatchObject({ code: 'incident.into-wanted' });
    expect(await refused(town, one, 'merge', { into: one.id })).toMatchObject({
      code: 'incident.no-duplicate',
    });
    const gone = await act(town, one, 'merge', { into: two.id });
    expect(await refused(town, gone, 'unmerge')).toMatchObject({ code: 'incident.reason-wanted' });
    await house.client.query(
      `update incident set course = jsonb_set(course, '{merge,until}', to_jsonb(0)) where id = $1`,
      [gone.id],
    );
    expect(await refused(town, gone, 'unmerge', { reason: '是两起' })).toMatchObject({
      code: 'incident.too-late',
    });
    expect((await read(town, gone)).actions).toEqual(['seal']);
  });

  it('of two into each other at once ends in one truth', async () => {
    const [one, two] = [await house.reported(town, at(104)), await house.reported(town, at(104))];
    const answers = await Promise.all([
      tell(town, one, 'merge', { into: two.id }),
      tell(east, two, 'merge', { into: one.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const both = [await read(east, one), await read(east, two)];
    expect(both.map(({ status }: Incident) => status).sort()).toEqual(['merged', 'reported']);
  });
});
