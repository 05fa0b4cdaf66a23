import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { act, cleanup, renderHook } from '@testing-library/react';
import { HttpFault } from '../../../../web/src/link/http.js';
import { useFetched } from '../../../../web/src/link/use-fetched.js';

const EVERY_MS = 30_000;
const unavailable = () => new HttpFault('service.unavailable', 503);
const read = jest.fn<() => Promise<string>>();

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0.999);
  read.mockReset();
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const opened = () => renderHook(() => useFetched({ subject: 'figures', everyMs: EVERY_MS, read }));
const passes = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

it('a page that was refused while the server was busy is whole a moment later', async () => {
  read.mockRejectedValueOnce(unavailable()).mockResolvedValue('figures');
  const { result } = opened();
  await passes(0);
  expect(result.current.fault).toBeInstanceOf(HttpFault);
  await passes(500);
  expect(result.current).toMatchObject({ value: 'figures', fault: undefined });
});

it('keeps what it had while it asks again, less and less often, never more seldom than it would anyway', async () => {
  read.mockResolvedValueOnce('figures').mockRejectedValue(unavailable());
  const { result } = opened();
  await passes(0);
  await passes(EVERY_MS);
  expect(result.current.value).toBe('figures');
  read.mockClear();
  await passes(EVERY_MS);
  // After 0.5, 1, 2, 4, 8 and 16 s at most, then every 30.
  const soon = read.mock.calls.length;
  expect(soon).toBeGreaterThan(3);
  expect(soon).toBeLessThan(7);
  read.mockClear();
  await passes(10 * EVERY_MS);
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(10);
  expect(read.mock.calls.length).toBeLessThan(13);
});

it('that was answered at last is asked as soon as at first when it fails anew', async () => {
  for (let i = 0; i < 4; i++) read.mockRejectedValueOnce(unavailable());
  read.mockResolvedValueOnce('figures').mockRejectedValueOnce(unavailable()).mockResolvedValue('later');
  const { result } = opened();
  await passes(7_500);
  expect(result.current.value).toBe('figures');
  await passes(EVERY_MS);
  expect(result.current).toMatchObject({ value: 'figures', fault: expect.any(HttpFault) });
  await passes(500);
  expect(result.current).toMatchObject({ value: 'later', fault: undefined });
});

it('what a try cannot change is asked again only when its time comes', async () => {
  read.mockRejectedValue(new HttpFault('scope.denied', 403));
  opened();
  await passes(EVERY_MS - 1);
  expect(read).toHaveBeenCalledTimes(1);
  await passes(1);
  expect(read).toHaveBeenCalledTimes(2);
});
