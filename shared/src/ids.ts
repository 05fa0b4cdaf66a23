import { z } from 'zod';

/** A UUIDv7 in lower case: minted in TypeScript, never by the database. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'expected a lower-case UUID');
export type Id = z.infer<typeof Id>;
export type CentreId = Id;
export type TeamId = Id;
export type IncidentId = Id;
export type AlertId = Id;
export type AccountId = Id;
/** A room of the wire: a centre's id, or a team's for a handheld. */
export type ScopeId = Id;

/**
 * UUIDv7 from an instant (ms since 1970) and ten random bytes (RFC 9562 §5.7).
 * @throws RangeError when fewer than ten bytes are given
 */
export function uuidv7(ms: number, random: Uint8Array): Id {
  if (random.length < 10) throw new RangeError(`uuidv7: 10 random bytes wanted, ${random.length} seen`);
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
