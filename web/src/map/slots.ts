import type { MapEngine } from './engine.js';

/** Storeys of a map, from the bottom: a layer is added below the slot it belongs to, whenever it comes. */
const SLOTS = ['ground', 'areas', 'names', 'teams', 'marks'] as const;
export type Slot = (typeof SLOTS)[number];

/** The id of the empty layer at the top of a storey. */
export const slotLayer = (slot: Slot): string => `slot-${slot}`;

export function addSlots(engine: MapEngine): void {
  engine.setSource('slots', { type: 'FeatureCollection', features: [] }, 0);
  for (const slot of SLOTS) engine.addLayer({ id: slotLayer(slot), type: 'symbol', source: 'slots' });
}
