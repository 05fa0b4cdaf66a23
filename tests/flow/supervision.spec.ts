import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Alert, AlertCard, Incident, IncidentCard } from '@app/shared';
import type { Person } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { act, FourLevels, read, refused } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

let house: FourLevels;
let chief: Person;
let east: Person;
let town: Person;
let screen: Screen;

beforeAll(async () => {
  house = await FourLevels.open();
  [chief, east, town] = [
    await house.person('east', 'duty'),
    await house.person('east'),
    await house.person('town'),
  ];
  screen = await Screen.joined(town, house.at.town.id);
}, 120_000);
afterAll(async () => {
  screen?.close();
  await house?.close();
});

const hour = () => new Date(Date.now() + 3_600_000).toISOString();
const shown = ({ id }: Incident) =>
  screen.picture.get('incident', id)?.card as unknown as IncidentCard | undefined;
const alertAt = ({ id }: Incident, stage: string) =>
  [...screen.picture.items()]
    .map(({ card }) => card as unknown as AlertCard)
    .find(({ incidents, clock }) => clock?.stage === stage && incidents?.includes(id));

describe('a supervision', () => {
  it('by hand is on both levels with its due time, until it is answered and lifted', async () => {
    const mine = await house.reported(town);
    expect(await refused(east, mine, 'supervise', { reason: 'why', until: hour() })).toMatchObject({
      code: 'role.denied',
    });
    let at = await act(chief, mine, 'supervise', { reason: '群众多次反映', until: hour() });
    await screen.until(() => shown(mine)?.supervision?.state === 'open', 'the supervision');
    expect(at.course?.supervision).toMatchObject({ trigger: 'by-hand', from: house.at.east.id });
    expect((await read(town, mine)).actions).toContain('answer-supervision');
    at = await act(town, await read(town, mine), 'answer-supervision', { reason: '已安排民警上门' });
    expect(at.supervision).toMatchObject({ state: 'answered', due: null });
    at = await act(chief, at, 'lift-supervision');
    expect(at.supervision).toBeUndefined();
    expect(at.timeline.map(({ fact }) => fact)).toEqual([
      'incident.reported',
      'incident.supervised',
      'incident.supervision-answered',
      'incident.supervision-lifted',
    ]);
  });

  it('is proposed by an overdue clock once, and begins when the duty chief above confirms it', async () => {
    const mine = await house.reported(town);
    await house.runOut('incident.overdue', mine.id);
    await house.runOut('incident.escalates', mine.id);
    await screen.until(() => shown(mine)?.supervision !== undefined, 'the proposal');
    expect(shown(mine)?.supervision).toEqual({ state: 'proposed', trigger: 'not-accepted', due: null });
    const proposed = await read(chief, mine);
    expect(proposed.timeline.at(-1)).toMatchObject({
      fact: 'incident.supervision-proposed',
      by: 'system',
      about: { trigger: 'not-accepted' },
    });
    expect((await read(town, mine)).actions).not.toContain('confirm-supervision');
    const open = await act(chief, proposed, 'confirm-supervision');
    expect(open.supervision).toMatchObject({ state: 'open', due: { at: expect.any(String) } });
  });

  it('that nobody answers is overdue on both levels', async () => {
    const mine = await act(chief, await house.reported(town), 'supervise', { reason: '超期', until: hour() });
    const { rows } = await house.client.query<{ subject: string }>(
      "select subject from due_time where kind = 'incident.supervision-overdue' and payload->>'incident' = $1",
      [mine.id],
    );
    await house.runOut('incident.supervision-overdue', rows[0]?.subject ?? '');
    await screen.until(() => alertAt(mine, 'supervise')?.clock?.overdue === true, 'the alert');
    await act(town, await read(town, mine), 'answer-supervision', { reason: '正在办理' });
    await screen.until(() => alertAt(mine, 'supervise') === undefined, 'the end of the alert');
  });

  it('is dismissed with a reason', async () => {
    const mine = await house.reported(town);
    await house.runOut('incident.escalates', mine.id);
    await screen.until(() => shown(mine)?.supervision !== undefined, 'the proposal');
    const proposed = await read(chief, mine);
    expect(await refused(chief, proposed, 'dismiss-supervision')).toMatchObject({
      code: 'incident.reason-wanted',
    });
    expect(
      (await act(chief, proposed, 'dismiss-supervision', { reason: '系统误判' })).supervision,
    ).toBeUndefined();
  });
});

describe('time that is given', () => {
  it('a suspension ends by itself, once, whoever watches', async () => {
    const accepted = await act(town, await house.reported(town), 'accept');
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const suspended = await act(town, accepted, 'suspend', { reason: '冬季无法施工', until });
    expect(suspended).toMatchObject({ status: 'suspended', due: null, course: { suspension: { until } } });
    await house.runOut('incident.suspension-ends', suspended.id);
    await screen.until(() => (shown(suspended)?.version ?? 0) > suspended.version, 'the incident to go on');
    const resumed = await read(town, suspended);
    expect(resumed).toMatchObject({ version: suspended.version + 1, due: { stage: 'dispatch' } });
    expect(resumed.timeline.at(-1)).toMatchObject({ fact: 'incident.resumed', by: 'system' });
    expect(resumed.actions).not.toContain('suspend');
  });

  it('an extension wants two more accounts, the last one above', async () => {
    const asked = await act(town, await act(town, await house.reported(town), 'accept'), 'extend', {
      reason: '路远',
    });
    expect(await refused(town, asked, 'review-extension')).toMatchObject({ code: 'incident.own-wish' });
    const colleague = await house.person('town');
    const reviewed = await act(colleague, await read(colleague, asked), 'review-extension');
    expect(await refused(colleague, reviewed, 'approve-extension')).toMatchObject({ code: 'scope.denied' });
    const longer = await act(chief, await read(chief, asked), 'approve-extension');
    expect(Date.parse(longer.due?.at ?? '') - Date.parse(asked.due?.at ?? '')).toBe(10 * 60_000);
    expect(longer.course).toMatchObject({ extended: 1, extension: null });
  });
});

describe('after the work', () => {
  it('a visit that nobody made is warned of once, as overdue, until it is made', async () => {
    let at = await act(town, await house.reported(town), 'accept');
    at = await act(town, await act(town, at, 'complete'), 'close');
    const alerts = async () =>
      (await town.get<{ items: Alert[] }>('/api/alerts')).body.items.filter(
        ({ incidents, clock }) => clock?.stage === 'follow-up' && incidents.includes(at.id),
      );
    await fireIn(house.app, Date.parse(at.course?.followUp?.dueAt ?? '') - Date.now() + 1000);
    const [late, ...more] = await alerts();
    expect([late, more]).toEqual([
      expect.objectContaining({
        state: 'raised',
        clock: expect.objectContaining({
          stage: 'follow-up',
          overdue: true,
          limitMinutes: 5 * 1440,
          number: at.number,
        }),
      }),
      [],
    ]);
    await act(town, await read(town, at), 'follow-up', { satisfaction: 'satisfied' });
    expect((await alerts()).filter(({ state }) => state !== 'resolved')).toEqual([]);
  });

  it('fails the check, is closed, visited, and goes on when somebody is not satisfied', async () => {
    let at = await act(town, await house.reported(town), 'accept');
    at = await act(town, await act(town, at, 'complete'), 'rework', { reason: '现场未清理' });
    expect(at).toMatchObject({ status: 'handling', course: { reworked: 1 } });
    at = await act(town, await act(town, at, 'complete'), 'close');
    expect(at).toMatchObject({
      actions: ['follow-up', 'reopen', 'seal'],
      course: { followUp: { dueAt: expect.any(String) } },
    });
    await screen.until(() => shown(at) === undefined, 'the closed incident to leave');
    at = await act(town, at, 'follow-up', { satisfaction: 'dissatisfied' });
    expect(at).toMatchObject({ status: 'accepted', closedAt: null, course: { reopened: 1 } });
    await screen.until(
      () => shown(at)?.supervision?.trigger === 'not-lawful',
      'the incident on the wall again',
    );
    expect(at.timeline.map(({ action }) => action)).toEqual([
      'report',
      'accept',
      'complete',
      'rework',
      'complete',
      'close',
      'follow-up',
    ]);
  });
});
