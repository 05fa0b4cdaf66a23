import { createHash } from 'node:crypto';
import type { PictureItem, ScopeEntry } from '@app/shared';
import type { PrintedItem, ToldEntry } from './history.js';

/** JSON with its keys in order, so that two values that are equal read equal. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/** Differs when any byte of the value does. */
export const printOf = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64url').slice(0, 16);

export const printEntry = (entry: ScopeEntry): ToldEntry => ({
  seq: 'seq' in entry ? entry.seq : null,
  fact: entry.fact,
  kind: entry.kind,
  id: entry.id,
  version: entry.version,
  print: printOf(entry),
});

export const printItem = ({ kind, id, version, card }: PictureItem): PrintedItem => ({
  kind,
  id,
  version,
  print: printOf(card),
});
