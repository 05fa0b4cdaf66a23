import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type DutyLevelCard, LEVEL_TERMS, type PatrolBoard } from '@app/shared';
import { act, cleanup, render, screen } from '@testing-library/react';

const AT = '2026-11-26T11:00:00.000Z';
const board: PatrolBoard = {
  items: [],
  conflicts: [
    { kind: 'few-teams', team: null, from: AT, to: '2026-11-26T13:00:00.000Z', shifts: [] },
    { kind: 'short-rest', team: 'team', from: AT, to: AT, shifts: ['a', 'b'] },
  ],
  at: AT,
};
const fetchBoard = jest.fn(async () => board);

jest.unstable_mockModule('../../../../web/src/link/patrol.js', () => ({
  fetchBoard,
  fetchTrades: async () => [],
}));
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ settings: { timeZone: 'Asia/Shanghai' } }),
}));
// What stands beside the board asks for itself.
jest.unstable_mockModule('../../../../web/src/screens/patrol/level-panel.js', () => ({
  LevelPanel: ({ onDone }: { onDone: () => void }) => <button onClick={onDone}>need</button>,
}));
jest.unstable_mockModule('../../../../web/src/screens/patrol/plan-form.js', () => ({ PlanForm: () => null }));
jest.unstable_mockModule('../../../../web/src/screens/patrol/request-list.js', () => ({
  RequestList: () => null,
}));
jest.unstable_mockModule('../../../../web/src/screens/patrol/shift-sheet.js', () => ({
  ShiftSheet: () => null,
}));
jest.unstable_mockModule('../../../../web/src/screens/patrol/trade-list.js', () => ({
  TradeList: () => null,
}));
const { ShiftsView } = await import('../../../../web/src/screens/patrol/shifts-view.js');
const { useWall } = await import('../../../../web/src/store/wall.store.js');
const { useLanguage } = await import('../../../../web/src/ui/catalogue.js');
const { serverClock } = await import('../../../../web/src/ui/server-clock.js');

const level = (version: number): DutyLevelCard => ({
  id: 'level',
  centre: 'city',
  level: 1,
  terms: LEVEL_TERMS[1],
  state: 'active',
  version,
  from: AT,
  to: '2026-11-27T11:00:00.000Z',
});

beforeEach(async () => {
  fetchBoard.mockClear();
  useLanguage.setState({ language: 'zh-Hans' });
  useWall.setState({ levels: new Map() });
  serverClock.hear(Date.parse(AT));
  await act(async () => void render(<ShiftsView scope="city" />));
});
afterEach(cleanup);

it('a duty level that begins or ends has the plan looked at again at once', async () => {
  const before = fetchBoard.mock.calls.length;
  await act(async () => useWall.setState({ levels: new Map([['level', level(1)]]) }));
  expect(fetchBoard).toHaveBeenCalledTimes(before + 1);
  await act(async () => useWall.setState({ levels: new Map() }));
  expect(fetchBoard).toHaveBeenCalledTimes(before + 2);
});

it('a daily need that was changed has the plan looked at again at once', async () => {
  const before = fetchBoard.mock.calls.length;
  await act(async () => screen.getByText('need').click());
  expect(fetchBoard).toHaveBeenCalledTimes(before + 1);
});

it('a rest of no length is told by its moment, and a time by its two ends', () => {
  const lines = [...document.querySelectorAll('.conflict .soft')].map(({ textContent }) => textContent);
  expect(lines).toEqual(['19:00–21:00', '19:00']);
});
