import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type DutyShift, EQUIPMENT, type EquipmentItem, type EquipmentList } from '@app/shared';
import type { Person } from '../support/app.js';
import { FourLevels, type Refused } from '../support/four-levels.js';

let house: FourLevels;
let officer: Person;
let second: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  officer = await house.person('far');
  second = await house.person('far');
}, 120_000);
afterAll(() => house?.close());

const path = (where: keyof FourLevels['at'] = 'far') => `/api/duty-equipment/${house.at[where].id}`;
const list = async (by: Person = officer): Promise<EquipmentList> =>
  (await by.get<EquipmentList>(path())).body;
const DRONE = { hans: '无人机', hant: '無人機', en: 'Drone' };
const set = (by: Person, version: number, items: object[], where?: keyof FourLevels['at']) =>
  by.post<EquipmentList & Refused>(path(where), { version, items });
const step = (by: Person, { id, version }: DutyShift, action: string, said: object = {}) =>
  by.post<DutyShift & Refused>(`/api/duty-shifts/${id}/${action}`, { version, ...said });
const looked = (items: readonly Pick<EquipmentItem, 'key'>[], faulty?: string) =>
  items.map(({ key }) => ({ key, ok: key !== faulty, ...(key === faulty ? { note: '桨叶裂' } : {}) }));

it('is the usual list until a centre sets its own, which its next sheet asks for and a signed one keeps', async () => {
  const usual = await list();
  expect([usual.version, usual.items.map(({ key }) => key)]).toEqual([0, [...EQUIPMENT]]);
  const shift = (await officer.post<DutyShift>('/api/duty-shifts', {})).body;
  expect(shift.sheet.equipment.map(({ key }) => key)).toEqual([...EQUIPMENT]);

  const made = await set(officer, 0, [{ key: 'radio', names: null }, { names: DRONE }]);
  expect([made.status, made.body.version]).toEqual([200, 1]);
  const drone = made.body.items[1]?.key ?? '';
  const old = await step(officer, shift, 'sign', { equipment: looked(usual.items) });
  expect([old.status, old.body.error.code]).toEqual([400, 'duty-shift.equipment-wanted']);
  expect(old.body.error.detail).toMatchObject({
    missing: [drone],
    unknown: expect.arrayContaining(['phone']),
  });

  const signed = await step(officer, shift, 'sign', { equipment: looked(made.body.items, drone) });
  const lines = [
    { key: 'radio', ok: true, note: null, carried: 0 },
    { key: drone, names: DRONE, ok: false, note: '桨叶裂', carried: 0 },
  ];
  expect(signed.body.sheet.equipment).toEqual(lines);
  const taken = await step(second, signed.body, 'take');
  expect(taken.status).toBe(200);
  const { body: next } = await second.get<DutyShift>(`/api/duty-shifts/${taken.body.next}`);
  expect(next.sheet.equipment).toEqual([
    { key: 'radio', ok: null, note: null, carried: 0 },
    { key: drone, names: DRONE, ok: false, note: '桨叶裂', carried: 1 },
  ]);
  expect((await set(second, 1, [{ key: 'phone', names: null }])).status).toBe(200);
  const kept = (await second.get<DutyShift>(`/api/duty-shifts/${shift.id}`)).body;
  expect(kept.sheet.equipment).toEqual(lines);
});

it('is each centre’s own: those above may set it, those beside and below neither read nor set it', async () => {
  const [above, beside, below] = [
    await house.person('west'),
    await house.person('town'),
    await house.person('village'),
  ];
  const items = [{ key: 'phone', names: null }];
  expect((await above.get(path())).status).toBe(200);
  expect((await set(above, 0, items, 'west')).status).toBe(200);
  for (const by of [beside, below]) {
    expect((await by.get(path())).status).toBe(404);
    expect((await set(by, 0, items)).body.error.code).toBe('centre.unknown');
  }
  expect((await set(await house.person('far', 'display'), 0, items)).status).toBe(403);
  expect((await set(house.admin, (await list()).version, items)).status).toBe(200);
  expect((await beside.get<EquipmentList>(path('town'))).body.version).toBe(0);
});

it.each([
  ['no piece at all', []],
  [
    'one twice',
    [
      { key: 'phone', names: null },
      { key: 'phone', names: null },
    ],
  ],
  ['one without words', [{ key: 'kettle', names: null }]],
  ['a new one without words', [{ names: null }]],
  ['words in one script', [{ names: { hans: '壶', hant: '', en: '' } }]],
  ['more than thirty', Array.from({ length: 31 }, () => ({ names: DRONE }))],
])('with %s is refused', async (_, items) => {
  const before = await list();
  const answer = await set(officer, before.version, items);
  expect([answer.status, answer.body.error.code]).toEqual([400, 'request.malformed']);
  expect(await list()).toEqual(before);
});

it('set by two at once is set once, and the other is told what stands', async () => {
  const { version } = await list();
  const one = [{ names: DRONE }];
  const both = [officer, second].map((by) => set(by, version, one));
  const answers = await Promise.all(both);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const late = answers.find(({ status }) => status === 409)?.body.error;
  expect(late).toMatchObject({ code: 'equipment.stale', detail: { current: { version: version + 1 } } });
  expect((await set(officer, 99, one)).body.error.code).toBe('equipment.stale');
  const { items } = (
    await house.admin.get<{ items: { action: string }[] }>(
      `/api/audit?limit=200&action=equipment.changed&subject=centre:${house.at.far.id}`,
    )
  ).body;
  expect(items.length).toBeGreaterThanOrEqual(2);
});
