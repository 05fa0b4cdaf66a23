import type { CentreId, FlowParty } from '@app/shared';
import type { IncidentRow } from './incident.table.js';

/** As what somebody stands to an incident, who may act for the centres that `mayAct` accepts. */
export function partiesHeld(
  { centre }: IncidentRow,
  mayAct: (centre: CentreId) => boolean,
): ReadonlySet<FlowParty> {
  const held = new Set<FlowParty>();
  if (mayAct(centre)) held.add('holder');
  return held;
}
