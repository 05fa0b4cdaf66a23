import { z } from 'zod';
import { Id } from './ids.js';
import { Category } from './category.js';
import { Names } from './names.js';
import { Instant } from './time.js';

export const ACTION_CARD_ITEMS = 20;
/** The key of an item of a card: stays the same while its words change. */
export const CardItemKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/);
export type CardItemKey = z.infer<typeof CardItemKey>;

/** Words in all three scripts: whoever ticks must be able to read them. */
export const Wording = Names.extend({
  hans: z.string().trim().min(1).max(120),
  hant: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(160),
});
export const CardItem = z.strictObject({ key: CardItemKey, text: Wording });
export type CardItem = z.infer<typeof CardItem>;

/** One version of what is to be done at an incident of a category. Versions stand; a change is a new one. */
export const ActionCard = z.object({
  category: Category,
  version: z.number().int(),
  items: z.array(CardItem),
  at: Instant,
  by: z.string(),
});
export type ActionCard = z.infer<typeof ActionCard>;

/** Body of `POST /api/action-cards/:category`; `version` is the one that was edited. An item without a key is new. */
export const ActionCardChange = z.strictObject({
  version: z.number().int().positive(),
  items: z
    .array(CardItem.partial({ key: true }))
    .min(1)
    .max(ACTION_CARD_ITEMS),
});
export type ActionCardChange = z.infer<typeof ActionCardChange>;

/** The card that an incident opened with, with what has been done. */
export const Checklist = z.object({
  incident: Id,
  category: Category,
  version: z.number().int(),
  items: z.array(CardItem.extend({ done: z.object({ by: z.string(), at: Instant }).nullable() })),
  mayTick: z.boolean(),
});
export type Checklist = z.infer<typeof Checklist>;

export const Tick = z.strictObject({ done: z.boolean() });
export type Tick = z.infer<typeof Tick>;
