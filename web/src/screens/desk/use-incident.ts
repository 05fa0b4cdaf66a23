import { Incident, type IncidentAction, type IncidentStep, type TimelineEntry } from '@app/shared';
import { useCallback, useEffect, useRef, useState } from 'react';
import { HttpFault, newKey } from '../../link/http.js';
import { fetchIncident, stepIncident } from '../../link/incidents.js';
import { useWall } from '../../store/wall.store.js';

const RETRY_MS = 3000;

/** Somebody else was faster: what was tried, what they did meanwhile, and who told it last. */
export interface Stale {
  readonly tried: IncidentAction;
  readonly missed: readonly TimelineEntry[];
  readonly changedBy: string | null;
  readonly changedAt: string | null;
}

type StepGiven = Omit<IncidentStep, 'version'>;

export interface OpenIncident {
  readonly incident: Incident | undefined;
  /** Why it could not be read, or why the last step was refused. */
  readonly fault: unknown;
  readonly stale: Stale | undefined;
  readonly pending: IncidentAction | undefined;
  /** Takes a step; undefined when it was refused, and `fault` or `stale` says why. */
  act(action: IncidentAction, given?: StepGiven): Promise<Incident | undefined>;
  forgive(): void;
  /** Reads it again, where nothing in the picture says that it has changed. */
  reread(): void;
}

/** One incident, whole, kept at what the live picture says; and the steps that the session takes with it. */
export function useIncident(id: string | undefined): OpenIncident {
  const liveVersion = useWall((wall) => (id === undefined ? undefined : wall.incidents.get(id)?.version));
  const [held, setHeld] = useState<Incident>();
  const [unread, setUnread] = useState<unknown>();
  const [fault, setFault] = useState<unknown>();
  const [stale, setStale] = useState<Stale>();
  const [pending, setPending] = useState<IncidentAction>();
  const [tries, setTries] = useState(0);
  const readTries = useRef(0);
  const keys = useRef(new Map<string, string>());
  // Steps that follow each other at once must see what the one before made, not what was last drawn.
  const newest = useRef<Incident>(undefined);
  const isActing = useRef(false);
  const incident = held?.id === id ? held : undefined;
  const isBehind = id !== undefined && (incident === undefined || incident.version !== liveVersion);

  const take = useCallback((fresh: Incident) => {
    const { current: old } = newest;
    if (old?.id === fresh.id && old.version > fresh.version) return;
    newest.current = fresh;
    setHeld(fresh);
    setUnread(undefined);
  }, []);

  useEffect(() => {
    setUnread(undefined);
    setFault(undefined);
    setStale(undefined);
  }, [id]);

  useEffect(() => {
    if (id === undefined || (!isBehind && readTries.current === tries)) return undefined;
    readTries.current = tries;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        take(await fetchIncident(id, stop.signal));
      } catch (cause) {
        if (stop.signal.aborted) return;
        setUnread(cause);
        if (cause instanceof HttpFault && cause.retry)
          timer = setTimeout(() => setTries((count) => count + 1), RETRY_MS);
      }
    };
    void read();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // An ended incident is in no picture: it is read once, and again when its version there changes.
  }, [id, liveVersion, tries, take]);

  const act = async (action: IncidentAction, given: StepGiven = {}): Promise<Incident | undefined> => {
    const { current: seen } = newest;
    if (!seen || seen.id !== id || isActing.current) return undefined;
    const body = { ...given, version: seen.version };
    isActing.current = true;
    setPending(action);
    setFault(undefined);
    setStale(undefined);
    try {
      const fresh = await stepIncident(seen.id, action, body, keyFor(keys.current, action, body));
      take(fresh);
      return fresh;
    } catch (cause) {
      const found = staleOf(cause, action, seen);
      if (found) {
        take(found.current);
        setStale(found.stale);
      } else setFault(cause);
      return undefined;
    } finally {
      isActing.current = false;
      setPending(undefined);
    }
  };

  const forgive = () => {
    setFault(undefined);
    setStale(undefined);
  };
  const reread = useCallback(() => setTries((count) => count + 1), []);
  return { incident, fault: fault ?? unread, stale, pending, act, forgive, reread };
}

/** The same step told again keeps its key, so that an answer that was lost does not do it twice. */
function keyFor(keys: Map<string, string>, action: IncidentAction, body: IncidentStep): string {
  const intention = JSON.stringify([action, body]);
  const key = keys.get(intention) ?? newKey();
  keys.set(intention, key);
  return key;
}

/** What a refusal for a stale version tells; undefined for any other. */
export function staleOf(
  cause: unknown,
  tried: IncidentAction,
  seen: Incident,
): { readonly stale: Stale; readonly current: Incident } | undefined {
  if (!(cause instanceof HttpFault) || cause.code !== 'incident.stale') return undefined;
  const current = Incident.safeParse(cause.detail['current']);
  if (!current.success) return undefined;
  const known = new Set(seen.timeline.map(({ id }) => id));
  const { changedBy, changedAt } = cause.detail;
  return {
    current: current.data,
    stale: {
      tried,
      missed: current.data.timeline.filter(({ id }) => !known.has(id)),
      changedBy: typeof changedBy === 'string' ? changedBy : null,
      changedAt: typeof changedAt === 'string' ? changedAt : null,
    },
  };
}
