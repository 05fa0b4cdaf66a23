import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type AsideWord, VISITS_TOPIC } from '@app/shared';
import { cleanup, renderHook } from '@testing-library/react';
import type { LinkOptions } from '../../../../web/src/link/live-link.js';
import type { QueueItem } from '../../../../web/src/link/handheld-queue.js';

// jsdom has no database; nothing is kept here.
jest.unstable_mockModule('../../../../web/src/link/handheld-box.js', () => ({ StoredBox: Object }));
const links: LinkOptions[] = [];
jest.unstable_mockModule('../../../../web/src/link/live-link.js', () => ({
  LiveLink: class {
    readonly start = () => undefined;
    readonly stop = () => undefined;
    constructor(options: LinkOptions) {
      links.push(options);
    }
  },
}));
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

it('asks at once when the server says that its visits have changed, and not because a colleague says so', () => {
  useHandheld.setState({ crew: { account: 'own', team: 'team', callSign: '甲01' }, queue: [], door: 'open' });
  renderHook(() => useSync());
  sync.mockClear();
  const hear = (part: Partial<AsideWord>) =>
    links.at(-1)?.listener.aside?.({ scope: 'team', topic: VISITS_TOPIC, at: '', data: null, ...part });
  hear({ from: { name: '甲', role: 'duty', centre: 'c' } });
  hear({ topic: 'beats' });
  expect(sync).not.toHaveBeenCalled();
  hear({});
  expect(sync).toHaveBeenCalledTimes(1);
});
