import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { cleanup, renderHook } from '@testing-library/react';
import type { QueueItem } from '../../../../web/src/link/handheld-queue.js';

// jsdom has no database; nothing is kept here.
jest.unstable_mockModule('../../../../web/src/link/handheld-box.js', () => ({ StoredBox: Object }));
const { useSync } = await import('../../../../web/src/screens/handheld/use-sync.js');
const { handheldSync, useHandheld } = await import('../../../../web/src/store/handheld.store.js');
const start = jest.spyOn(handheldSync, 'start');
const sync = jest.spyOn(handheldSync, 'sync');

beforeEach(() => {
  jest.useFakeTimers();
  start.mockResolvedValue();
  sync.mockReset().mockResolvedValue();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const calling = (account: string) => ({ account, refusal: null, command: { kind: 'sos' } }) as QueueItem;

it.each([
  ['its own crew', 'own', 10],
  ['another crew', 'another', 1],
])('asks in half a minute, with an unsent call for help of %s (%s), %d times', (_, account, times) => {
  const crew = { account: 'own', team: 'team', callSign: '甲01' };
  useHandheld.setState({ crew, queue: [calling(account)] });
  renderHook(() => useSync());
  sync.mockClear();
  jest.advanceTimersByTime(30_000);
  expect(sync).toHaveBeenCalledTimes(times);
});
