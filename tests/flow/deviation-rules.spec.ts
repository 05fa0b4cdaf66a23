import { describe, expect, it } from '@jest/globals';
import { type DeviationRules, FIRST_DEVIATION_RULES } from '@app/shared';
import type { Person } from '../support/app.js';
import { DeviationRig } from '../support/deviation-rig.js';

// When a deviation is told of is a setting, changed by administrators alone.

type Refused = { error: { code: string; detail: Record<string, unknown> } };

let admin: Person;
let rig: DeviationRig;

DeviationRig.forAll(async (opened) => {
  rig = opened;
  admin = await rig.app.signIn('admin');
});

describe('the rules', () => {
  const rules = async (): Promise<DeviationRules> =>
    (await admin.get<DeviationRules>('/api/deviation-rules')).body;

  it('are changed by an administrator, at the version he saw, and hold at the next look', async () => {
    const first = await rules();
    expect(first).toEqual({ version: 0, rules: [...FIRST_DEVIATION_RULES] });
    const patrol = await rig.onShift({ mode: 'motorcycle' });
    await rig.drive(patrol, [8, 0], { east: 1_500, step: 20 });
    await rig.shows(patrol, []);
    const own = {
      kind: 'off-beat',
      level: null,
      force: 'police',
      mode: 'motorcycle',
      afterS: 300,
      clearS: 60,
      bound: 150,
    };
    const wanted = { version: 0, rules: [...first.rules, own] };
    const changed = await admin.post<DeviationRules>('/api/deviation-rules', wanted);
    expect(changed).toMatchObject({ status: 200, body: { version: 1 } });
    expect(changed.body.rules).toContainEqual(own);
    const stale = await admin.post<Refused>('/api/deviation-rules', wanted);
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'deviation-rules.stale' } } });
    const twice = await admin.post<Refused>('/api/deviation-rules', { version: 1, rules: [own, own] });
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'deviation-rules.doubled' } } });
    expect((await rig.commander.post('/api/deviation-rules', wanted)).status).toBe(403);
    const mute = { version: 1, rules: [{ ...own, bound: null }] };
    expect((await admin.post('/api/deviation-rules', mute)).status).toBe(400);
    const [card] = await rig.shows(patrol, ['off-beat']);
    expect(card?.deviation).toMatchObject({ limitS: 300, bound: 150 });
  });
});
