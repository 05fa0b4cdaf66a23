/** What a screen says of a report that is being typed: nothing personal, enough to see that it is the same call. */
export interface DraftWord {
  readonly category: string | null;
  readonly place: string;
  readonly since: string;
}
export const DRAFT_PREFIX = 'draft:';

/** What another screen said, if it is a draft: any version of the product may speak here. */
export function draftWordOf(data: unknown): DraftWord | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { category, place, since } = data as Partial<Record<keyof DraftWord, unknown>>;
  if (typeof since !== 'string' || Number.isNaN(Date.parse(since))) return undefined;
  return {
    category: typeof category === 'string' ? category : null,
    place: typeof place === 'string' ? place.slice(0, 60) : '',
    since,
  };
}
