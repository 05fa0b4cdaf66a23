import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { ConflictKind, PatrolPlanned } from '@app/shared';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as antd from 'antd';
import type { ReactNode } from 'react';

const NOTHING = () => undefined;
/** Tells its other end before the next turn. */
class Channel {
  readonly port1: { onmessage?: () => void } = {};
  readonly port2 = { postMessage: () => queueMicrotask(() => this.port1.onmessage?.()) };
}
// A form wants one; pages in tests have none.
Object.assign(globalThis, { MessageChannel: Channel });
// A window and its lists measure themselves, and here nothing has a size.
jest.unstable_mockModule('antd', () => ({
  ...antd,
  Modal: ({ children, footer }: { children: ReactNode; footer: ReactNode }) => (
    <>
      {children}
      {footer}
    </>
  ),
  // Whoever is asked for teams names one.
  Select: ({ onChange }: { onChange?: (teams: string[]) => void }) => (
    <button onClick={() => onChange?.(['team'])}>pick</button>
  ),
}));
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ settings: { timeZone: 'Asia/Shanghai' }, centres: new Map() }),
}));
const planned = jest.fn<() => Promise<PatrolPlanned>>();
jest.unstable_mockModule('../../../../web/src/link/patrol.js', () => ({ planShifts: planned }));
const { PlanForm } = await import('../../../../web/src/screens/patrol/plan-form.js');
const { CATALOGUE, useLanguage } = await import('../../../../web/src/ui/catalogue.js');
const { serverClock } = await import('../../../../web/src/ui/server-clock.js');

const text = CATALOGUE['zh-Hans'];
const day = () => screen.getByLabelText<HTMLInputElement>(text.patrol.firstDay);
const open = () => render(<PlanForm scope="city" onDone={NOTHING} onClose={NOTHING} />);

beforeEach(() => {
  // The PC is days behind, and where the city is the next day has begun.
  jest.useFakeTimers({ now: Date.parse('2026-11-20T00:00:00Z') });
  useLanguage.setState({ language: 'zh-Hans' });
  serverClock.doubt();
  serverClock.hear(Date.parse('2026-11-26T17:00:00Z'));
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

it('shifts are planned from the day that it is where the city is, by the clock of the server', () => {
  open();
  expect(day().value).toBe('2026-11-27');
});

it('a form that is open when the PC has slept stays open, with its day', async () => {
  open();
  serverClock.doubt();
  await act(() => jest.advanceTimersByTimeAsync(2_000));
  expect(day().value).toBe('2026-11-27');
});

const FROM = '2026-11-27T00:00:00.000Z';
const conflict = (kind: ConflictKind, i: number) => ({
  kind,
  team: 'team',
  from: FROM,
  to: FROM,
  shifts: [`${i}`],
});
const found = (kinds: readonly ConflictKind[]) =>
  planned.mockResolvedValue({ items: [], conflicts: kinds.map(conflict), isPreview: true });
// antd puts a space between two Chinese characters on a button.
const button = (name: string) =>
  screen.getByRole<HTMLButtonElement>('button', { name: new RegExp(Array.from(name).join('\\s*')) });
async function preview(): Promise<void> {
  const [pick] = screen.getAllByText('pick');
  if (pick) fireEvent.click(pick);
  await act(async () => void fireEvent.click(button(text.patrol.preview)));
  await act(() => jest.advanceTimersByTimeAsync(100));
}

it.each<[string, ConflictKind[], boolean]>([
  ['nothing in the way', [], false],
  ['what may be, seen', ['gap', 'short-rest', 'few-teams'], false],
  ['a team booked twice', ['gap', 'double-team'], true],
  ['a crew booked twice', ['double-crew'], true],
])('a plan with %s is written, or said before why not', async (_, kinds, isLocked) => {
  found(kinds);
  open();
  expect(button(text.patrol.writePlan).disabled).toBe(true);
  await preview();
  expect(button(text.patrol.writePlan).disabled).toBe(isLocked);
  expect(screen.queryByText(text.patrol.mayNotWrite(1)) !== null).toBe(isLocked);
});

it('what forbids a plan stands before what it may be written with, however much that is', async () => {
  found([...Array.from({ length: 20 }, () => 'short-rest' as const), 'double-team']);
  open();
  await preview();
  expect(screen.getAllByRole('listitem')[0]?.textContent).toContain(text.patrol.conflict['double-team']);
});
