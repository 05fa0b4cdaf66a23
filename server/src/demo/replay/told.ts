import { AssignmentStep, Id, TEAM_ACTIONS } from '@app/shared';
import { z } from 'zod';
import type { RecordedStep } from './recorded.js';

/** What the replay reads of an incident. */
export const Answered = z.object({
  id: Id,
  version: z.number().int(),
  occurredAt: z.string(),
  category: z.string(),
  severity: z.number(),
  lng: z.number(),
  lat: z.number(),
  assignments: z.array(
    z.object({
      team: Id,
      callSign: z.string(),
      times: z.partialRecord(AssignmentStep, z.string()),
      flags: z.array(z.string()),
    }),
  ),
  timeline: z.array(
    z.object({ action: z.string(), team: Id.nullable(), occurredAt: z.string(), derived: z.boolean() }),
  ),
});
export type Answered = z.infer<typeof Answered>;

/** The step of an assignment that a recorded step is; the others are the incident's own. */
const ASSIGNED: Partial<Record<RecordedStep, AssignmentStep>> = { dispatch: 'dispatched', ...TEAM_ACTIONS };

/** When an incident says that a step was taken, ms since 1970; undefined where it was not told. */
export function toldAt(incident: Answered, step: RecordedStep, unit: string | null): number | undefined {
  if (step === 'report') return Date.parse(incident.occurredAt);
  const name = ASSIGNED[step];
  if (name === undefined) {
    const line = incident.timeline.find(({ action }) => action === step);
    return line && Date.parse(line.occurredAt);
  }
  const written = incident.assignments.find(({ callSign }) => callSign === unit)?.times[name];
  return written === undefined ? undefined : Date.parse(written);
}
