import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClockSettings, DeviationRules, FIRST_LIMITS } from '../../../../shared/src/index.js';
import { TextEncoder } from 'node:util';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { VersionedDoors } from '../versioned-door.js';

// The router wants one; pages in tests have none.
Object.assign(globalThis, { TextEncoder });
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ settings: { levels: [] } }),
}));
const { ClocksTab } = await import('../../../../web/src/screens/admin/clocks-tab.js');
const { WatchTab } = await import('../../../../web/src/screens/admin/watch-tab.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');

const text = CATALOGUE['zh-Hans'];
const RULES = DeviationRules.parse({
  version: 3,
  rules: [{ kind: 'off-beat', level: null, force: null, mode: null, afterS: 600, clearS: 60, bound: 200 }],
});
const RULE = { stage: 'handle', level: null, category: null, severity: null, kind: 'workdays', value: 3 };
const CLOCKS = ClockSettings.parse({
  version: 5,
  hours: [[480, 720]],
  rules: [RULE],
  limits: FIRST_LIMITS,
  years: [],
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
  jest.useFakeTimers();
  useLanguage.setState({ language: 'zh-Hans' });
  doors = new VersionedDoors();
  doors.put('/api/deviation-rules', RULES, 'deviation-rules.stale');
  doors.answer('/api/force-releases', () => ({ items: [] }));
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

  it('is not made stale by a calendar that was taken in meanwhile', async () => {
    render(<ClocksTab />);
    await settle();
    fireEvent.change(value(), { target: { value: '7' } });
    await importCalendar();
    expect(screen.getByText(text.flow.clocks.known(2026, 1, 0))).toBeDefined();
    await press(text.desk.admin.save);
    expect(doors.at('/api/clocks')['rules']).toEqual([{ ...RULE, value: 7 }]);
  });
});
