import { ActionCard, type ActionCardChange, type Category, Checklist } from '@app/shared';
import { z } from 'zod';
import { ask } from './http.js';

const Cards = z.object({ items: z.array(ActionCard) });

/** The card of every category as it stands. @throws HttpFault */
export const fetchCards = async (signal: AbortSignal): Promise<ActionCard[]> =>
  (await ask('/api/action-cards', Cards, { signal })).items;

/** @throws HttpFault `action-card.stale` and others */
export const changeCard = (category: Category, body: ActionCardChange): Promise<ActionCard> =>
  ask(`/api/action-cards/${category}`, ActionCard, { method: 'POST', body });

/** The card that an incident opened with. @throws HttpFault */
export const fetchChecklist = (incident: string, signal: AbortSignal): Promise<Checklist> =>
  ask(`/api/incidents/${incident}/card`, Checklist, { signal });

/** @throws HttpFault */
export const tickItem = (incident: string, item: string, done: boolean): Promise<Checklist> =>
  ask(`/api/incidents/${incident}/card/${item}`, Checklist, { method: 'POST', body: { done } });
