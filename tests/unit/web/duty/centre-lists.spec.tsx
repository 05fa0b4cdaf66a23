import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { VersionedDoors } from '../versioned-door.js';

jest.unstable_mockModule('../../../../web/src/link/use-person.js', () => ({
  usePerson: () => (login: string) => login,
}));
jest.unstable_mockModule('../../../../web/src/screens/admin/when.js', () => ({ When: () => null }));
const { CardsTab } = await import('../../../../web/src/screens/admin/cards-tab.js');
const { DepartmentSection } = await import('../../../../web/src/screens/duty/department-section.js');
const { EquipmentForm } = await import('../../../../web/src/screens/duty/equipment-form.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');

const CENTRE = '01920000-0000-7000-8000-000000000001';
const text = CATALOGUE['zh-Hans'];
const names = (hans: string) => ({ hans, hant: `${hans}繁`, en: `${hans} en` });
const list = (items: readonly object[]) => ({ centre: CENTRE, version: 4, items, at: null, by: null });
const department = (at: number, hans: string) => ({
  id: `01920000-0000-7000-8000-0000000000a${at}`,
  names: names(hans),
  open: true,
});
const FIRE = department(1, '消防');
const WATER = department(2, '水务');
const RADIO = { key: 'radio', names: null };
const card = (...items: readonly object[]) => ({
  category: 'disorder',
  version: 4,
  items,
  at: '2026-11-26T00:00:00Z',
  by: 'admin',
});

let doors: VersionedDoors;
const settle = () => act(() => jest.advanceTimersByTimeAsync(0));
/** Whatever a screen reads by itself it has read again. */
const renew = () => act(() => jest.advanceTimersByTimeAsync(61_000));
const button = (name: string) => screen.getByRole('button', { name });
const press = async (name: string) => {
  fireEvent.click(button(name));
  await settle();
};
const first = () => screen.getByLabelText<HTMLInputElement>(`1 ${text.language['zh-Hans']}`);
const write = (value: string) => fireEvent.change(first(), { target: { value } });

beforeEach(() => {
  jest.useFakeTimers();
  useLanguage.setState({ language: 'zh-Hans' });
  doors = new VersionedDoors();
  globalThis.fetch = doors.fetch as unknown as typeof fetch;
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe.each([
  {
    what: 'the departments of a centre',
    path: `/api/departments/${CENTRE}`,
    stale: 'department.stale' as const,
    kept: list([FIRE]),
    theirs: [{ ...FIRE, names: names('他写') }, WATER],
    open: async () => {
      render(<DepartmentSection centre={CENTRE} />);
      await settle();
      await press(text.department.set);
    },
    save: text.department.save,
    keepsMine: false,
  },
  {
    what: 'the equipment of a desk',
    path: `/api/duty-equipment/${CENTRE}`,
    stale: 'equipment.stale' as const,
    kept: list([{ key: 'lamp', names: names('灯') }]),
    theirs: [{ key: 'lamp', names: names('他写') }, RADIO],
    open: async () => {
      render(<EquipmentForm centre={CENTRE} onDone={() => undefined} />);
      await settle();
    },
    save: text.duty.saveEquipment,
    keepsMine: true,
  },
  {
    what: 'an action card',
    path: '/api/action-cards/disorder',
    stale: 'action-card.stale' as const,
    kept: card({ key: 'cones', text: names('摆锥') }),
    theirs: [{ key: 'cones', text: names('他写') }],
    open: async () => {
      doors.answer('/api/action-cards', () => ({ items: [doors.at('/api/action-cards/disorder')] }));
      render(<CardsTab />);
      await settle();
    },
    save: text.duty.saveCard,
    keepsMine: true,
  },
])('$what', ({ path, stale, kept, theirs, open, save, keepsMine }) => {
  const itemsOf = () => doors.at(path)['items'];
  beforeEach(async () => {
    doors.put(path, kept, stale);
    await open();
  });

  it('are not saved over what somebody else saved, though their list was read meanwhile', async () => {
    write('我写');
    doors.change(path, { items: theirs });
    await renew();
    expect(first().value).toBe('我写');
    await press(save);
    expect(itemsOf()).toEqual(theirs);
    expect(first().value).toBe('我写');
    expect(screen.getByText(text.error[stale], { exact: false })).toBeDefined();

    await press(text.ground.takeTheirs);
    expect(first().value).toBe('他写');
    expect(screen.queryByRole('alert')).toBeNull();
    write('再写');
    await press(save);
    expect(JSON.stringify(itemsOf())).toContain('再写');
  });

  it(`${keepsMine ? 'may take' : 'never take'} the place of what somebody else saved`, async () => {
    write('我写');
    doors.change(path, { items: theirs });
    await press(save);
    const keep = screen.queryByRole('button', { name: text.ground.keepMine });
    expect(keep !== null).toBe(keepsMine);
    if (!keep) return;
    fireEvent.click(keep);
    await settle();
    expect(JSON.stringify(itemsOf())).toContain('我写');
    expect(JSON.stringify(itemsOf())).not.toContain('他写');
  });

  it('are shown as they were saved, and saved again without a refusal', async () => {
    write('我写');
    await press(save);
    expect(JSON.stringify(itemsOf())).toContain('我写');
    if (screen.queryByRole('button', { name: text.department.set })) await press(text.department.set);
    expect(first().value).toBe('我写');
    write('再写');
    await press(save);
    expect(JSON.stringify(itemsOf())).toContain('再写');
  });
});

it('a department that holds a telephone number is marked, and nothing is asked of the server', async () => {
  const path = `/api/departments/${CENTRE}`;
  doors.put(path, list([FIRE, WATER]), 'department.stale');
  render(<DepartmentSection centre={CENTRE} />);
  await settle();
  await press(text.department.set);
  write('消防 13812345678');
  expect(first().getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('alert').textContent).toBe(text.department.fault.name);
  await press(text.department.save);
  expect(doors.asked).toEqual([]);

  write(WATER.names.hans);
  expect(screen.getByRole('alert').textContent).toBe(text.department.fault.twice);
  write(FIRE.names.hans);
  expect(screen.queryByRole('alert')).toBeNull();
});
