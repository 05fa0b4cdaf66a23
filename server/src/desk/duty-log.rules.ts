import { type LogDraft, REFERRING_LOG_KINDS } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { LogSeen } from './duty-log.repository.js';

/**
 * Whether an entry may speak of the one it names: `done` settles a matter that is open, `correction` stands beside any,
 * the other kinds speak for themselves.
 */
export function checkRefers(
  { kind, refers }: Pick<LogDraft, 'kind' | 'refers'>,
  referred: LogSeen | null,
): Decision<null> {
  const isReferring = REFERRING_LOG_KINDS.includes(kind);
  if (!isReferring)
    return refers === undefined
      ? accept(null)
      : refuse('request.malformed', { field: 'refers', wanted: `none with ${kind}` });
  if (refers === undefined) return refuse('duty-log.refers-wanted', { kind });
  if (!referred) return refuse('duty-log.unknown', { id: refers });
  if (kind !== 'done') return accept(null);
  if (referred.kind !== 'matter')
    return refuse('duty-log.refers-wanted', { kind, seen: referred.kind, wanted: 'matter' });
  return referred.doneNumber === null
    ? accept(null)
    : refuse('duty-log.settled', { id: refers, by: referred.doneNumber });
}
