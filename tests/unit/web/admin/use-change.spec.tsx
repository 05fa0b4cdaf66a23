import { describe, expect, it } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { HttpFault } from '../../../../web/src/link/http.js';
import { useChange } from '../../../../web/src/screens/admin/use-change.js';

describe('useChange', () => {
  it('reads the list again after a change that was made', async () => {
    let reads = 0;
    const { result } = renderHook(() => useChange(() => reads++));
    await act(async () => expect(await result.current.run(async () => 'done')).toBe(true));
    expect(reads).toBe(1);
    expect(result.current.fault).toBeUndefined();
  });

  it('keeps the refusal, leaves the list alone, and forgets it with the next try', async () => {
    let reads = 0;
    const { result } = renderHook(() => useChange(() => reads++));
    const refusal = new HttpFault('account.taken', 409);
    await act(async () => expect(await result.current.run(() => Promise.reject(refusal))).toBe(false));
    expect(result.current.fault).toBe(refusal);
    expect(reads).toBe(0);
    await act(async () => void (await result.current.run(async () => undefined)));
    expect(result.current.fault).toBeUndefined();
    expect(result.current.isBusy).toBe(false);
  });
});
