import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClockSettings, DeviationRules, FIRST_LIMITS, FlowRules } from '../../../../shared/src/index.js';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { VersionedDoors } from '../versioned-door.js';

jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ settings: { levels: [], timeZone: 'Asia/Shanghai' } }),
}));
const { ClocksTab } = await import('../../../../web/src/screens/admin/clocks-tab.js');
const { FlowRulesPanel } = await import('../../../../web/src/screens/admin/flow-rules-panel.js');
const { ReleasePanel } = await import('../../../../web/src/screens/admin/release-panel.js');
const { WatchTab } = await import('../../../../web/src/screens/admin/watch-tab.js');
const { serverClock } = await import('../../../../web/src/ui/server-clock.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');

const text = CATALOGUE['zh-Hans'];
const RULES = DeviationRules.parse({
  version: 3,
  rules: [{ kind: 'off-beat', level: null, force: null, mode: null, afterS: 600, clearS: 60, bound: 200 }],
});
const RULE = { stage: 'handle', level: null, category: null, severity: null, kind: 'workdays', value: 3 };
const POLICE = {
  force: 'police',
  positions: 'precise',
  strength: true,
  fullDays: null,
  keptDays: 30,
  version: 2,
};
const RELEASE = '/api/force-releases/police';
const CLOCKS = ClockSettings.parse({
  version: 5,
  hours: [[480, 720]],
  rules: [RULE],
  limits: FIRST_LIMITS,
  years: [],
});
const FLOW_RULES = FlowRules.parse({
  version: 1,
  evidence: [{ action: 'complete', category: null, what: 'photo', least: 1 }],
  levels: [],
});
let doors: VersionedDoors;

/** What was asked has been answered and drawn. */
const settle = () => act(() => jest.advanceTimersByTimeAsync(0));
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const value = () => screen.getByLabelText<HTMLInputElement>(text.flow.clocks.value);
const importCalendar = async () => {
  const file = { text: async () => '2026-10-01,holiday' };
  fireEvent.change(screen.getByLabelText(text.flow.clocks.file), { target: { files: [file] } });
  await settle();
};

beforeEach(() => {
  // The PC is a year behind, and where the city is another one has begun.
  jest.useFakeTimers({ now: Date.parse('2025-03-01T00:00:00Z') });
  serverClock.doubt();
  serverClock.hear(Date.parse('2026-12-31T17:00:00Z'));
  useLanguage.setState({ language: 'zh-Hans' });
  doors = new VersionedDoors();
  doors.put('/api/deviation-rules', RULES, 'deviation-rules.stale');
  doors.put(RELEASE, POLICE, 'release.stale');
  doors.answer('/api/force-releases', () => ({ items: [doors.at(RELEASE)] }));
  doors.put('/api/clocks', CLOCKS, 'clocks.stale');
  doors.answer('/api/calendars', () => {
    doors.change('/api/clocks', { years: [{ year: 2026, holidays: 1, workdays: 0 }] });
    return { year: 2026, days: [] };
  });
  globalThis.fetch = doors.fetch as unknown as typeof fetch;
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('something that is edited and written by version', () => {
  it('that could not be read at first is tried again, and is no fault any more once it was read', async () => {
    doors.isSilent = true;
    const { container } = render(<WatchTab />);
    await settle();
    const rules = () => container.querySelector('.clock-rules');
    expect(rules()).toBeNull();
    expect(screen.queryByRole('button', { name: text.wall.close })).toBeNull();
    doors.isSilent = false;
    for (const retry of screen.getAllByRole('button', { name: text.desk.retry })) fireEvent.click(retry);
    await settle();
    expect(rules()).not.toBeNull();
    expect(container.querySelector('.is-fault')).toBeNull();
  });

  it('is not saved over what somebody else saved, whatever was read again meanwhile', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    doors.change('/api/clocks', { rules: [{ ...RULE, value: 9 }] });
    await importCalendar();
    await press(text.desk.admin.save);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 9 }]);
    expect(value().value).toBe('7');

    await press(text.ground.keepMine);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 7 }]);
  });

  it('gives way to what somebody else saved when that is to stand', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    doors.change('/api/clocks', { rules: [{ ...RULE, value: 9 }] });
    await press(text.desk.admin.save);
    await press(text.ground.takeTheirs);
    expect(value().value).toBe('9');
    fireEvent.change(value(), { target: { value: '8' } });
    await press(text.desk.admin.save);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 8 }]);
  });

  it('shows what somebody else saved of the rest as soon as a save was refused for it', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    doors.change('/api/clocks', { years: [{ year: 2027, holidays: 2, workdays: 1 }] });
    await press(text.desk.admin.save);
    expect([value().value, screen.queryByText(text.flow.clocks.known(2027, 2, 1))]).toEqual([
      '7',
      expect.anything(),
    ]);
  });

  it('of the flow says why it cannot be saved', async () => {
    doors.put('/api/flow-rules', FLOW_RULES, 'flow-rules.stale');
    render(<FlowRulesPanel />);
    await settle();
    fireEvent.change(screen.getByLabelText(text.flow.rules.least), { target: { value: '99' } });
    expect(screen.getByText(text.deviation.rules.notYet(1))).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: text.desk.admin.save }).disabled).toBe(true);
  });

  it('is not made stale by a calendar that was taken in meanwhile', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    await importCalendar();
    expect(screen.getByText(text.flow.clocks.known(2026, 1, 0))).toBeDefined();
    await press(text.desk.admin.save);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 7 }]);
  });

  it('is asked for by force: what one releases stays as it is being written, whatever is read meanwhile', async () => {
    render(<ReleasePanel mine={['police']} />);
    await settle();
    const kept = () => screen.getByLabelText<HTMLInputElement>(text.patrol.keptDays);
    fireEvent.change(kept(), { target: { value: '5' } });
    doors.change(RELEASE, { keptDays: 20 });
    await act(() => jest.advanceTimersByTimeAsync(61_000));
    expect(kept().value).toBe('5');
    await press(text.desk.admin.save);
    expect(doors.at(RELEASE)['keptDays']).toBe(20);

    fireEvent.change(kept(), { target: { value: '31' } });
    expect(screen.getByText(text.patrol.daysFault.kept(30))).toBeDefined();
    expect(screen.queryByRole('button', { name: text.ground.keepMine })).toBeNull();
    fireEvent.change(kept(), { target: { value: '6' } });
    await press(text.ground.keepMine);
    expect(doors.at(RELEASE)).toMatchObject({ ...POLICE, keptDays: 6, version: 4 });
  });

  it('is not saved over what somebody else saved, though it was written on after that was read', async () => {
    render(<ReleasePanel mine={['police']} />);
    await settle();
    const write = (days: string) =>
      fireEvent.change(screen.getByLabelText(text.patrol.keptDays), { target: { value: days } });
    write('5');
    doors.change(RELEASE, { keptDays: 20 });
    await act(() => jest.advanceTimersByTimeAsync(61_000));
    write('7');
    await press(text.desk.admin.save);
    expect(doors.at(RELEASE)['keptDays']).toBe(20);
    await press(text.ground.keepMine);
    expect(doors.at(RELEASE)['keptDays']).toBe(7);
  });

  it('keeps what is written while a save goes on, and saves it over that', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    fireEvent.click(screen.getByRole('button', { name: text.desk.admin.save }));
    fireEvent.change(value(), { target: { value: '8' } });
    await settle();
    expect([doors.at('/api/clocks')['rules'], value().value]).toEqual([[{ ...RULE, value: 7 }], '8']);
    await press(text.desk.admin.save);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 8 }]);
  });

  it('is not sent with a number that the server would refuse', async () => {
    render(<ClocksTab />);
    await settle();
    const save = () => screen.getByRole<HTMLButtonElement>('button', { name: text.desk.admin.save });
    fireEvent.change(value(), { target: { value: '-1' } });
    expect(value().getAttribute('aria-invalid')).toBe('true');
    expect(save().disabled).toBe(true);
    fireEvent.change(value(), { target: { value: '2' } });
    const days = screen.getByLabelText<HTMLInputElement>(text.flow.clocks.limit.suspendDays);
    expect([days.min, days.max]).toEqual(['1', '365']);
    fireEvent.change(days, { target: { value: '' } });
    expect(days.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(text.deviation.rules.notYet(1))).toBeDefined();
    expect(save().disabled).toBe(true);
  });

  it('begins a calendar with the year that it is where the city is', async () => {
    render(<ClocksTab />);
    await settle();
    const year = screen.getByLabelText<HTMLInputElement>(text.flow.clocks.year);
    expect(year.value).toBe('2027');
    fireEvent.change(year, { target: { value: '' } });
    expect(screen.getByLabelText<HTMLInputElement>(text.flow.clocks.file).disabled).toBe(true);
  });
});
