import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Candidate, Incident } from '@app/shared';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { VersionedDoors } from '../versioned-door.js';

const CITY = '01920000-0000-7000-8000-000000000001';
// A list keeps its line in sight; pages in tests cannot.
Element.prototype.scrollIntoView = () => undefined;
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({
    centres: new Map([[CITY, { id: CITY, parent: null }]]),
    session: { centre: { id: CITY } },
  }),
  useCentreName: () => (id: string) => id,
}));
const { CandidateList } = await import('../../../../web/src/screens/desk/candidate-list.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');

const text = CATALOGUE['zh-Hans'];
const idOf = (kind: string, at: number) => `01920000-0000-7000-8000-0000000000${kind}${at}`;
const team = (at: number, reason: Candidate['reason'] = null) => ({
  team: idOf('b', at),
  callSign: `雄关20${at}`,
  mode: 'vehicle',
  tier: 3,
  status: 'available',
  forces: { police: 2 },
  centre: CITY,
  distanceM: 100 * at,
  minutes: at,
  observedAt: null,
  warnings: [],
  reason,
  busyWith: [],
  leavesFree: 1,
});
const BUSY = {
  ...team(4, 'busy'),
  status: 'on-scene',
  busyWith: [{ id: idOf('c', 2), number: '嘉综〔2026〕000002' }],
  override: { incidents: [idOf('c', 2), idOf('c', 3)] },
};
const department = (at: number, hans: string, isOpen = true) => ({
  id: idOf('a', at),
  names: { hans, hant: '', en: '' },
  open: isOpen,
});
const incident = {
  id: idOf('c', 1),
  centre: CITY,
  status: 'accepted',
  actions: ['dispatch'],
  departmentAssignments: [{ department: idOf('a', 1), step: 'dispatched' }],
} as unknown as Incident;
const next: Incident = { ...incident, id: idOf('c', 4) };
const onSend = jest.fn(async () => true);

const option = (name: RegExp) => screen.getByRole('option', { name });
const ticked = () =>
  screen.getAllByRole('option', { selected: true }).map(({ textContent }) => textContent?.slice(0, 5));
const press = async (...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(screen.getByRole('listbox'), { key });
  await act(() => jest.advanceTimersByTimeAsync(0));
};
const sent = () => onSend.mock.calls.map((call: unknown[]) => call.flat().map(nameOf));
const nameOf = (going: unknown) => (typeof going === 'string' ? going : (going as Candidate).callSign);

const show = async (items: readonly object[]) => {
  cleanup();
  useLanguage.setState({ language: 'zh-Hans' });
  onSend.mockClear();
  const doors = new VersionedDoors();
  for (const { id } of [incident, next])
    doors.answer(`/api/incidents/${id}/candidates`, () => ({
      items,
      method: 'straight',
      at: '2026-11-26T00:00:00Z',
    }));
  const departments = [
    department(1, '消防'),
    department(2, '水务'),
    department(3, '停用', false),
    department(4, '供电'),
  ];
  doors.answer(`/api/departments/${CITY}`, () => ({
    centre: CITY,
    version: 1,
    items: departments,
    at: null,
    by: null,
  }));
  globalThis.fetch = doors.fetch as unknown as typeof fetch;
  const { rerender } = render(<CandidateList incident={incident} pending={undefined} onSend={onSend} />);
  await act(() => jest.advanceTimersByTimeAsync(0));
  return rerender;
};
beforeEach(async () => {
  jest.useFakeTimers();
  await show([team(1), team(2), team(3, 'rest')]);
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

it('arrow keys go on from teams to departments, past those that cannot go', async () => {
  await press('ArrowDown', ' ', 'ArrowDown', 'ArrowDown');
  expect(screen.getByRole('listbox').getAttribute('aria-activedescendant')).toBe(option(/水务/).id);
  await press(' ', 'ArrowDown', 'ArrowDown', ' ');
  expect(ticked()).toEqual(['雄关201', '水务', '供电']);
  await press('Enter');
  expect(sent()).toEqual([['雄关201', idOf('a', 2), idOf('a', 4)]]);
  expect(screen.queryAllByRole('option', { selected: true })).toEqual([]);
});

it('a department goes alone, also when it is only pointed at, and none is left ticked by Escape', async () => {
  await press('End', 'Enter');
  expect(sent()).toEqual([[idOf('a', 4)]]);
  fireEvent.click(option(/水务/));
  expect(screen.getByRole('button', { name: text.department.send(0, 1) })).toBeDefined();
  await press('Escape');
  expect(screen.queryAllByRole('option', { selected: true })).toEqual([]);
});

it('a department that is on the incident already, or closed, is not ticked', () => {
  fireEvent.click(option(/消防/));
  expect(screen.queryAllByRole('option', { selected: true })).toEqual([]);
  expect(screen.queryByRole('option', { name: /停用/ })).toBeNull();
});

it('a busy team goes only with a reason, beside which stands what it would leave', async () => {
  await show([team(1), BUSY]);
  fireEvent.click(option(/雄关204/));
  const button = screen.getByRole('button', { name: text.desk.send(1) });
  expect(button).toHaveProperty('disabled', true);
  const note = screen.getByRole('form', { name: text.desk.override.title });
  expect(note.textContent).toContain('嘉综〔2026〕000002');
  expect(note.textContent).toContain(text.desk.override.unseen(1));
  await press('Enter');
  expect(onSend).not.toHaveBeenCalled();
  const why = screen.getByLabelText(text.desk.override.reason);
  expect(document.activeElement).toBe(why);
  fireEvent.change(why, { target: { value: '  ' } });
  expect(button).toHaveProperty('disabled', true);
  fireEvent.change(why, { target: { value: ' 就近 ' } });
  await act(async () => fireEvent.click(button));
  const override = { teams: [{ id: idOf('b', 4), incidents: BUSY.override.incidents }], reason: '就近' };
  expect(onSend.mock.calls).toEqual([[[expect.objectContaining({ callSign: '雄关204' })], [], override]]);
  expect(screen.queryByRole('form')).toBeNull();
});

it('who was ticked for one incident is not ticked for the next', async () => {
  const rerender = await show([team(1), team(2)]);
  await press('ArrowDown', ' ');
  expect(ticked()).toHaveLength(1);
  rerender(<CandidateList incident={next} pending={undefined} onSend={onSend} />);
  await act(() => jest.advanceTimersByTimeAsync(0));
  expect(screen.queryAllByRole('option', { selected: true })).toEqual([]);
  await press('Enter');
  expect(onSend).not.toHaveBeenCalled();
});
