import type { ErrorCode, Id, IncidentAction, IncidentReport, Instant, TeamStatus } from '@app/shared';
import { HttpFault } from './http.js';

/** What a crew has done, to be told as soon as somebody can be told. */
export type Command =
  | { readonly kind: 'check-in'; readonly checkpoint: Id; readonly code: string; readonly at: Instant }
  | {
      readonly kind: 'step';
      readonly incident: Id;
      readonly number: string;
      readonly version: number;
      readonly action: IncidentAction;
      readonly at: Instant;
      /** Why it declines; machines of before kept none. */
      readonly reason?: string;
    }
  | { readonly kind: 'status'; readonly from: TeamStatus; readonly to: TeamStatus }
  | { readonly kind: 'report'; readonly report: IncidentReport }
  | {
      readonly kind: 'photo';
      /** The incident, or the report that waits to become one. */
      readonly incident: Id | null;
      readonly report: Id | null;
      readonly name: string;
      readonly type: string;
      readonly bytes: ArrayBuffer;
    }
  | { readonly kind: 'contest'; readonly visit: Id; readonly version: number; readonly note: string }
  | { readonly kind: 'sos'; readonly at: Instant; readonly place: { lng: number; lat: number } | null };

/** A command that waits on this machine. It is the account's that made it, and goes out as no other. */
export interface QueueItem {
  readonly id: Id;
  readonly order: number;
  readonly account: Id;
  readonly team: Id;
  readonly callSign: string;
  /** What it is about, in the words of the moment: a place, a number. */
  readonly about: string;
  readonly madeAt: Instant;
  readonly command: Command;
  /** Why the server did not take it; it stays until a person has read that. */
  readonly refusal: { readonly code: ErrorCode | 'unknown' } | null;
}

/**
 * What goes out next for an account: a call for help before everything else, then in the order in which it was made.
 * A photograph of a report waits until the report is an incident.
 */
export function nextToSend(items: readonly QueueItem[], account: Id): QueueItem | undefined {
  const open = items
    .filter((item) => item.account === account && item.refusal === null && !isHeld(item))
    .sort((a, b) => a.order - b.order);
  return open.find(({ command }) => command.kind === 'sos') ?? open[0];
}

const isHeld = ({ command }: QueueItem): boolean => command.kind === 'photo' && command.incident === null;

/** Whether the server has said no to it for good; anything else is tried again. */
export function isRefusal(fault: unknown): fault is HttpFault {
  if (!(fault instanceof HttpFault) || fault.retry || fault.code === 'unknown') return false;
  return fault.status >= 400 && fault.status < 500 && !isDoorShut(fault);
}

/** Whether nobody is signed in, or somebody else is. */
export const isDoorShut = (fault: unknown): boolean =>
  fault instanceof HttpFault &&
  (fault.status === 401 || fault.status === 423 || fault.code === 'session.another');
