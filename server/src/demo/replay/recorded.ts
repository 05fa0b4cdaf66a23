import type { Category, IncidentAction, LngLat, Mode, Severity, Source } from '@app/shared';

/** What a recording may tell: a report, and every step that an incident or one of its units can take. */
export const RECORDED_STEPS = [
  'report',
  'accept',
  'dispatch',
  'acknowledge',
  'depart',
  'arrive',
  'transport',
  'deliver',
  'clear',
  'complete',
  'close',
] as const satisfies readonly (IncidentAction | 'report')[];
export type RecordedStep = (typeof RECORDED_STEPS)[number];

/** Steps of one unit; the others are the incident's own. */
export const UNIT_STEPS: ReadonlySet<RecordedStep> = new Set<RecordedStep>([
  'dispatch',
  'acknowledge',
  'depart',
  'arrive',
  'transport',
  'deliver',
  'clear',
]);

/** What the first row of a call says of the incident. */
export interface RecordedReport {
  readonly place: LngLat;
  readonly label: string | null;
  readonly area: string | null;
  readonly category: Category;
  readonly severity: Severity;
  readonly source: Source;
  /** Type, group, priority as they were written. */
  readonly text: string;
}

/** One thing that happened, as the recording tells it. */
export interface Recorded {
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly call: string;
  readonly step: RecordedStep;
  /** ms since 1970 */
  readonly at: number;
  readonly unit: string | null;
  readonly mode: Mode;
  readonly report: RecordedReport | null;
}

/** A line that could not be understood, and why. */
export interface Unread {
  readonly line: number;
  readonly reason: string;
}

export interface Recording {
  readonly rows: readonly Recorded[];
  readonly unread: readonly Unread[];
}
