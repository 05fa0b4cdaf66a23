import { type ClockRule, ClockSettings, type FlowLimits } from '@app/shared';
import { useEffect, useState } from 'react';
import { ask } from '../../link/http.js';

interface Edited {
  readonly rules?: ClockRule[];
  readonly limits?: FlowLimits;
}

/** What the city goes by, as it is being edited; the draft stays when saving is refused. */
export function useClocks() {
  const [kept, setKept] = useState<ClockSettings>();
  const [edited, setEdited] = useState<Edited>({});
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    ask('/api/clocks', ClockSettings, { signal: stop.signal }).then(setKept, (cause: unknown) => {
      if (!stop.signal.aborted) setFault(cause);
    });
    return () => stop.abort();
  }, [asked]);

  const save = async (): Promise<void> => {
    if (!kept) return;
    setBusy(true);
    setFault(undefined);
    try {
      const body = { version: kept.version, ...edited };
      setKept(await ask('/api/clocks', ClockSettings, { method: 'POST', body }));
      setEdited({});
    } catch (cause) {
      setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  return {
    draft: kept && { ...kept, rules: edited.rules ?? kept.rules, limits: edited.limits ?? kept.limits },
    isChanged: Object.keys(edited).length > 0,
    fault,
    isBusy,
    edit: (more: Edited) => setEdited((before) => ({ ...before, ...more })),
    save,
    reload: () => setAsked((count) => count + 1),
    forgive: () => setFault(undefined),
  };
}
