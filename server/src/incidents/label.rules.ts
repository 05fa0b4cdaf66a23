import type { IncidentCard, IncidentLabel, LngLat } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { IncidentState, StepGiven } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import type { Turn } from './turn.js';

type Labelled = Pick<IncidentRow, 'label' | 'coarseLng' | 'coarseLat'>;
type Mask = Pick<IncidentCard, 'category' | 'lng' | 'lat' | 'place' | 'masked'>;

/** The label with the coarse place that it wants. */
export const labelled = (label: IncidentLabel, [coarseLng, coarseLat]: LngLat): Labelled =>
  label === 'sensitive' ? { label, coarseLng, coarseLat } : INTERNAL;

const INTERNAL: Labelled = { label: 'internal', coarseLng: null, coarseLat: null };

/** From here on whoever may not read it whole sees its masked card, and nobody a word of it on a wall. */
export function seal({ incident }: IncidentState, { action, coarse }: StepGiven): Decision<Turn> {
  const { course, status, label } = incident;
  if (label === 'sensitive' || coarse === null)
    return refuse('incident.illegal-step', { from: status, action, label });
  return accept({ course, row: labelled('sensitive', coarse) });
}

export function unseal({ incident }: IncidentState, { action }: StepGiven): Decision<Turn> {
  const { course, status, label } = incident;
  if (label === 'internal') return refuse('incident.illegal-step', { from: status, action, label });
  return accept({ course, row: INTERNAL });
}

/** What stands on the card of a sensitive incident instead; undefined for any other. The same for everybody. */
export function maskOf({ label, coarseLng, coarseLat }: Labelled): Mask | undefined {
  if (label !== 'sensitive' || coarseLng === null || coarseLat === null) return undefined;
  return { category: 'other', lng: coarseLng, lat: coarseLat, place: null, masked: true };
}

/** The category that may be shown, and counted by. */
export const shownCategory = (incident: Pick<IncidentRow, 'label' | 'category'>): IncidentRow['category'] =>
  incident.label === 'sensitive' ? 'other' : incident.category;

/** An incident that another one was merged into is as sensitive as that one. */
export const heirLabel = (gone: IncidentRow, kept: IncidentRow): Partial<Labelled> =>
  gone.label === 'sensitive' && kept.label === 'internal'
    ? { label: gone.label, coarseLng: gone.coarseLng, coarseLat: gone.coarseLat }
    : {};
