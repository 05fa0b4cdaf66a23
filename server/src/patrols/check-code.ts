import { createHmac } from 'node:crypto';
import { CODE_SLOT_S, type CodeKind } from '@app/shared';

/** A secret of a checkpoint. `until`: null for the one that holds now. Ms since 1970. */
export interface CodeSecret {
  readonly secret: Uint8Array;
  readonly from: number;
  readonly until: number | null;
}

export const SLOT_MS = CODE_SLOT_S * 1000;
/** How long after its time a rotating code is still known again, though it is not believed. */
const LOOK_BACK_MS = 24 * 3_600_000;
/** Crockford's, which leaves out what is misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Eight characters of 40 bits of HMAC-SHA-256 (RFC 2104) over a message in ASCII. */
function codeOf(secret: Uint8Array, message: string): string {
  const bits = createHmac('sha256', secret).update(message).digest().readUIntBE(0, 5);
  let rest = bits;
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code = `${ALPHABET[rest % 32] ?? ''}${code}`;
    rest = Math.floor(rest / 32);
  }
  return code;
}

export const slotAt = (at: number): number => Math.floor(at / SLOT_MS);
/** What a display shows during a slot of five minutes since 1970. */
export const rotatingCode = (secret: Uint8Array, slot: number): string => codeOf(secret, `slot:${slot}`);
/** What is printed, or stands in a tag. */
export const tagCode = (secret: Uint8Array): string => codeOf(secret, 'tag');

/** As it was meant by whoever typed it: without gaps, and what looks like a digit is one. */
const plainCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

export interface CodeFound {
  readonly kind: CodeKind;
  /** Whether it was the code at the time that is claimed; one of another slot is none. */
  readonly isOfTime: boolean;
}

/**
 * What a code was at a time that is claimed: a display may be a slot ahead or behind. One that a display showed at
 * another time of the day before `receivedAt` is known again, and is not of its time. Ms since 1970.
 */
export function findCode(
  typed: string,
  secrets: readonly CodeSecret[],
  { claimedAt, receivedAt }: { claimedAt: number; receivedAt: number },
): CodeFound | undefined {
  const code = plainCode(typed);
  const slot = slotAt(claimedAt);
  const held = secrets.filter(
    ({ from, until }) => from - SLOT_MS <= claimedAt && (until === null || claimedAt < until + SLOT_MS),
  );
  if (held.some(({ secret }) => [0, -1, 1].some((by) => rotatingCode(secret, slot + by) === code)))
    return { kind: 'rotating', isOfTime: true };
  if (held.some(({ secret }) => tagCode(secret) === code)) return { kind: 'tag', isOfTime: true };
  if (secrets.some(({ secret }) => tagCode(secret) === code)) return { kind: 'tag', isOfTime: false };
  const last = slotAt(receivedAt) + 1;
  for (let at = last; at >= slotAt(receivedAt - LOOK_BACK_MS); at--)
    if (secrets.some(({ secret }) => rotatingCode(secret, at) === code))
      return { kind: 'rotating', isOfTime: false };
  return undefined;
}
