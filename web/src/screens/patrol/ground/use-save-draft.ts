import { useRef, useState } from 'react';
import { changeBeat, changePoint, createBeat, createPoint } from '../../../link/ground.js';
import { HttpFault, newKey } from '../../../link/http.js';
import type { BeatEdit, PointEdit } from './ground-draft.js';
import { useGroundDraft } from './ground-draft.store.js';
import { shapeFault } from './shape-faults.js';

export interface SaveDraft {
  /** Why a shape was not saved, by its key. */
  readonly faults: ReadonlyMap<string, unknown>;
  readonly isBusy: boolean;
  readonly save: () => Promise<void>;
  readonly forgive: (key: string) => void;
}

/**
 * Saves what was changed, beats first, so that places can name them. What is refused stays in the draft with its reason;
 * where the server cannot be reached or wants a password, the rest waits too.
 */
export function useSaveDraft(onSaved: () => void): SaveDraft {
  const [faults, setFaults] = useState<ReadonlyMap<string, unknown>>(new Map());
  const [isBusy, setBusy] = useState(false);
  // A second try of the same words is the same intention: it makes nothing twice.
  const keys = useRef(new Map<string, string>());
  const keyOf = (body: unknown): string => {
    const print = JSON.stringify(body);
    const known = keys.current.get(print) ?? newKey();
    keys.current.set(print, known);
    return known;
  };

  const save = async () => {
    setBusy(true);
    const refused = new Map<string, unknown>();
    const order = [...useGroundDraft.getState().draft.edits].sort(
      ([, a], [, b]) => Number(a.kind === 'point') - Number(b.kind === 'point'),
    );
    for (const [key] of order) {
      // Read anew: a beat saved before this place has changed what the place names.
      const { draft, step } = useGroundDraft.getState();
      const edit = draft.edits.get(key);
      if (!edit || shapeFault(edit)) continue;
      try {
        const { id } = await (edit.kind === 'beat'
          ? saveBeat(key, edit, keyOf)
          : savePoint(key, edit, keyOf));
        step({ do: 'settle', key, id });
      } catch (cause) {
        refused.set(key, cause);
        if (!(cause instanceof HttpFault) || cause.retry || cause.status === 401) break;
      }
    }
    setFaults(refused);
    setBusy(false);
    onSaved();
  };
  const forgive = (key: string) => setFaults((held) => new Map([...held].filter(([other]) => other !== key)));
  return { faults, isBusy, save, forgive };
}

type KeyOf = (body: unknown) => string;

function saveBeat(
  key: string,
  { version, isRemoved, terms }: BeatEdit,
  keyOf: KeyOf,
): Promise<{ id: string }> {
  if (version === 0) return createBeat(terms, keyOf(terms));
  const { centre: _centre, ...changed } = terms;
  return changeBeat(key, isRemoved ? { version, isClosed: true } : { version, ...changed });
}

function savePoint(
  key: string,
  { version, isRemoved, terms }: PointEdit,
  keyOf: KeyOf,
): Promise<{ id: string }> {
  if (version === 0) return createPoint(terms, keyOf(terms));
  const { centre: _centre, ...changed } = terms;
  return changePoint(key, isRemoved ? { version, isClosed: true } : { version, ...changed });
}
