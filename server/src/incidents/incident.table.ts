import type {
  AccountId,
  AssignmentStep,
  Category,
  CentreId,
  ClockStage,
  Id,
  IncidentAction,
  IncidentId,
  IncidentLabel,
  IncidentStatus,
  Names,
  ScopeId,
  Severity,
  Source,
  TeamId,
  TimelineEntry,
} from '@app/shared';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { msColumn } from '../platform/ms-column.js';
import { type Course, NEW_COURSE } from './course.js';

/** An incident as it is kept. Instants are ms since 1970; each `…At` of a stage is never before that of the stage before. */
export interface IncidentRow {
  readonly id: IncidentId;
  readonly number: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly version: number;
  /** Holder, then whose report it was, then who held it before. All of them with their ancestors see it. */
  readonly centre: CentreId;
  readonly origin: CentreId;
  readonly former: readonly CentreId[];
  /** Centres that the course makes parties: `guestsOf(course)`. */
  readonly guests: readonly CentreId[];
  readonly course: Course;
  readonly lng: number;
  readonly lat: number;
  readonly grid: string | null;
  readonly place: string | null;
  readonly description: string | null;
  readonly label: IncidentLabel;
  /** What a card shows of the place of a sensitive incident: the middle of its grid. */
  readonly coarseLng: number | null;
  readonly coarseLat: number | null;
  readonly source: Source;
  readonly reporter: AccountId;
  /** The team whose handheld told it: it sees it until it is closed. */
  readonly reporterTeam: TeamId | null;
  readonly externalId: string | null;
  /** When it was reported in the world, and when we wrote that down. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly statusAt: number;
  readonly acceptedAt: number | null;
  readonly dispatchedAt: number | null;
  readonly arrivedAt: number | null;
  readonly handledAt: number | null;
  readonly closedAt: number | null;
  /** The clock that runs now. */
  readonly dueStage: ClockStage | null;
  readonly dueAt: number | null;
  readonly soonAt: number | null;
  /** What the first acceptance and the first arrival were measured against; null where no clock ran. */
  readonly acceptDueAt: number | null;
  readonly arriveDueAt: number | null;
  /** Only the simulator has reported and touched it. */
  readonly simulated: boolean;
  /** Told by an import: no clock ever runs. */
  readonly imported: boolean;
  readonly demo: boolean;
  readonly seenBy: readonly ScopeId[];
}

/** A department as it was sent: whose it is, and what it was called. */
export interface DepartmentSent {
  readonly id: Id;
  readonly centre: CentreId;
  readonly names: Names;
}

/** One sending of one team, or of one department of a centre. `times` are as told, in ms, and may be out of order: `flags` says so. */
export interface AssignmentRow {
  readonly id: Id;
  readonly incident: IncidentId;
  /** Counts the assignments of an incident from 0. */
  readonly position: number;
  /** Null where a department was sent; then `callSign` is its name. */
  readonly team: TeamId | null;
  readonly department: DepartmentSent | null;
  readonly callSign: string;
  readonly step: AssignmentStep;
  readonly times: Readonly<Partial<Record<AssignmentStep, number>>>;
  readonly flags: readonly string[];
  /** The incident that it was made for, where that was merged into this one. */
  readonly movedFrom: IncidentId | null;
  readonly openedAt: number;
  readonly endedAt: number | null;
}

/** What a folder below writes into a timeline, beside the steps of the flow. */
export type NoteAction = 'tick' | 'untick';
/** Words of it were erased by hand. */
type EraseAction = 'erase-text';
/** A team of it was sent to another incident too. */
type ShareAction = 'share-team';
/** What a merge and its taking back are for the incident that stays. */
export type MergeAction = 'absorb' | 'release';

export interface TimelineRow {
  readonly id: Id;
  readonly incident: IncidentId;
  /** The version that the incident had after it, and the place among the entries of that version. */
  readonly version: number;
  readonly position: number;
  readonly fact: string;
  readonly action: IncidentAction | NoteAction | MergeAction | EraseAction | ShareAction | 'report';
  readonly team: TeamId | null;
  readonly callSign: string | null;
  /** Null: the product itself. */
  readonly byAccount: AccountId | null;
  readonly byName: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly derived: boolean;
  readonly flags: readonly string[];
  readonly externalId: string | null;
  readonly about: NonNullable<TimelineEntry['about']> | null;
}

/** Rows of before a part of the course was known have it as a new incident does. */
const courseColumn = {
  from: (kept: Partial<Course>): Course => ({ ...NEW_COURSE, ...kept }),
  to: (course: Course): Course => course,
};

const uuid = { type: 'uuid' } as const;
const text = { type: 'text' } as const;
const flag = { type: 'boolean' } as const;
const instant = (name: string): EntitySchemaColumnOptions => ({
  type: 'timestamptz',
  name,
  nullable: true,
  transformer: msColumn,
});

export const incidentTable = new EntitySchema<IncidentRow>({
  name: 'incident',
  columns: {
    id: { ...uuid, primary: true },
    number: text,
    category: text,
    severity: { type: 'smallint' },
    status: text,
    version: { type: 'int' },
    centre: uuid,
    origin: uuid,
    former: { ...uuid, array: true },
    guests: { ...uuid, array: true },
    course: { type: 'jsonb', transformer: courseColumn },
    lng: { type: 'float8' },
    lat: { type: 'float8' },
    grid: { ...text, nullable: true },
    place: { ...text, nullable: true },
    description: { ...text, nullable: true },
    label: text,
    coarseLng: { type: 'float8', name: 'coarse_lng', nullable: true },
    coarseLat: { type: 'float8', name: 'coarse_lat', nullable: true },
    source: text,
    reporter: uuid,
    reporterTeam: { ...uuid, name: 'reporter_team', nullable: true },
    externalId: { ...text, name: 'external_id', nullable: true },
    occurredAt: instant('occurred_at'),
    recordedAt: instant('recorded_at'),
    statusAt: instant('status_at'),
    acceptedAt: instant('accepted_at'),
    dispatchedAt: instant('dispatched_at'),
    arrivedAt: instant('arrived_at'),
    handledAt: instant('handled_at'),
    closedAt: instant('closed_at'),
    dueStage: { ...text, name: 'due_stage', nullable: true },
    dueAt: instant('due_at'),
    soonAt: instant('soon_at'),
    acceptDueAt: instant('accept_due_at'),
    arriveDueAt: instant('arrive_due_at'),
    simulated: flag,
    imported: flag,
    demo: flag,
    seenBy: { ...uuid, name: 'seen_by', array: true },
  },
});

export const assignmentTable = new EntitySchema<AssignmentRow>({
  name: 'assignment',
  columns: {
    id: { ...uuid, primary: true },
    incident: uuid,
    position: { type: 'int' },
    team: { ...uuid, nullable: true },
    department: { type: 'jsonb', nullable: true },
    callSign: { ...text, name: 'call_sign' },
    step: text,
    times: { type: 'jsonb' },
    flags: { ...text, array: true },
    movedFrom: { ...uuid, name: 'moved_from', nullable: true },
    openedAt: instant('opened_at'),
    endedAt: instant('ended_at'),
  },
});

export const timelineTable = new EntitySchema<TimelineRow>({
  name: 'timeline',
  columns: {
    id: { ...uuid, primary: true },
    incident: uuid,
    version: { type: 'int' },
    position: { type: 'int' },
    fact: text,
    action: text,
    team: { ...uuid, nullable: true },
    callSign: { ...text, name: 'call_sign', nullable: true },
    byAccount: { ...uuid, name: 'by_account', nullable: true },
    byName: { ...text, name: 'by_name' },
    occurredAt: instant('occurred_at'),
    recordedAt: instant('recorded_at'),
    reason: { ...text, nullable: true },
    note: { ...text, nullable: true },
    derived: flag,
    flags: { ...text, array: true },
    externalId: { ...text, name: 'external_id', nullable: true },
    about: { type: 'jsonb', nullable: true },
  },
});

export const INCIDENT_TABLES = [incidentTable, assignmentTable, timelineTable];
