import { describe, expect, it } from '@jest/globals';
import { type Alert, FIRST_DEVIATION_RULES, toMs } from '@app/shared';
import { Journal } from '../../server/src/journal/journal.js';
import { DeviationDesk } from '../../server/src/risk/deviation-desk.js';
import { DeviationRig } from '../support/deviation-rig.js';
import { insist } from '../support/insist.js';

// What a team on shift does is told once, and is over when it is.

const MINUTE = 60_000;
let rig: DeviationRig;

DeviationRig.forAll((opened) => (rig = opened));

const read = async (id: string): Promise<Alert> => (await rig.commander.get<Alert>(`/api/alerts/${id}`)).body;

/** Looks until so many alerts of a team are known. */
const rowsUntil = (of: { team: string }, count: number) =>
  insist(async () => {
    await rig.look();
    const rows = await rig.rowsOf(of);
    return rows.length === count ? rows : undefined;
  });

describe('a team on shift', () => {
  it('that left its beat is one alert, whoever looks how often, and closed when it is back', async () => {
    const patrol = await rig.onShift();
    await rig.drive(patrol, [15, 3], { east: 1_500 });
    const [card] = await rig.shows(patrol, ['off-beat']);
    expect(card).toMatchObject({
      rule: 'deviation',
      severity: 4,
      state: 'raised',
      centre: rig.ground.home,
      grid: null,
      incidents: [],
      deviation: { callSign: patrol.callSign, to: null, limitS: 600, bound: 200 },
    });
    expect(Date.now() - toMs(card?.deviation?.from ?? '')).toBeGreaterThan(14 * MINUTE);
    await Promise.all([rig.look(), rig.look(), rig.schedule.look()]);
    expect(await rig.rowsOf(patrol)).toHaveLength(1);
    await rig.drive(patrol, [1.9, 0]);
    await rig.shows(patrol, []);
    const ended = await read(card?.id ?? '');
    expect(ended).toMatchObject({
      state: 'resolved',
      version: 2,
      actions: [],
      deviation: { kind: 'off-beat' },
    });
    expect(ended.deviation?.to).not.toBeNull();
    expect(ended.timeline.map(({ fact, by }) => [fact, by])).toEqual([
      ['alert.raised', 'system'],
      ['alert.resolved', 'system'],
    ]);
  });

  it('that somebody has dismissed stays so while it goes on, and comes as a new one after its end', async () => {
    const patrol = await rig.onShift();
    await rig.drive(patrol, [15, 3], { east: 1_500 });
    const dismissed = (await rowsUntil(patrol, 1))[0]?.id ?? '';
    const step = { version: 1, reason: '巡区外押运' };
    expect((await rig.commander.post(`/api/alerts/${dismissed}/dismiss`, step)).status).toBe(200);
    await rig.look();
    await rig.schedule.look();
    expect(await rig.rowsOf(patrol)).toMatchObject([
      { id: dismissed, state: 'dismissed', deviation: { to: null } },
    ]);
    await rig.drive(patrol, [1.9, 0]);
    await rig.look();
    const [ended] = await rig.rowsOf(patrol);
    expect(ended).toMatchObject({ id: dismissed, state: 'dismissed' });
    expect(ended?.deviation.to).not.toBeNull();
    expect((await read(dismissed)).version).toBe(2);
  });

  it('is told once, however many processes find the same at one moment', async () => {
    const patrol = await rig.onShift();
    await rig.drive(patrol, [13, 0], { east: 1_500, step: 20 });
    const [rule] = FIRST_DEVIATION_RULES;
    if (!rule) throw new Error('no rules');
    const { team: id, callSign } = patrol;
    const found = {
      kind: 'off-beat',
      team: { id, callSign, centre: rig.ground.home, demo: false },
      from: Date.now(),
      rule,
    } as const;
    const [journal, writer] = [rig.app.app.get(Journal), rig.app.app.get(DeviationDesk)];
    const tell = () =>
      journal.transaction(async (tx) => journal.append(tx, await writer.raise(tx, found, Date.now())));
    await Promise.all([tell(), tell(), rig.look(), tell()]);
    expect(await rig.rowsOf(patrol)).toHaveLength(1);
    const [alert] = await rig.shows(patrol, ['off-beat']);
    const stop = () =>
      journal.transaction(async (tx) => {
        const [row] = (await writer.running()).filter(({ id: known }) => known === alert?.id);
        if (row) await journal.append(tx, await writer.end(tx, row, Date.now()));
      });
    await Promise.all([stop(), stop(), stop()]);
    expect((await read(alert?.id ?? '')).timeline).toHaveLength(2);
  });

  it('that is too fast, or stands, is told as that; on its beat and slow it is nothing', async () => {
    const [fast, parked, calm] = [await rig.onShift(), await rig.onShift(), await rig.onShift()];
    await rig.drive(fast, [3, 0], { east: -400, step: 20, speedKmh: 130 });
    await rig.drive(parked, [30, 0], { speedKmh: 0 });
    await rig.drive(calm, [30, 0], { east: -450, step: 5, speedKmh: 20 });
    const [card] = await rig.shows(fast, ['overspeed']);
    expect(card).toMatchObject({ deviation: { bound: 90, limitS: 30 } });
    await rig.shows(parked, ['stationary']);
    await rig.shows(calm, []);
    await rig.sql(`update team set status = 'rest' where id = $1`, [parked.team]);
    await rig.shows(parked, []);
    await rig.sql(`update patrol_shift set state = 'ended' where team = $1`, [fast.team]);
    await rig.shows(fast, []);
  });
});
