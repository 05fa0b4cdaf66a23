import type { Candidates } from '@app/shared';
import { useEffect, useState } from 'react';
import { fetchCandidates } from '../../link/incidents.js';
import { useWall } from '../../store/wall.store.js';
import { serverClock } from '../../ui/server-clock.js';

const EVERY_MS = 10_000;
/** Teams move their status in bursts: one question for all of them. */
const SETTLE_MS = 400;

export interface OpenCandidates {
  readonly candidates: Candidates | undefined;
  readonly fault: unknown;
}

/** Who could go to an incident, asked anew every ten seconds and whenever a team's status moves. */
export function useCandidates(id: string | undefined): OpenCandidates {
  const teams = useWall((wall) => wall.teams);
  const [found, setFound] = useState<{ id: string; candidates: Candidates }>();
  const [fault, setFault] = useState<unknown>();

  useEffect(() => {
    if (id === undefined) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const candidates = await fetchCandidates(id, stop.signal);
        serverClock.hear(Date.parse(candidates.at));
        setFound({ id, candidates });
        setFault(undefined);
      } catch (cause) {
        if (!stop.signal.aborted) setFault(cause);
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void look(), EVERY_MS);
    };
    timer = setTimeout(() => void look(), found?.id === id ? SETTLE_MS : 0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // What was found does not ask again.
  }, [id, teams]);

  return { candidates: found?.id === id ? found?.candidates : undefined, fault };
}
