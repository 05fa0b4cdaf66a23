import { z } from 'zod';
import { Id } from './ids.js';
import { Names } from './names.js';
import { Instant } from './time.js';

/** How long a rotating code holds. */
export const CODE_SLOT_S = 300;
/** A check-in that comes later than this is kept and not believed. */
export const CHECK_IN_HOURS = 12;

/** `rotating`: shown by a display, it proves place and time; `tag`: printed or in an NFC tag, it proves the place alone. */
export const CODE_KINDS = ['rotating', 'tag'] as const;
export const CodeKind = z.enum(CODE_KINDS);
export type CodeKind = z.infer<typeof CodeKind>;

/**
 * Why a check-in is kept and not credited. `code`: not a code that the checkpoint had at that time; `time`: a time that
 * nobody can believe; `place`: the team's positions say that it was elsewhere; `unproven`: a printed code, and neither
 * we nor a position can say when.
 */
export const CHECK_IN_DOUBTS = ['code', 'time', 'place', 'unproven'] as const;
export const CheckInDoubt = z.enum(CHECK_IN_DOUBTS);
export type CheckInDoubt = z.infer<typeof CheckInDoubt>;

const PREFIX = 'xg1';

/** What a QR code or an NFC tag of a checkpoint says. */
export const codeText = (checkpoint: Id, code: string): string => `${PREFIX}:${checkpoint}:${code}`;

/** What was read from a code; undefined for one that is no checkpoint's. */
export function readCodeText(text: string): { checkpoint: Id; code: string } | undefined {
  const [prefix, checkpoint, code, ...rest] = text.trim().split(':');
  if (prefix !== PREFIX || !Id.safeParse(checkpoint).success || !code || rest.length > 0) return undefined;
  return { checkpoint: checkpoint ?? '', code };
}

/** Told once or many times: the same id is the same check-in. `at` is when the code was read. */
export const CheckInDraft = z.strictObject({
  id: Id,
  device: Id,
  checkpoint: Id,
  code: z.string().trim().min(1).max(40),
  at: Instant,
});
export type CheckInDraft = z.infer<typeof CheckInDraft>;

export const CheckIn = z.object({
  id: Id,
  checkpoint: Id,
  names: Names,
  at: Instant,
  receivedAt: Instant,
  /** Null: the code is of neither kind. */
  kind: CodeKind.nullable(),
  doubt: CheckInDoubt.nullable(),
});
export type CheckIn = z.infer<typeof CheckIn>;

/** With `rotate` the secret is a new one from now on: tags printed before it and displays are to be made anew. */
export const CodeAsk = z.strictObject({ rotate: z.boolean().default(false) });
export type CodeAsk = z.infer<typeof CodeAsk>;

const Shown = z.object({ code: z.string(), text: z.string(), svg: z.string() });
/** The codes of a checkpoint, to print and to set up its display by. `secret`: base64url of 32 bytes. */
export const CodeSheet = z.object({
  checkpoint: Id,
  names: Names,
  since: Instant,
  secret: z.string(),
  slotS: z.number().int(),
  tag: Shown,
  rotating: Shown.extend({ from: Instant, to: Instant }),
});
export type CodeSheet = z.infer<typeof CodeSheet>;
