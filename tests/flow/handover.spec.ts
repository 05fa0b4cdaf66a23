import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertCard, Incident } from '@app/shared';
import type { Person } from '../support/app.js';
import { act, FourLevels, read, refused, tell } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

let house: FourLevels;
let city: Person;
let east: Person;
let west: Person;
let town: Person;
let far: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  city = await house.app.signIn('duty');
  [east, west, town, far] = [
    await house.person('east'),
    await house.person('west'),
    await house.person('town'),
    await house.person('far'),
  ];
}, 120_000);
afterAll(() => house?.close());

const reason = '本级无力处置';
const centreOf = (where: keyof FourLevels['at']) => house.at[where].id;

describe('handing up', () => {
  it('leaves the duty with the sender until the parent takes over; both have a clock and one record', async () => {
    const mine = await house.reported(town);
    const offered = await act(town, mine, 'hand-up', { reason });
    expect(offered).toMatchObject({ centre: centreOf('town'), status: 'reported', due: mine.due });
    expect(offered.offers).toEqual([
      {
        kind: 'hand-up',
        to: centreOf('east'),
        state: 'offered',
        due: expect.objectContaining({ at: expect.any(String) }),
      },
    ]);
    const theirs = await read(east, mine);
    expect(theirs.timeline).toEqual(offered.timeline);
    expect(theirs.course?.offers[0]?.actions).toEqual(['accept-offer', 'return-offer', 'withdraw-offer']);
    expect(offered.course?.offers[0]?.actions).toEqual(['withdraw-offer']);
    expect(offered.actions).toContain('accept');

    const taken = await act(east, theirs, 'accept-offer');
    expect(taken).toMatchObject({ centre: centreOf('east'), origin: centreOf('town'), status: 'reported' });
    expect(taken.offers).toBeUndefined();
    expect(Date.parse(taken.due?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(mine.due?.at ?? ''));
    const seen = await read(town, mine);
    expect(seen).toMatchObject({ version: taken.version, actions: [], timeline: taken.timeline });
    expect(await refused(town, seen, 'accept')).toMatchObject({ status: 403, code: 'scope.denied' });
    expect(taken.timeline.map(({ fact, about }) => [fact, about?.centre])).toEqual([
      ['incident.reported', undefined],
      ['incident.offered-up', centreOf('east')],
      ['incident.offer-accepted', centreOf('east')],
    ]);
  });

  it('that is returned goes back to who sent it, who must decide before the next main step', async () => {
    const mine = await house.reported(town);
    const offered = await act(town, mine, 'hand-up', { reason });
    expect(await refused(east, offered, 'return-offer')).toMatchObject({ code: 'incident.reason-wanted' });
    const back = await act(east, offered, 'return-offer', { reason: '不属本级职责' });
    expect(back).toMatchObject({
      centre: centreOf('town'),
      course: { returned: { what: 'offer', by: centreOf('east') }, offers: [] },
    });
    const own = await read(town, mine);
    expect(own.actions).not.toContain('accept');
    expect(await refused(town, own, 'accept')).toMatchObject({ status: 409, code: 'incident.returned' });
    const kept = await act(town, own, 'keep', { reason: '与社区民警共同处理' });
    expect(kept.course?.returned).toBeNull();
    expect(await act(town, kept, 'accept')).toMatchObject({ status: 'accepted' });
  });

  it('warns both when nobody answers in time, and the warning ends with the answer', async () => {
    const screen = await Screen.joined(city, centreOf('city'));
    const offered = await act(town, await house.reported(town), 'hand-up', { reason });
    const offer = offered.course?.offers[0]?.id ?? '';
    const alert = () =>
      [...screen.picture.items()]
        .map(({ card }) => card as unknown as AlertCard)
        .find(({ incidents, clock }) => clock?.stage === 'offer' && incidents.includes(offered.id));
    await house.runOut('incident.offer-overdue', offer);
    await screen.until(() => alert()?.clock?.overdue === true, 'the alert of the offer');
    expect(alert()).toMatchObject({ centre: centreOf('town'), clock: { limitMinutes: 15 } });
    await act(east, offered, 'accept-offer');
    await screen.until(() => alert() === undefined, 'the end of the alert');
    screen.close();
  });

  it('is for a parent, and the root has none', async () => {
    const top = await house.reported(city);
    expect(top.actions).not.toContain('hand-up');
    expect(await refused(city, top, 'hand-up', { reason })).toMatchObject({
      status: 409,
      code: 'incident.nowhere',
    });
  });
});

describe('handing down', () => {
  it('shows it to a centre below; taken back, it leaves that centre without another byte', async () => {
    const mine = await house.reported(east);
    expect((await town.get(`/api/incidents/${mine.id}`)).status).toBe(404);
    const screen = await Screen.joined(town, centreOf('town'));
    const offered = await act(east, mine, 'hand-down', { centre: centreOf('town'), reason });
    await screen.until(() => screen.picture.get('incident', mine.id) !== undefined, 'the offered incident');
    expect((await read(town, mine)).version).toBe(offered.version);
    await act(east, offered, 'withdraw-offer');
    await screen.until(() => screen.picture.get('incident', mine.id) === undefined, 'the incident to leave');
    expect(screen.entries.at(-1)).toEqual({
      kind: 'incident',
      id: mine.id,
      version: offered.version + 1,
      fact: 'left',
      card: null,
    });
    expect((await town.get(`/api/incidents/${mine.id}`)).status).toBe(404);
    screen.close();
  });

  it('is for centres below alone, and one at a time', async () => {
    const mine = await house.reported(east);
    const to = (centre: string) => ({ centre, reason });
    expect(await refused(east, mine, 'hand-down', to(centreOf('far')))).toMatchObject({
      code: 'incident.nowhere',
    });
    expect(await refused(east, mine, 'hand-down', { reason })).toMatchObject({
      code: 'incident.centre-wanted',
    });
    const offered = await act(east, mine, 'hand-down', to(centreOf('town')));
    expect(await refused(east, offered, 'hand-down', to(centreOf('sister')))).toMatchObject({
      code: 'incident.offered',
    });
    expect(await refused(east, offered, 'hand-up', { reason })).toMatchObject({ code: 'incident.offered' });
  });
});

describe('handing across', () => {
  it('goes by the common ancestor, who passes it on; the return goes back to who sent it', async () => {
    const mine = await house.reported(town);
    let at = await act(town, mine, 'hand-across', { centre: centreOf('far'), reason });
    expect(at.course?.offers[0]).toMatchObject({ to: centreOf('city'), next: centreOf('far') });
    expect((await far.get(`/api/incidents/${mine.id}`)).status).toBe(404);
    expect(await refused(city, at, 'accept-offer')).toMatchObject({ code: 'incident.illegal-step' });
    at = await act(city, at, 'pass-offer');
    expect((await west.get(`/api/incidents/${mine.id}`)).status).toBe(200);
    at = await act(far, await read(far, mine), 'return-offer', { reason: '地点不在辖区' });
    expect(at).toMatchObject({ centre: centreOf('town'), course: { returned: { by: centreOf('far') } } });
    expect((await far.get(`/api/incidents/${mine.id}`)).status).toBe(404);
  });

  it('needs nobody between when the common ancestor does it', async () => {
    const mine = await house.reported(town);
    const at = await act(city, mine, 'hand-across', { centre: centreOf('far'), reason });
    expect(at.course?.offers[0]).toMatchObject({ to: centreOf('far'), next: null });
    const taken = await act(far, at, 'accept-offer');
    expect(taken.centre).toBe(centreOf('far'));
    expect(await read(town, mine)).toMatchObject({ version: taken.version, actions: [] });
  });
});

describe('help from another centre', () => {
  it('sends teams of its own and nothing else, until it ends', async () => {
    const [ours, theirs] = [await house.team('east'), await house.team('west')];
    let at = await act(east, await house.reported(east), 'accept');
    at = await act(city, at, 'assist', { centre: centreOf('west'), reason: '警力不足' });
    at = await act(west, await read(west, at), 'accept-offer');
    expect(at.offers).toEqual([{ kind: 'assist', to: centreOf('west'), state: 'assisting', due: null }]);
    expect(at).toMatchObject({ centre: centreOf('east'), actions: ['dispatch', 'end-assist'] });
    expect(await refused(west, at, 'dispatch', { team: ours.id })).toMatchObject({ code: 'team.unknown' });
    expect(await refused(west, at, 'complete')).toMatchObject({ code: 'scope.denied' });
    at = await act(west, at, 'dispatch', { team: theirs.id });
    expect(await refused(west, at, 'arrive')).toMatchObject({ code: 'incident.team-wanted' });
    at = await act(west, at, 'arrive', { team: theirs.id });
    at = await act(east, at, 'clear', { team: theirs.id });
    at = await act(west, at, 'end-assist');
    expect((await west.get(`/api/incidents/${at.id}`)).status).toBe(404);
  });
});

describe('two at once', () => {
  it('one takes over or the other withdraws: one wins, and the other is told who was faster', async () => {
    for (let round = 0; round < 4; round++) {
      const offered = await act(town, await house.reported(town), 'hand-up', { reason });
      const answers = await Promise.all([
        tell(east, offered, 'accept-offer'),
        tell(town, offered, 'withdraw-offer'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const lost = answers.find(({ status }) => status === 409)?.body as {
        error: { code: string; detail: { current: Incident; changedBy: string } };
      };
      const now = await read(city, offered);
      expect(lost.error).toMatchObject({
        code: 'incident.stale',
        detail: { changedBy: now.timeline.at(-1)?.by, current: { version: now.version } },
      });
      expect(now.centre).toBe(answers[0].status === 200 ? centreOf('east') : centreOf('town'));
    }
  });

  it('an offer that is answered twice is answered once', async () => {
    const offered = await act(town, await house.reported(town), 'hand-up', { reason });
    const answers = await Promise.all([
      tell(east, offered, 'accept-offer'),
      tell(east, offered, 'return-offer', { reason }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a centre that closes', () => {
  it('leaves what it held and what it was offered to its successor', async () => {
    const close = async (where: 'sister', to: string) => {
      const { version, id } = (
        await house.admin.get<{ version: number; id: string }>(`/api/centres/${centreOf(where)}`)
      ).body;
      const below = (
        await house.admin.get<{ items: { id: string; parent: string; version: number }[] }>('/api/centres')
      ).body.items;
      for (const child of below.filter(({ parent }) => parent === id))
        await house.admin.ask('PATCH', `/api/centres/${child.id}`, {
          version: child.version,
          close: { successor: to },
        });
      return house.admin.ask('PATCH', `/api/centres/${id}`, { version, close: { successor: to } });
    };
    const sister = await house.person('sister');
    const held = await house.reported(sister);
    const offered = await act(east, await house.reported(east), 'hand-down', {
      centre: centreOf('sister'),
      reason,
    });
    expect((await close('sister', centreOf('town'))).status).toBe(200);
    expect(await act(town, await read(town, held), 'accept')).toMatchObject({ status: 'accepted' });
    const taken = await act(town, await read(town, offered), 'accept-offer');
    expect(taken).toMatchObject({ centre: centreOf('town'), status: 'reported' });
    expect(
      await refused(east, await house.reported(east), 'hand-down', { centre: centreOf('sister'), reason }),
    ).toMatchObject({
      code: 'incident.nowhere',
    });
  });
});
