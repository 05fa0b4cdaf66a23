import { z } from 'zod';
import { Id } from './ids.js';
import { Category } from './category.js';
import type { ClockStage } from './clock-rule.js';
import { Language } from './names.js';
import { Severity } from './severity.js';
import { Instant } from './time.js';

/** 首报 · 续报 · 终报. */
export const REPORT_KINDS = ['first', 'follow-up', 'final'] as const;
export const ReportKind = z.enum(REPORT_KINDS);
export type ReportKind = z.infer<typeof ReportKind>;

/** `wanted`: its clock runs and nobody has begun it. */
export const REPORT_STATES = ['wanted', 'draft', 'sent', 'acknowledged'] as const;
export const ReportState = z.enum(REPORT_STATES);
export type ReportState = z.infer<typeof ReportState>;

/** What each kind says, in its order; a follow-up does not repeat the beginning. */
export const REPORT_FIELDS = {
  first: [
    'receivedAt',
    'source',
    'occurredAt',
    'place',
    'nature',
    'scope',
    'losses',
    'trend',
    'leaders',
    'measures',
    'advice',
  ],
  'follow-up': ['progress', 'scope', 'losses', 'trend', 'leaders', 'measures', 'advice'],
  final: ['nature', 'scope', 'losses', 'measures', 'outcome', 'advice'],
} as const satisfies Record<ReportKind, readonly string[]>;
export type ReportField = (typeof REPORT_FIELDS)[ReportKind][number];

/** What must not be empty when it is sent. */
export const REPORT_WANTED = {
  first: ['receivedAt', 'source', 'occurredAt', 'place', 'nature', 'measures'],
  'follow-up': ['progress', 'measures'],
  final: ['nature', 'losses', 'measures', 'outcome'],
} as const satisfies Record<ReportKind, readonly ReportField[]>;

const FIELD_KEYS = [...new Set(Object.values(REPORT_FIELDS).flat())] as [ReportField, ...ReportField[]];
export const ReportBody = z.partialRecord(z.enum(FIELD_KEYS), z.string().max(4000));
export type ReportBody = z.infer<typeof ReportBody>;

/** What every wall of its scopes may show of a report on its way: no free text. */
export const ReportCard = z.object({
  id: Id,
  version: z.number().int(),
  incident: Id,
  number: z.string(),
  category: Category,
  severity: Severity,
  kind: ReportKind,
  /** Of follow-ups, from 1. */
  ordinal: z.number().int(),
  state: ReportState,
  from: Id,
  to: Id.nullable(),
  dueAt: Instant.nullable(),
  /** When it begins to count as about to be late. */
  soonAt: Instant.nullable().optional(),
  /** Its clock ran out before it was sent. */
  overdue: z.boolean(),
  sentAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
});
export type ReportCard = z.infer<typeof ReportCard>;

export const REPORT_ACTIONS = ['edit', 'send', 'acknowledge'] as const;
export type ReportAction = (typeof REPORT_ACTIONS)[number];

/** The whole report; a draft is shown to its own centre alone. `actions` are what this caller may do next. */
export const Report = ReportCard.extend({
  body: ReportBody,
  by: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  actions: z.array(z.enum(REPORT_ACTIONS)),
});
export type Report = z.infer<typeof Report>;

/** Body of `POST /api/reports`: opens the draft that is written from the record, or answers the open one. */
export const ReportDraft = z.strictObject({
  incident: Id,
  kind: ReportKind,
  language: Language.default('zh-Hans'),
});
export type ReportDraft = z.infer<typeof ReportDraft>;

/** Body of `PATCH /api/reports/:id`. */
export const ReportChange = z.strictObject({ version: z.number().int().positive(), body: ReportBody });
export type ReportChange = z.infer<typeof ReportChange>;

/** Body of `POST /api/reports/:id/send` and `…/acknowledge`. */
export const ReportStep = z.strictObject({ version: z.number().int().positive() });
export type ReportStep = z.infer<typeof ReportStep>;

/** The stage whose limit each kind has. */
export const REPORT_STAGES = {
  first: 'report-first',
  'follow-up': 'report-follow-up',
  final: 'report-final',
} as const satisfies Record<ReportKind, ClockStage>;

export const REPORT_FORMATS = ['docx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
