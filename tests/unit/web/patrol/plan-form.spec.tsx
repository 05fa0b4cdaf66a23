import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
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
  Modal: ({ children }: { children: ReactNode }) => children,
  Select: () => null,
}));
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ settings: { timeZone: 'Asia/Shanghai' }, centres: new Map() }),
}));
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
