import type { PictureItem } from '@app/shared';

/** An entry as a client was told it, or as it should have been: what it is, and a print of every byte of it. */
export interface ToldEntry {
  /** Null for a scope that no longer sees the entity: it is told no number. */
  readonly seq: number | null;
  readonly fact: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly print: string;
}

/** What a client was told, in the order in which it came. `at`: ms since 1970. */
export type ClientStep = { readonly at: number } & (
  | { readonly did: 'connected' | 'lost'; readonly why: string }
  | {
      readonly did: 'snapshot';
      /** The cursor it asked with; null when it wanted the whole picture. */
      readonly asked: string | null;
      readonly cursor: string;
      readonly digest: string;
      readonly items: readonly PrintedItem[];
    }
  | {
      readonly did: 'entries';
      readonly how: 'resume' | 'journal';
      readonly after: string;
      readonly cursor: string;
      readonly entries: readonly ToldEntry[];
      /** Of a resume: the server's digest at `cursor`. */
      readonly digest?: string;
    }
  | { readonly did: 'proof'; readonly cursor: string; readonly digest: string }
  | { readonly did: 'roster'; readonly cursor: string; readonly teams: readonly string[] }
  /** A promise of the wire that the client itself saw broken. */
  | { readonly did: 'complaint'; readonly why: string }
);

export interface PrintedItem {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly print: string;
}

export interface ClientHistory {
  readonly name: string;
  readonly scope: string;
  readonly steps: readonly ClientStep[];
  /** What it holds at the end. */
  readonly last: {
    readonly cursor: string | null;
    readonly digest: string;
    readonly items: readonly PictureItem[];
    readonly positions: Readonly<Record<string, readonly [number, number]>>;
  };
}

/**
 * Something a writer asked for. `acknowledged`: the server said that it is done. `refused`: it said that it is not.
 * `unknown`: nobody answered, so that it may have happened once or not at all.
 */
export interface Write {
  readonly at: number;
  readonly door: 'report' | 'step' | 'team' | 'fix';
  /** What makes it one write: the key it was sent with, or the device and moment of a fix. */
  readonly key: string;
  readonly kind: 'incident' | 'team' | 'device';
  /** The entity; null while nobody has answered which it is. */
  readonly id: string | null;
  /** The version that the answer named; of an unanswered step the one that it would have made. */
  readonly version: number | null;
  readonly fate: 'acknowledged' | 'refused' | 'unknown';
  readonly answeredAt: number | null;
}

export interface FaultDone {
  readonly kind: string;
  readonly target: string;
  readonly from: number;
  readonly to: number;
  /** What the fault itself had to show and did not. */
  readonly broken?: string;
}

/** Everything that was acknowledged, applied and broken in one run. */
export interface History {
  readonly clients: readonly ClientHistory[];
  readonly writes: readonly Write[];
  readonly faults: readonly FaultDone[];
}

export const seqOf = (cursor: string): number => Number(cursor.split('.')[0]);
export const markOf = (cursor: string): number => Number(cursor.split('.')[1]);
