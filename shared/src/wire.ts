import { z } from 'zod';
import type { Role } from './account.js';
import type { ErrorCode } from './errors.js';
import { type CentreId, Id } from './ids.js';
import type { ScopeEntry } from './journal.js';
import type { FixesAnswer, FixReport } from './position.js';
import type { PictureItem } from './picture.js';
import type { Roster, RosterChange, RosterRuns } from './roster.js';

export const PROTOCOL = 1;

export const LANES = ['journal', 'positions'] as const;
export type Lane = (typeof LANES)[number];

/** How a screen wants to be told which team each slot is; one that asks for `runs` holds the journal's picture. */
export const ROSTER_FORMS = ['ids', 'runs'] as const;
export type RosterForm = (typeof ROSTER_FORMS)[number];

export const Join = z.strictObject({
  protocol: z.number().int(),
  scope: Id,
  cursor: z.string().max(60).optional(),
  lanes: z.array(z.enum(LANES)).optional(),
  roster: z.enum(ROSTER_FORMS).optional(),
});
export type Join = z.infer<typeof Join>;

export const Leave = z.strictObject({ scope: Id });
export type Leave = z.infer<typeof Leave>;
export const AskKeyframe = z.strictObject({ scope: Id });
export type AskKeyframe = z.infer<typeof AskKeyframe>;
export const ASIDE_LIMIT_BYTES = 4096;
/** What the server itself says, without a speaker: a centre's duty log has a new line, or one less to read. */
export const dutyLogTopic = (centre: CentreId): string => `duty-log:${centre}`;
/** Some visits that a centre may read were judged or decided anew; beats, checkpoints or plans of it have changed. */
export const VISITS_TOPIC = 'visits';
export const BEATS_TOPIC = 'beats';
export const Aside = z.strictObject({ scope: Id, topic: z.string().min(1).max(80), data: z.unknown() });
export type Aside = z.infer<typeof Aside>;

/**
 * What a screen found when its picture was not the server's: both fingerprints at a cursor, and the first entity in
 * which what it held differs from the snapshot that it was given instead; a version of null: not there.
 */
export const Difference = z.strictObject({
  scope: Id,
  cursor: z.string().max(60),
  ours: z.string().max(16),
  theirs: z.string().max(16),
  entity: z
    .strictObject({
      kind: z.string().max(40),
      id: z.string().max(60),
      ours: z.number().int().nullable(),
      theirs: z.number().int().nullable(),
    })
    .nullable(),
});
export type Difference = z.infer<typeof Difference>;

export interface Refusal {
  readonly ok: false;
  readonly error: { readonly code: ErrorCode; readonly detail: Readonly<Record<string, unknown>> };
}
export type Answer<T> = ({ readonly ok: true } & T) | Refusal;

export interface Joined {
  readonly scope: string;
  readonly cursor: string;
  readonly mode: 'snapshot' | 'resume';
  /** Every entity of the scope at `cursor`; only with mode `snapshot`. */
  readonly snapshot?: readonly PictureItem[];
  /** What the cursor asked for lacks, in order; only with mode `resume`. */
  readonly backlog?: readonly ScopeEntry[];
  /** In the form that was asked for. */
  readonly roster: Roster | RosterRuns;
  /** The digest at `cursor` and the server's clock, so that a screen is provable from its first moment. */
  readonly digest: string;
  readonly at: string;
}

export interface JournalBatch {
  readonly scope: string;
  readonly after: string;
  readonly cursor: string;
  readonly entries: readonly ScopeEntry[];
}

export interface Pulse {
  readonly scope: string;
  readonly cursor: string;
  readonly digest: string;
  readonly tick: number;
  readonly at: string;
}

export interface Notice {
  readonly code: 'draining' | 'signed-out' | 'scope-changed';
  readonly scope?: string;
  readonly detail?: string;
}

/** Who says an ephemeral word, as the server knows it: the account's login, never a person's name. */
export interface AsideSpeaker {
  readonly name: string;
  readonly role: Role;
  readonly centre: CentreId;
}

export interface AsideWord {
  readonly scope: string;
  readonly topic: string;
  readonly at: string;
  readonly data: unknown;
  readonly from?: AsideSpeaker;
}

export interface ServerToScreen {
  journal: (batch: JournalBatch) => void;
  positions: (frame: Uint8Array) => void;
  roster: (roster: Roster | RosterChange) => void;
  pulse: (pulse: Pulse) => void;
  aside: (word: AsideWord) => void;
  notice: (notice: Notice) => void;
}

export interface ScreenToServer {
  join: (ask: Join, ack: (answer: Answer<Joined>) => void) => void;
  leave: (ask: { scope: string }, ack: (answer: Answer<object>) => void) => void;
  keyframe: (ask: { scope: string }, ack: (answer: Answer<object>) => void) => void;
  aside: (word: Aside, ack: (answer: Answer<object>) => void) => void;
  difference: (found: Difference, ack: (answer: Answer<object>) => void) => void;
}

export interface DeviceToServer {
  fixes: (batch: readonly FixReport[] | Uint8Array, ack: (answer: Answer<FixesAnswer>) => void) => void;
}
