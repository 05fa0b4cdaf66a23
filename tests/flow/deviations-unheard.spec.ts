import { describe, expect, it } from '@jest/globals';
import { toMs } from '@app/shared';
import { DeviceSeen } from '../../server/src/teams/device-seen.js';
import { DeviationRig } from '../support/deviation-rig.js';
import { insist } from '../support/insist.js';

// A team that is not heard, or only late: what is said of it then, and until when.

const MINUTE = 60_000;
let rig: DeviationRig;

DeviationRig.forAll((opened) => (rig = opened));

const fail = (): never => {
  throw new Error('not there');
};

describe('a team on shift', () => {
  it('that is not heard any more is lost since its last word, and found when it has spoken for a while', async () => {
    const patrol = await rig.onShift();
    await rig.drive(patrol, [20, 8], { step: 2 });
    const [card] = await rig.shows(patrol, ['lost-contact']);
    expect(card).toMatchObject({ severity: 3, deviation: { limitS: 300, bound: null } });
    expect(Math.abs(Date.now() - 8 * MINUTE - toMs(card?.deviation?.from ?? ''))).toBeLessThan(2 * MINUTE);
    // The process that knows its device as silent too: a team that is found has no silent device.
    await rig.sql(`update device_seen set seen_at = now() - interval '20 minutes' where device = $1`, [
      patrol.devices[0]?.id,
    ]);
    const schedule = rig.schedule;
    await schedule.look();
    await rig.drive(patrol, [1.5, 0]);
    await insist(async () => {
      await schedule.look();
      return rig.cards(patrol).length === 0 || undefined;
    });
    expect(await rig.rowsOf(patrol)).toHaveLength(1);
  });

  it('and has a device that fell silent: the device is told, not the team; it speaks again and that is over', async () => {
    const patrol = await rig.onShift({}, 2);
    await rig.drive(patrol, [30, 0], { step: 2 });
    const [card] = await rig.shows(patrol, ['silent-device']);
    const [, silent] = patrol.devices;
    expect(card).toMatchObject({ severity: 4, deviation: { device: silent?.id, limitS: 900 } });
    await rig.sql(`insert into device_seen values ($1, now() - interval '2 minutes')`, [silent?.id]);
    await rig.schedule.look();
    expect(rig.kindsOf(patrol)).toEqual(['silent-device']);
    await rig.drive({ ...patrol, devices: [silent ?? fail()] }, [0, 0], { step: 2 });
    await insist(async () => {
      await rig.app.app.get(DeviceSeen).write();
      await rig.schedule.look();
      return rig.cards(patrol).length === 0 || undefined;
    });
  });

  it('that tells late where it was is judged by that: what it disproves is over', async () => {
    const patrol = await rig.onShift();
    const schedule = rig.schedule;
    const isAway = () => rig.kindsOf(patrol).includes('off-beat');
    await rig.drive(patrol, [25, 8], { east: 1_500 });
    await rig.shows(patrol, ['lost-contact', 'off-beat']);
    // Live again, and still away: the process that watches has read all that there is.
    await rig.drive(patrol, [0.5, 0], { east: 1_500 });
    await schedule.look();
    expect(isAway()).toBe(true);
    // Meanwhile it was back for minutes, and tells so only now.
    await rig.drive(patrol, [6, 2]);
    await insist(async () => {
      await schedule.look();
      return !isAway() || undefined;
    });
    const ended = (await rig.rowsOf(patrol)).filter(({ deviation }) => deviation.kind === 'off-beat');
    expect(ended).toMatchObject([{ state: 'resolved' }]);
  });

  it('that tells late that it was away is told of, though it was heard since', async () => {
    const patrol = await rig.onShift();
    const schedule = rig.schedule;
    const isAway = () => rig.kindsOf(patrol).includes('off-beat');
    await rig.drive(patrol, [25, 20]);
    await rig.shows(patrol, ['lost-contact']);
    await rig.drive(patrol, [0.5, 0], { east: 1_500 });
    await schedule.look();
    expect(isAway()).toBe(false);
    await rig.drive(patrol, [18, 1], { east: 1_500 });
    await insist(async () => {
      await schedule.look();
      return isAway() || undefined;
    });
  });
});
