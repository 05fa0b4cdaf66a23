import {
  type IncidentStatus,
  type Language,
  REPORT_STAGES,
  REPORT_WANTED,
  type ReportAction,
  type ReportBody,
  type ReportField,
  type ReportKind,
  sentName,
} from '@app/shared';
import { zoneOffsetMs } from '../clocks/wall-clock.js';
import { ruleFor, type Term, termFrom } from '../incidents/clock.rules.js';
import type { IncidentState } from '../incidents/incident-step.js';
import type { TimelineRow } from '../incidents/incident.table.js';
import type { Rulebook } from '../incidents/rulebook.js';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { ReportRow } from './report.repository.js';
import { FILE_WORDS } from './words.js';

/** Nothing but the final report follows. */
const isOver = (status: IncidentStatus): boolean => status === 'handled' || status === 'closed';

/** Which kinds may be begun, after these of the same incident: one first, then follow-ups, then one final. */
export function mayBegin(kind: ReportKind, earlier: readonly ReportRow[]): Decision<number> {
  const sent = earlier.filter(({ sentAt }) => sentAt !== null);
  const has = (one: ReportKind) => sent.some((report) => report.kind === one);
  if (kind === 'first' ? has('first') : !has('first') || has('final'))
    return refuse('report.illegal-step', { kind, sent: sent.map((report) => report.kind) });
  return accept(kind === 'follow-up' ? sent.filter((report) => report.kind === kind).length + 1 : 1);
}

/** What may be done next: a draft is written and sent by its own centre, a sent one acknowledged by the higher one. */
export function actionsOf(
  { state, to }: Pick<ReportRow, 'state' | 'to'>,
  { isOfSender, isOfReceiver }: { isOfSender: boolean; isOfReceiver: boolean },
): ReportAction[] {
  if (state === 'draft' && isOfSender) return ['edit', 'send'];
  return state === 'sent' && to !== null && isOfReceiver ? ['acknowledge'] : [];
}

/** The report after its body was changed. What was sent never changes. */
export function edited(report: ReportRow, body: ReportBody): Decision<ReportRow> {
  if (report.state !== 'draft')
    return refuse('report.illegal-step', { state: report.state, wanted: 'draft' });
  const trimmed = Object.fromEntries(Object.entries(body).map(([field, text]) => [field, text.trim()]));
  return accept({ ...report, body: trimmed, version: report.version + 1 });
}

export function sent(report: ReportRow, { by, at }: { by: string; at: number }): Decision<ReportRow> {
  if (report.state !== 'draft')
    return refuse('report.illegal-step', { state: report.state, wanted: 'draft' });
  const wanted: readonly ReportField[] = REPORT_WANTED[report.kind];
  const lacks = wanted.filter((field) => !report.body[field]?.trim());
  if (lacks.length > 0) return refuse('report.lacks', { fields: lacks });
  const next = { ...report, state: 'sent', sentAt: at, by, version: report.version + 1 } as const;
  return accept({ ...next, overdue: report.overdue || (report.dueAt !== null && at > report.dueAt) });
}

export function acknowledged(report: ReportRow, { by, at }: { by: string; at: number }): Decision<ReportRow> {
  if (report.state !== 'sent' || report.to === null)
    return refuse('report.illegal-step', { state: report.state, wanted: 'sent' });
  return accept({
    ...report,
    state: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: by,
    version: report.version + 1,
  });
}

/** A report whose clock starts now, with its due time and when it counts as about to be late; ms since 1970. */
export interface Wanted extends Term {
  readonly kind: ReportKind;
  readonly ordinal: number;
}

/** Which report comes next, and from when its time counts; ms since 1970. */
interface Next {
  readonly kind: ReportKind;
  readonly ordinal: number;
  readonly from: number;
}

/**
 * The report that comes next of an incident as it stands, wherever there is a limit for it. Nobody is made to report
 * what only the simulator touched, or what is told of the past.
 */
export function nextReport(
  { incident }: Pick<IncidentState, 'incident'>,
  reports: readonly ReportRow[],
): Next | null {
  const { status, recordedAt, simulated, imported } = incident;
  if (simulated || imported || status === 'reported' || status === 'rejected' || status === 'merged')
    return null;
  const done = reports.filter(({ sentAt }) => sentAt !== null);
  const last = done.at(-1);
  if (last?.kind === 'final') return null;
  if (!last) return { kind: 'first', ordinal: 1, from: recordedAt };
  if (isOver(status)) return { kind: 'final', ordinal: 1, from: incident.handledAt ?? incident.statusAt };
  const ordinal = done.filter(({ kind }) => kind === 'follow-up').length + 1;
  return { kind: 'follow-up', ordinal, from: last.sentAt ?? recordedAt };
}

/** The same with its due time; null where the city wants none of such an incident. */
export function wantedNext(
  state: Pick<IncidentState, 'incident'>,
  reports: readonly ReportRow[],
  book: Rulebook,
): Wanted | null {
  const next = nextReport(state, reports);
  if (!next) return null;
  const { kind, ordinal, from } = next;
  const term = termFrom(book, ruleFor(book, REPORT_STAGES[kind], state.incident), from);
  return term ? { kind, ordinal, ...term } : null;
}

/** What the record already says, in words; a person writes the rest. */
export function draftBody(
  kind: ReportKind,
  { incident }: IncidentState,
  {
    timeline,
    since,
    language,
    timeZone,
    centreName,
  }: {
    timeline: readonly TimelineRow[];
    /** Of a follow-up: when the report before was sent, ms since 1970. */
    since: number | null;
    language: Language;
    timeZone: string;
    centreName: string;
  },
): ReportBody {
  const words = FILE_WORDS[language];
  const when = (ms: number) => wallMinute(ms, timeZone);
  const lines = timeline
    .filter(({ recordedAt, action }) => action !== 'report' && (since === null || recordedAt > since))
    .map(({ occurredAt, action, callSign, reason, note, about }) =>
      [
        when(occurredAt),
        words.action[action as keyof typeof words.action] ?? action,
        sentName({ callSign, department: about?.department }, language),
        [reason, note].filter((text) => text !== null).join(words.listComma),
      ]
        .filter((part) => part)
        .join(' '),
    )
    .join('\n');
  const nature = [
    `${words.category[incident.category]} ${words.severityLevel[incident.severity]} ${words.severity[incident.severity]}`,
    incident.description,
  ];
  const place = [incident.place, centreName, `${incident.lng.toFixed(5)}, ${incident.lat.toFixed(5)}`];
  const all: ReportBody = {
    receivedAt: when(incident.recordedAt),
    source: words.source[incident.source],
    occurredAt: when(incident.occurredAt),
    place: place.filter((part) => part).join(words.listComma),
    nature: nature.filter((part) => part).join('\n'),
    measures: lines,
    progress: `${words.status[incident.status]}\n${lines}`.trim(),
    outcome: words.status[incident.status],
  };
  const wanted: Readonly<Record<ReportKind, readonly ReportField[]>> = {
    first: ['receivedAt', 'source', 'occurredAt', 'place', 'nature', 'measures'],
    'follow-up': ['progress'],
    final: ['nature', 'measures', 'outcome'],
  };
  return Object.fromEntries(wanted[kind].map((field) => [field, all[field] ?? '']));
}

/** A body without some words that were copied into it. */
export const withoutWords = (body: ReportBody, words: readonly string[]): ReportBody =>
  Object.fromEntries(
    Object.entries(body).map(([field, text]) => [
      field,
      words.reduce((left, word) => left.replaceAll(word, ''), text ?? ''),
    ]),
  );

/** `2026-11-24 08:05` on the clock of the city. */
export const wallMinute = (ms: number, timeZone: string): string =>
  new Date(ms + zoneOffsetMs(ms, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
