import { VisitHours } from '@app/shared';
import type { Edit } from './ground-draft.js';

export type ShapeFault = 'name' | 'window';

/** What keeps an edit from being saved, seen before the server is asked; undefined: nothing. */
export function shapeFault({ isRemoved, terms, ...edit }: Edit): ShapeFault | undefined {
  if (isRemoved) return undefined;
  if (terms.names.hans.trim() === '') return 'name';
  const windows = edit.kind === 'point' && 'windows' in terms ? terms.windows : [];
  return windows.every((hours) => VisitHours.safeParse(hours).success) ? undefined : 'window';
}
