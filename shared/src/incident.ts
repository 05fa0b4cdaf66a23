import { z } from 'zod';
import { Assignment, AssignmentStep, DepartmentAssignment } from './assignment.js';
import { Category, Source } from './category.js';
import { ClockStage } from './clock-rule.js';
import { Course, OfferCard, Satisfaction, SupervisionCard, SupervisionTrigger } from './course.js';
import { EvidenceWanted } from './flow-rules.js';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { IncidentAction, IncidentStatus } from './incident-flow.js';
import { Names } from './names.js';
import { REASON_CHARS } from './reason.js';
import { IncidentLabel, READING_VIEWS } from './reading.js';
import { Severity } from './severity.js';
import { Instant } from './time.js';

/** Statuses in which an incident is out of the picture. */
export const ENDED_STATUSES: readonly IncidentStatus[] = ['closed', 'rejected', 'merged'];

const Told = {
  occurredAt: Instant.optional(),
  externalId: z.string().min(1).max(120).optional(),
};

/** A number to call back: digits, with what people write between them. */
const Phone = z
  .string()
  .regex(/^\+?[\d][\d\s()-]{3,22}\d$/, 'expected a telephone number of 5 to 25 characters');

/** Answer of `GET /api/incidents/:id/caller`. */
export const CallerPhone = z.object({ phone: z.string() });
export type CallerPhone = z.infer<typeof CallerPhone>;

/** Body of `POST /api/incidents`. */
export const IncidentReport = z.strictObject({
  category: Category,
  severity: Severity,
  lng: Lng,
  lat: Lat,
  place: z.string().max(120).optional(),
  description: z.string().max(4000).optional(),
  source: Source.optional(),
  label: IncidentLabel.optional(),
  /** Kept apart and sealed, told only to whoever handles it, erased some days after the end. */
  callerPhone: Phone.optional(),
  ...Told,
});
export type IncidentReport = z.infer<typeof IncidentReport>;

/**
 * Busy teams that a person sends all the same, and why. Of each the incidents that it is known to be on: one that was
 * bound to another meanwhile is refused once more.
 */
export const DispatchOverride = z.strictObject({
  teams: z
    .array(z.strictObject({ id: Id, incidents: z.array(Id).max(20) }))
    .min(1)
    .max(50),
  reason: z.string().trim().min(1).max(REASON_CHARS),
});
export type DispatchOverride = z.infer<typeof DispatchOverride>;

/** Body of `POST /api/incidents/:id/:action`. `derived` marks a step that an import concluded, not one that was told. */
export const IncidentStep = z.strictObject({
  version: z.number().int().positive(),
  team: Id.optional(),
  teams: z.array(Id).min(1).max(50).optional(),
  department: Id.optional(),
  departments: z.array(Id).min(1).max(20).optional(),
  /** Of `dispatch` alone. */
  override: DispatchOverride.optional(),
  reason: z.string().max(REASON_CHARS).optional(),
  note: z.string().max(2000).optional(),
  derived: z.boolean().optional(),
  centre: Id.optional(),
  offer: Id.optional(),
  until: Instant.optional(),
  satisfaction: Satisfaction.optional(),
  into: Id.optional(),
  /** What it should be instead. */
  category: Category.optional(),
  severity: Severity.optional(),
  /** What place and text should say; empty words for none, both numbers of a place or neither. */
  lng: Lng.optional(),
  lat: Lat.optional(),
  place: z.string().max(120).optional(),
  description: z.string().max(4000).optional(),
  ...Told,
});
export type IncidentStep = z.infer<typeof IncidentStep>;

export const Due = z.object({ stage: ClockStage, at: Instant, soonAt: Instant });
export type Due = z.infer<typeof Due>;

/**
 * What a wall may show of an open incident. No free text but the place, no caller. `simulated`: only the simulator has
 * touched it. Of a sensitive one the same is masked for everybody: category `other`, the middle of its grid, no place.
 */
export const IncidentCard = z.object({
  id: Id,
  number: z.string(),
  category: Category,
  severity: Severity,
  status: IncidentStatus,
  version: z.number().int(),
  centre: Id,
  lng: z.number(),
  lat: z.number(),
  grid: z.string().nullable(),
  place: z.string().nullable(),
  source: Source,
  since: Instant,
  statusAt: Instant,
  due: Due.nullable(),
  teams: z.array(z.object({ id: Id, step: AssignmentStep, at: Instant })),
  simulated: z.boolean(),
  /** Departments of the centre that are on it; only while there are any. */
  departments: z.array(z.object({ id: Id, step: AssignmentStep, at: Instant })).optional(),
  /** Only while there are any: waits for other centres' answers, and who helps. */
  offers: z.array(OfferCard).optional(),
  supervision: SupervisionCard.optional(),
  /** Only of a sensitive incident. */
  masked: z.literal(true).optional(),
});
export type IncidentCard = z.infer<typeof IncidentCard>;

const Corrected = z
  .object({
    place: z.string().nullable(),
    description: z.string().nullable(),
    lng: z.number(),
    lat: z.number(),
  })
  .partial();

export const TimelineEntry = z.object({
  id: Id,
  fact: z.string(),
  action: z.string(),
  team: Id.nullable(),
  callSign: z.string().nullable(),
  by: z.string(),
  occurredAt: Instant,
  recordedAt: Instant,
  reason: z.string().nullable(),
  note: z.string().nullable(),
  derived: z.boolean(),
  flags: z.array(z.string()),
  /** What else the step named: the centre it was meant for, an end, how satisfied somebody was. */
  about: z
    .object({
      centre: Id,
      until: Instant,
      satisfaction: Satisfaction,
      trigger: SupervisionTrigger,
      incident: Id,
      department: z.object({ id: Id, names: Names }),
      category: Category,
      severity: Severity,
      /** What it was before it was changed. */
      was: z.object({ category: Category, severity: Severity }),
      /** What place and text said before they were corrected. */
      corrected: Corrected,
    })
    .partial()
    .optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/**
 * The incident as HTTP answers it: as much as this caller may read, as `view` says, with `actions`, what it may do next.
 */
export const Incident = IncidentCard.extend({
  label: IncidentLabel.optional(),
  view: z.enum(READING_VIEWS).optional(),
  origin: Id,
  description: z.string().nullable(),
  externalId: z.string().nullable(),
  occurredAt: Instant,
  recordedAt: Instant,
  closedAt: Instant.nullable(),
  demo: z.boolean(),
  actions: z.array(IncidentAction),
  /** Next steps that would be this caller's too, were they not left to a higher level; only where there are any. */
  leftAbove: z.array(IncidentAction).optional(),
  assignments: z.array(Assignment),
  /** Only where departments were sent. */
  departmentAssignments: z.array(DepartmentAssignment).optional(),
  timeline: z.array(TimelineEntry),
  course: Course.optional(),
  /** Only where a caller's number is kept and this reader may have it told. */
  hasCaller: z.literal(true).optional(),
  /** Only where one of `actions` wants evidence. */
  evidence: z.array(EvidenceWanted).optional(),
});
export type Incident = z.infer<typeof Incident>;

/** An incident in a list: without its timeline. */
export const IncidentItem = Incident.omit({ timeline: true, hasCaller: true, evidence: true });
export type IncidentItem = z.infer<typeof IncidentItem>;

export const INCIDENT_LIST_LIMIT = 200;
const several = <Out>(one: z.ZodType<Out, string>) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(one).min(1));
const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
/**
 * Query of `GET /api/incidents`, newest report first. Lists are written with commas. `centre`: holders in its subtree.
 * `since` counts, `until` no longer does; both are about the report, their namesakes about acceptance and arrival.
 * `q`: words with spaces between, all of which stand in number, place, grid, text or call signs; in either script.
 * `late`: accepted, or arrived, after their clock had run out; `openAt`: reported by then and not closed.
 */
export const IncidentQuery = z.strictObject({
  status: several(IncidentStatus).optional(),
  category: several(Category).optional(),
  severity: several(z.string().transform(Number).pipe(Severity)).optional(),
  centre: Id.optional(),
  grid: z.string().max(20).optional(),
  q: z.string().min(1).max(80).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
  acceptedSince: Instant.optional(),
  acceptedUntil: Instant.optional(),
  arrivedSince: Instant.optional(),
  arrivedUntil: Instant.optional(),
  openAt: Instant.optional(),
  late: z.enum(['accept', 'arrive']).optional(),
  overdue: yesOrNo.optional(),
  open: yesOrNo.optional(),
  limit: z.coerce.number().int().min(1).max(INCIDENT_LIST_LIMIT).default(50),
  cursor: z.string().max(120).optional(),
});
export type IncidentQuery = z.infer<typeof IncidentQuery>;

/** A page of a list; `partial`: some incidents are not yet in the index that words are looked up in. */
export const IncidentPage = z.object({
  items: z.array(IncidentItem),
  next: z.string().nullable(),
  partial: z.boolean().optional(),
});
export type IncidentPage = z.infer<typeof IncidentPage>;
