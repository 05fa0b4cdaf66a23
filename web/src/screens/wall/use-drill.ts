import type { Category, LngLat } from '@app/shared';
import { useCallback, useState } from 'react';
import { askRaw, newKey } from '../../link/http.js';

export interface Drill {
  /** The kind that waits for a place on the map. */
  readonly picking: Category | undefined;
  readonly fault: unknown;
  readonly pick: (category: Category | undefined) => void;
  /** Starts the exercise there. */
  readonly startAt: (place: LngLat) => void;
}

/** 演练: first the kind, then the place on the map. */
export function useDrill(): Drill {
  const [picking, setPicking] = useState<Category>();
  const [fault, setFault] = useState<unknown>();
  const pick = useCallback((category: Category | undefined) => {
    setFault(undefined);
    setPicking(category);
  }, []);
  const startAt = useCallback(
    ([lng, lat]: LngLat) => {
      const start = async () => {
        setPicking(undefined);
        try {
          await askRaw('/api/drill', {
            method: 'POST',
            body: { category: picking, lng, lat },
            key: newKey(),
          });
        } catch (thrown) {
          setFault(thrown);
        }
      };
      void start();
    },
    [picking],
  );
  return { picking, fault, pick, startAt };
}
