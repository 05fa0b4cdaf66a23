import { toInstant } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { Correction, IncidentState, StepGiven } from './incident-step.js';
import type { IncidentRow } from './incident.table.js';
import { labelled } from './label.rules.js';
import type { Turn } from './turn.js';

type Said = Pick<IncidentRow, 'place' | 'description' | 'lng' | 'lat'>;

/**
 * Place or text were written down wrongly. What they said before stands in the timeline; duty and clocks stay: who has it
 * hands it on by an offer, and what it is changes by a proposal.
 */
export function correct({ incident }: IncidentState, step: StepGiven): Decision<Turn> {
  const { course } = incident;
  const told = Object.entries(saidIn(step.correction)) as [keyof Said, Said[keyof Said]][];
  const changed = told.filter(([field, value]) => incident[field] !== value);
  if (changed.length === 0)
    return refuse('incident.correction-wanted', {
      seen: told.map(([field]) => field),
      at: toInstant(step.now),
    });
  const was = Object.fromEntries(changed.map(([field]) => [field, incident[field]]));
  const row = { ...Object.fromEntries(changed), ...spotOf(incident, step) };
  return accept({ course, row, about: { corrected: was } });
}

function saidIn(correction: Correction | null): Partial<Said> {
  if (correction === null) return {};
  const { spot, ...words } = correction;
  return { ...words, ...(spot ? { lng: spot[0], lat: spot[1] } : {}) };
}

/** Grid, and what may be shown of a sensitive one, follow the place. */
function spotOf({ label }: IncidentRow, { correction, coarse, grid }: StepGiven): Partial<IncidentRow> {
  if (!correction?.spot || coarse === null) return {};
  return { grid, ...labelled(label, coarse) };
}
