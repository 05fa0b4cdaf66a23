import { Equipment, type EquipmentChange, type EquipmentItem, type Id, USUAL_EQUIPMENT } from '@app/shared';
import type { CentreListKind } from '../access/centre-lists.js';
import { accept, type Decision, refuse } from '../platform/decision.js';

/** What the desk of a centre has looked at in each handover. Sheets that are signed keep theirs. */
export const EQUIPMENT_LISTS: CentreListKind<EquipmentItem, EquipmentChange> = {
  table: 'duty_equipment',
  path: 'duty-equipment',
  usual: USUAL_EQUIPMENT,
  stale: 'equipment.stale',
  action: 'equipment.changed',
  changed: (_, change, mint) => changedEquipment(change, mint),
  audited: ({ length }) => ({ items: length }),
};

/** A list after a change: a piece without a key is new, each key stands once, and what has no words of ours has names. */
function changedEquipment({ items }: EquipmentChange, mint: () => Id): Decision<EquipmentItem[]> {
  const keyed = items.map(({ key, names }) => ({ key: key ?? mint(), names }));
  const twice = keyed.find(({ key }, index) => keyed.findIndex((one) => one.key === key) !== index);
  if (twice) return refuse('request.malformed', { field: 'items', seen: twice.key, wanted: 'each key once' });
  const nameless = keyed.find(({ key, names }) => names === null && !Equipment.safeParse(key).success);
  if (nameless) return refuse('request.malformed', { field: 'items', seen: nameless.key, wanted: 'names' });
  return accept(keyed);
}
