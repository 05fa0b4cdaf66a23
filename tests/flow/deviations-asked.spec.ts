import { describe, expect, it } from '@jest/globals';
import type { Alert, Centre } from '@app/shared';
import type { Person } from '../support/app.js';
import { DeviationRig } from '../support/deviation-rig.js';
import { insist } from '../support/insist.js';

// A team under a command of its own is never measured: its liaison desk is asked, and answers.

type Refused = { error: { code: string; detail: Record<string, unknown> } };

const MINUTE = 60_000;
let rig: DeviationRig;

DeviationRig.forAll((opened) => (rig = opened));

describe('a team under a command of its own', () => {
  it('is asked after at its liaison desk when it is not heard, and never measured', async () => {
    const patrol = await rig.onShift({ forces: { 'armed-police': 4 } });
    await rig.drive(patrol, [40, 8], { east: 3_000, speedKmh: 130 });
    const [card] = await rig.shows(patrol, ['lost-contact']);
    expect(card).toMatchObject({ severity: 4, deviation: { asks: 'armed-police' } });
    expect(await rig.rowsOf(patrol)).toHaveLength(1);
    expect(rig.kindsOf(patrol, rig.screens.desk)).toEqual(['lost-contact']);
    const centre = (await rig.commander.get<Centre>(`/api/centres/${rig.ground.home}`)).body;
    expect([card?.lng, card?.lat]).toEqual(centre.anchor);
  });

  it('is answered for by its desk alone, step by step, and whoever asked is told', async () => {
    const patrol = await rig.onShift({ forces: { 'armed-police': 4 } });
    await rig.drive(patrol, [40, 8]);
    const [card] = await rig.shows(patrol, ['lost-contact']);
    const path = `/api/alerts/${card?.id}/answer`;
    const liaison = await rig.app.signIn('liaison');
    const other = await rig.onShift({ forces: { militia: 3 } });
    await rig.drive(other, [20, 8]);
    const [foreign] = await rig.shows(other, ['lost-contact']);
    const unknown = await liaison.post<Refused>(`/api/alerts/${foreign?.id}/answer`, {
      version: 1,
      answer: 'safe',
    });
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'alert.unknown' } } });
    const say = (by: Person, version: number, answer: string, note?: string) =>
      by.post<Alert & Refused>(path, { version, answer, ...(note === undefined ? {} : { note }) });
    expect((await say(rig.commander, 1, 'safe')).body.error.code).toBe('role.denied');
    expect((await say(liaison, 1, 'fine')).status).toBe(400);
    const checking = await say(liaison, 1, 'checking', '已电话联系带队干部');
    expect(checking).toMatchObject({ status: 200, body: { version: 2, deviation: { answer: 'checking' } } });
    expect((await say(liaison, 1, 'safe')).body.error.code).toBe('alert.stale');
    expect((await say(liaison, 2, 'checking')).body.error.code).toBe('alert.illegal-step');
    const reason = {
      version: 2,
      reason: '等待答复',
      until: new Date(Date.now() + 30 * MINUTE).toISOString(),
    };
    expect((await rig.commander.post(`/api/alerts/${card?.id}/shelve`, reason)).status).toBe(200);

    const help = await say(liaison, 3, 'help-wanted', '车辆故障，请就近接应');
    expect(help).toMatchObject({
      status: 200,
      body: { version: 4, severity: 2, state: 'raised', until: null },
    });
    await rig.screens.city.until(() => rig.cards(patrol)[0]?.version === 4, 'the answer');
    const [told] = rig.cards(patrol);
    expect(told).toMatchObject({ deviation: { asks: 'armed-police', answer: 'help-wanted' } });
    expect(JSON.stringify(told)).not.toContain('车辆故障');
    const read = await rig.commander.get<Alert>(`/api/alerts/${card?.id}`);
    expect(read.body.timeline.at(-1)).toMatchObject({
      fact: 'alert.answered',
      reason: '车辆故障，请就近接应',
    });
    expect(rig.screens.city.raw.join('')).not.toContain('车辆故障');

    // It is heard again: the episode is over, the call for help is not until a person has met it.
    await rig.drive(patrol, [3, 0]);
    await insist(async () => {
      await rig.look();
      return (await rig.rowsOf(patrol))[0]?.deviation.to ?? undefined;
    });
    const heard = (await rig.commander.get<Alert>(`/api/alerts/${card?.id}`)).body;
    expect(heard).toMatchObject({
      version: 5,
      severity: 2,
      state: 'raised',
      deviation: { answer: 'help-wanted' },
    });
    const met = await rig.commander.post<Alert>(`/api/alerts/${card?.id}/resolve`, { version: 5 });
    expect(met).toMatchObject({ status: 200, body: { state: 'resolved' } });
  });

  it('is nobody else’s: the desk sees nothing of a police team', async () => {
    const patrol = await rig.onShift();
    await rig.drive(patrol, [20, 8], { east: 1_500 });
    await rig.shows(patrol, ['lost-contact', 'off-beat']);
    expect(rig.cards(patrol, rig.screens.desk)).toEqual([]);
    expect(rig.screens.desk.raw.join('')).not.toContain(patrol.team);
  });
});
