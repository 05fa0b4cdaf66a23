import { expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useAfterPaint } from '../../../../web/src/ui/painted.js';

it('what may come a frame later waits until the page has been painted, and is the newest then', async () => {
  jest.useFakeTimers();
  const { result, rerender } = renderHook(({ value }) => useAfterPaint(value), {
    initialProps: { value: 1 },
  });
  rerender({ value: 2 });
  expect(result.current).toBe(1);
  rerender({ value: 3 });
  await act(() => jest.advanceTimersByTimeAsync(40));
  expect(result.current).toBe(3);
  jest.useRealTimers();
});
