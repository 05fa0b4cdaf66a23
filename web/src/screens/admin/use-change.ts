import { useState } from 'react';

export interface Change {
  readonly fault: unknown;
  readonly isBusy: boolean;
  /** Runs a request; true when it was done. */
  readonly run: (request: () => Promise<unknown>) => Promise<boolean>;
  readonly forgive: () => void;
}

/** One request at a time, with what came of it. `onDone` reads the list again. */
export function useChange(onDone: () => void): Change {
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const run = async (request: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFault(undefined);
    try {
      await request();
      onDone();
      return true;
    } catch (cause) {
      setFault(cause);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { fault, isBusy, run, forgive: () => setFault(undefined) };
}
