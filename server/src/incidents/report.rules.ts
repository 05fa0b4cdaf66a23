import type { CentreId, IncidentId, IncidentReport, LngLat } from '@app/shared';
import { NO_CLOCK, startClock } from './clock.rules.js';
import { NEW_COURSE } from './course.js';
import type { Teller } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import { labelled } from './label.rules.js';
import type { Rulebook } from './rulebook.js';

export interface ReportGiven {
  readonly id: IncidentId;
  readonly report: IncidentReport;
  readonly centre: CentreId;
  readonly origin: CentreId;
  readonly grid: string | null;
  /** What may be shown of the place where it is sensitive. */
  readonly coarse: LngLat;
  readonly occurredAt: number;
  readonly now: number;
  readonly by: Teller;
  readonly book: Rulebook;
}

/** A new incident at version 1; number and audience are given by the command. */
export function report({
  id,
  report,
  centre,
  origin,
  grid,
  coarse,
  occurredAt,
  now,
  by,
  book,
}: ReportGiven): IncidentRow {
  const clock = by.isImport ? NO_CLOCK : startClock(book, 'accept', { ...report, centre }, now);
  return {
    id,
    number: '',
    category: report.category,
    severity: report.severity,
    status: 'reported',
    version: 1,
    centre,
    origin,
    former: [],
    guests: [],
    course: NEW_COURSE,
    lng: report.lng,
    lat: report.lat,
    grid,
    place: report.place?.trim() || null,
    description: report.description?.trim() || null,
    ...labelled(report.label ?? 'internal', coarse),
    source: by.team === undefined ? (report.source ?? 'phone') : 'patrol',
    reporter: by.account,
    reporterTeam: by.team ?? null,
    externalId: report.externalId ?? null,
    occurredAt,
    recordedAt: now,
    statusAt: occurredAt,
    acceptedAt: null,
    dispatchedAt: null,
    arrivedAt: null,
    handledAt: null,
    closedAt: null,
    ...clock,
    acceptDueAt: clock.dueAt,
    arriveDueAt: null,
    simulated: by.isSimulator,
    imported: by.isImport,
    demo: false,
    seenBy: [],
  };
}
