import { z } from 'zod';
import { CardItemKey, Wording } from './action-card.js';
import { Id } from './ids.js';
import { Instant } from './time.js';

/** What a desk has looked at in each handover unless its centre has set a list of its own. */
export const EQUIPMENT = [
  'phone',
  'radio',
  'terminal',
  'wall',
  'network',
  'power',
  'video',
  'first-aid',
] as const;
export const Equipment = z.enum(EQUIPMENT);
export type Equipment = z.infer<typeof Equipment>;
export const EQUIPMENT_ITEMS = 30;

/** One piece of a desk's equipment. `names: null`: one of `EQUIPMENT`, whose words every screen has. */
export const EquipmentItem = z
  .strictObject({ key: CardItemKey, names: Wording.nullable() })
  .refine(
    ({ key, names }) => names !== null || Equipment.safeParse(key).success,
    'names for whatever the product has no words for',
  );
export type EquipmentItem = z.infer<typeof EquipmentItem>;

/** What a centre's desk has looked at in each handover. Version 0: it has set none, the usual list holds. */
export const EquipmentList = z.object({
  centre: Id,
  version: z.number().int(),
  items: z.array(EquipmentItem),
  at: Instant.nullable(),
  by: z.string().nullable(),
});
export type EquipmentList = z.infer<typeof EquipmentList>;

/** Body of `POST /api/duty-equipment/:centre`; `version` is the one that was edited. A piece without a key is new. */
export const EquipmentChange = z.strictObject({
  version: z.number().int().min(0),
  items: z
    .array(z.strictObject({ key: CardItemKey.optional(), names: Wording.nullable() }))
    .min(1)
    .max(EQUIPMENT_ITEMS),
});
export type EquipmentChange = z.infer<typeof EquipmentChange>;

export const USUAL_EQUIPMENT: readonly EquipmentItem[] = EQUIPMENT.map((key) => ({ key, names: null }));

export const EquipmentCheck = z.strictObject({
  key: CardItemKey,
  ok: z.boolean(),
  note: z.string().max(200).optional(),
});
export type EquipmentCheck = z.infer<typeof EquipmentCheck>;
