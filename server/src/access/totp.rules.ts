import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;
const DIGITS = 6;
/** A code counts one step early and one step late: clocks and fingers are slow. */
const DRIFT = 1;

/** The code of a time step (RFC 6238 with HMAC-SHA-1, truncated as in RFC 4226 §5.3). */
export function totp(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The time step that a code belongs to, or null for a wrong one and for one that was used before.
 * @param now ms since 1970
 * @param usedStep the last step that was used
 */
export function matchTotp(
  code: string,
  secret: Uint8Array,
  now: number,
  usedStep: number | null,
): number | null {
  const step = Math.floor(now / STEP_MS);
  for (let at = step - DRIFT; at <= step + DRIFT; at++)
    if (at > (usedStep ?? -1) && totp(secret, at) === code.trim()) return at;
  return null;
}

/** Base32 of RFC 4648 without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31);
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** @throws RangeError for a character that base32 does not have */
export function fromBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.toUpperCase().replace(/=+$/, '')) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError(`base32: '${character}' seen`);
    held = ((held << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) bytes.push((held >>> (bits -= 8)) & 0xff);
  }
  return Uint8Array.from(bytes);
}
