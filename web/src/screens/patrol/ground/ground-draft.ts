import {
  type Beat,
  type BeatPolygon,
  type BeatRing,
  type Checkpoint,
  CHECKPOINT_DEFAULTS,
  type CheckpointDraft,
  type LngLat,
  type Names,
} from '@app/shared';
import type { Ground } from '../../../link/ground.js';

interface BeatTerms {
  readonly centre: string;
  readonly names: Names;
  readonly ring: BeatRing;
  readonly polygon: BeatPolygon;
}
/** `beat` may be the key of one that is not saved yet. */
export type PointTerms = Readonly<CheckpointDraft>;

interface EditOf<Kind, Terms> {
  readonly kind: Kind;
  /** The version that was changed; 0: it is new. */
  readonly version: number;
  readonly isRemoved: boolean;
  readonly terms: Terms;
}
export type BeatEdit = EditOf<'beat', BeatTerms>;
export type PointEdit = EditOf<'point', PointTerms>;
export type Edit = BeatEdit | PointEdit;
/** What differs from the server, by the id of what is changed, or by a key of its own. */
export type Edits = ReadonlyMap<string, Edit>;

/** Edits with the way that led to them. `field`: what was written last; more of it is the same step. */
export interface Draft {
  readonly past: readonly Edits[];
  readonly edits: Edits;
  readonly future: readonly Edits[];
  readonly field: string | undefined;
}

export type DraftStep =
  | { readonly do: 'put'; readonly key: string; readonly edit: Edit; readonly field?: string }
  | { readonly do: 'undo' | 'redo' | 'discard' }
  /** Saved, or given up for what the server has: gone from every step, so that no undo brings it back. */
  | { readonly do: 'settle'; readonly key: string; readonly id?: string }
  | { readonly do: 'rebase'; readonly key: string; readonly version: number };

const MOST_STEPS = 200;
export const EMPTY_DRAFT: Draft = { past: [], edits: new Map(), future: [], field: undefined };

export function stepDraft(draft: Draft, step: DraftStep): Draft {
  const { past, edits, future, field } = draft;
  switch (step.do) {
    case 'put': {
      const next = new Map(edits);
      // What was never saved and is removed is as if it had not been.
      if (step.edit.isRemoved && step.edit.version === 0) next.delete(step.key);
      else next.set(step.key, step.edit);
      const mark = step.field === undefined ? undefined : `${step.key} ${step.field}`;
      const isSame = mark !== undefined && mark === field;
      return {
        past: isSame ? past : [...past.slice(-MOST_STEPS), edits],
        edits: next,
        future: [],
        field: mark,
      };
    }
    case 'undo': {
      const before = past.at(-1);
      if (!before) return draft;
      return { past: past.slice(0, -1), edits: before, future: [edits, ...future], field: undefined };
    }
    case 'redo': {
      const [after, ...rest] = future;
      if (!after) return draft;
      return { past: [...past, edits], edits: after, future: rest, field: undefined };
    }
    case 'discard':
      return { past: [...past.slice(-MOST_STEPS), edits], edits: new Map(), future: [], field: undefined };
    case 'settle':
      return everywhere(draft, (some) => settled(some, step.key, step.id));
    case 'rebase':
      return everywhere(draft, (some) => rebased(some, step.key, step.version));
  }
}

const everywhere = ({ past, edits, future }: Draft, change: (edits: Edits) => Edits): Draft => ({
  past: past.map(change),
  edits: change(edits),
  future: future.map(change),
  field: undefined,
});

function settled(edits: Edits, key: string, id: string | undefined): Edits {
  const next = new Map(edits);
  next.delete(key);
  // Places in a beat that has an id now belong to it by that.
  if (id !== undefined)
    for (const [other, edit] of next)
      if (edit.kind === 'point' && edit.terms.beat === key)
        next.set(other, { ...edit, terms: { ...edit.terms, beat: id } });
  return next;
}

function rebased(edits: Edits, key: string, version: number): Edits {
  const edit = edits.get(key);
  return edit ? new Map([...edits, [key, { ...edit, version }]]) : edits;
}

/** A beat or place as it is seen now: the server's, with what was changed. */
export type Shape = Edit & { readonly key: string; readonly isEdited: boolean; readonly mayChange: boolean };

const beatEdit = ({ centre, names, ring, polygon, version }: Beat): BeatEdit => ({
  kind: 'beat',
  version,
  isRemoved: false,
  terms: { centre, names, ring, polygon },
});

const pointEdit = (point: Checkpoint): PointEdit => {
  const { id: _id, name: _name, version, isClosed: _closed, mayChange: _may, ...terms } = point;
  return { kind: 'point', version, isRemoved: false, terms };
};

/** Everything that is there, saved or not, beats first; what is removed stays in it until that is saved. */
export function shapesOf({ beats, points }: Ground, edits: Edits): Shape[] {
  const of = (key: string, base: Edit, mayChange: boolean): Shape => {
    const edit = edits.get(key);
    return { ...(edit ?? base), key, isEdited: edit !== undefined, mayChange };
  };
  const known = new Set([...beats, ...points].map(({ id }) => id));
  const own = [...edits]
    .filter(([key]) => !known.has(key))
    .map(([key, edit]): Shape => ({ ...edit, key, isEdited: true, mayChange: true }));
  return [
    ...beats.map((beat) => of(beat.id, beatEdit(beat), beat.mayChange)),
    ...own.filter(({ kind }) => kind === 'beat'),
    ...points.map((point) => of(point.id, pointEdit(point), point.mayChange)),
    ...own.filter(({ kind }) => kind === 'point'),
  ];
}

export const newBeat = (centre: string, polygon: BeatPolygon, hans: string): BeatEdit => ({
  kind: 'beat',
  version: 0,
  isRemoved: false,
  terms: { centre, names: { hans, hant: '', en: '' }, ring: 'inner', polygon },
});

export const newPoint = (
  centre: string,
  [lng, lat]: LngLat,
  own: { hans: string; beat: string | null },
): PointEdit => ({
  kind: 'point',
  version: 0,
  isRemoved: false,
  terms: {
    centre,
    kind: 'checkpoint',
    beat: own.beat,
    names: { hans: own.hans, hant: '', en: '' },
    lng,
    lat,
    radiusM: CHECKPOINT_DEFAULTS.radiusM,
    dwellS: CHECKPOINT_DEFAULTS.dwellS,
    visits: { ...CHECKPOINT_DEFAULTS.visits },
    windows: [],
    forces: [],
    isGpsBlind: false,
  },
});

/** The edit of a shape as it stands, to be changed from there. */
export function editOf({ key: _key, isEdited: _edited, mayChange: _may, ...edit }: Shape): Edit {
  return edit;
}
