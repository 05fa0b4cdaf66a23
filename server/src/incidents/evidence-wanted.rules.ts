import { countedBy, type EvidenceRule, evidenceRuleFor, flowRow } from '@app/shared';
import type { IncidentState, StepGiven } from './incident-step.js';

/** The evidence that a step wants of whoever takes it; undefined where none is wanted. */
export function evidenceWanted(
  { incident }: Pick<IncidentState, 'incident'>,
  { action, by, book }: Pick<StepGiven, 'action' | 'by' | 'book'>,
): EvidenceRule | undefined {
  // A recording tells what was done with what there was; nobody can photograph what is made up.
  if (by.isImport || by.isSimulator) return undefined;
  if (!flowRow(incident.status, action)?.hasEvidence) return undefined;
  return evidenceRuleFor(book.flow.evidence, action, incident.category);
}

/** What was seen and what was wanted, where a step lacks evidence. */
export function lackingEvidence(
  state: IncidentState,
  step: StepGiven,
): Readonly<Record<string, unknown>> | undefined {
  const rule = evidenceWanted(state, step);
  if (!rule) return undefined;
  const seen = countedBy(rule, step.evidence);
  const { action, what, least } = rule;
  return seen < least ? { action, seen: { [what]: seen }, wanted: { [what]: least } } : undefined;
}
