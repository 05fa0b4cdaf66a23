import { EVIDENCE_TYPES, type EvidenceType } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';

const DAY_MS = 86_400_000;

/** What it is by its first bytes, when that is allowed. */
export function allowedType(seen: string | undefined): Decision<EvidenceType> {
  const wanted = Object.keys(EVIDENCE_TYPES) as EvidenceType[];
  const type = wanted.find((known) => known === seen);
  return type ? accept(type) : refuse('evidence.type', { seen: seen ?? 'unknown', wanted });
}

/** A name to show and to save under: no path, no control characters, the ending that its content has. */
export function nameOf(told: string, type: EvidenceType): string {
  const [last = ''] = told.split(/[/\\]/).slice(-1);
  const plain = last.replaceAll(/[\p{C}"<>|:*?%;]/gu, '').trim();
  const stem = plain.replace(/\.[^.]{0,8}$/, '').replace(/^\.+/, '');
  return `${Array.from(stem).slice(0, 80).join('') || 'evidence'}.${EVIDENCE_TYPES[type]}`;
}

/** Until when evidence is kept: so many days after the incident ended (ms since 1970). */
export const keptUntil = (endedAt: number, days: number): number => endedAt + days * DAY_MS;
