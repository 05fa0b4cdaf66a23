import { Category, DATUMS, Mode, Severity, Source } from '@app/shared';
import { z } from 'zod';
import { RECORDED_STEPS } from './recorded.js';
import { TimeZone } from './time-zone.js';

const Column = z.string().min(1);
const Step = z.enum(RECORDED_STEPS);

/** A choice by the value of a column: exact match, else the fallback. */
const chosenBy = <T extends z.ZodType>(value: T) =>
  z.strictObject({ column: Column.optional(), values: z.record(z.string(), value), fallback: value });

/**
 * How the columns (or JSON fields) of a recording are read. Either each row is one event and `kinds` says which step
 * its `columns.kind` means, or each row is one unit on one call and `times` says which column holds which step's time.
 */
export const Mapping = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.enum(['jsonl', 'csv']),
    delimiter: z.string().length(1).default(','),
    columns: z.strictObject({
      call: Column,
      lng: Column,
      lat: Column,
      time: Column.optional(),
      kind: Column.optional(),
      unit: Column.optional(),
      place: Column.optional(),
      area: Column.optional(),
      text: z.array(z.strictObject({ column: Column, label: z.string().default('') })).default([]),
    }),
    kinds: z.record(z.string(), Step).optional(),
    times: z.partialRecord(Step, Column).optional(),
    clock: z
      .strictObject({
        format: z.enum(['iso', 'us', 'epoch-s', 'epoch-ms']).default('iso'),
        zone: TimeZone,
      })
      .default({ format: 'iso', zone: 'UTC' }),
    datum: z.enum(DATUMS).default('wgs84'),
    category: chosenBy(Category),
    severity: chosenBy(Severity),
    source: chosenBy(Source),
    mode: chosenBy(Mode),
  })
  .refine(({ kinds, times }) => (kinds === undefined) !== (times === undefined), {
    error: 'either `kinds` (a row is one event) or `times` (a row is one unit on one call) is wanted',
  })
  .refine(({ kinds, columns }) => !kinds || (columns.kind && columns.time), {
    error: 'with `kinds`, columns.kind and columns.time are wanted',
  });
export type Mapping = z.infer<typeof Mapping>;

/** The mapping of San Francisco's fire calls as events (domain page §9); what has no other place is kept as text. */
export const FIRE_CALLS: Mapping = Mapping.parse({
  format: 'jsonl',
  columns: {
    call: 'call',
    time: 't',
    kind: 'ev',
    lng: 'lon',
    lat: 'lat',
    unit: 'unit',
    place: 'address',
    area: 'zip',
    text: [{ column: 'type' }, { column: 'group' }, { column: 'priority', label: 'priority' }],
  },
  kinds: {
    call_received: 'report',
    call_entered: 'accept',
    unit_dispatch: 'dispatch',
    unit_enroute: 'depart',
    unit_onscene: 'arrive',
    unit_transport: 'transport',
    unit_hospital: 'deliver',
    unit_available: 'clear',
  },
  clock: { format: 'iso', zone: 'America/Los_Angeles' },
  category: {
    column: 'type',
    values: {
      'Medical Incident': 'medical',
      Alarms: 'fire',
      'Structure Fire': 'fire',
      'Outside Fire': 'fire',
      'Vehicle Fire': 'fire',
      'Smoke Investigation (Outside)': 'fire',
      'Traffic Collision': 'traffic',
      'Gas Leak (Natural and LP Gases)': 'hazard',
      'Electrical Hazard': 'hazard',
      'Fuel Spill': 'hazard',
      'Odor (Strange / Unknown)': 'hazard',
      'Elevator / Escalator Rescue': 'infrastructure',
      'Assist Police': 'disorder',
    },
    fallback: 'other',
  },
  severity: { column: 'priority', values: { E: 2, '3': 3 }, fallback: 4 },
  source: { column: 'type', values: { Alarms: 'device' }, fallback: 'phone' },
  mode: { values: {}, fallback: 'vehicle' },
});
