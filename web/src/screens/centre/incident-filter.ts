import { CATEGORIES, type IncidentCard, INCIDENT_STATUSES, SEVERITIES, toMs } from '@app/shared';

/** What the list of incidents can be narrowed by, as the address of the page names it. */
const FILTER_KEYS = ['status', 'category', 'severity', 'overdue', 'open', 'q'] as const;
/** Bounds that only a figure's link sets; they show as one tag that can be taken off. */
const BOUND_KEYS = [
  'since',
  'until',
  'acceptedSince',
  'acceptedUntil',
  'arrivedSince',
  'arrivedUntil',
  'openAt',
  'late',
  'grid',
] as const;
const KEYS: readonly string[] = [...FILTER_KEYS, ...BOUND_KEYS];

/** Filters by name, as `IncidentQuery` writes them; `open` is `any` where ended ones are wanted too. */
export type Filter = Readonly<Record<string, string>>;

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  status: INCIDENT_STATUSES,
  category: CATEGORIES,
  severity: SEVERITIES.map(String),
};

/** The filter out of an address; what nobody knows is left out. */
export function readFilter(address: URLSearchParams): Filter {
  const filter: Record<string, string> = {};
  for (const key of KEYS) {
    const told = address.get(key);
    if (told === null || told === '') continue;
    const known = KNOWN[key];
    const value = known
      ? told
          .split(',')
          .filter((one) => known.includes(one))
          .join(',')
      : told;
    if (value !== '') filter[key] = value;
  }
  return filter;
}

/** The address with another filter; everything else in it stays. */
export function writeFilter(address: URLSearchParams, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const key of [...KEYS, 'ids']) next.delete(key);
  for (const [key, value] of Object.entries(filter)) if (value !== '') next.set(key, value);
  return next;
}

/** What the server is asked. Without a wish for ended ones only open incidents are listed. */
export function queryOf(filter: Filter, centre: string | undefined, limit: number): URLSearchParams {
  const { open = 'true', q, ...rest } = filter;
  const query = new URLSearchParams(rest);
  if (open !== 'any') query.set('open', open);
  if (q !== undefined) query.set('q', q.slice(0, 80));
  if (centre !== undefined) query.set('centre', centre);
  query.set('limit', String(limit));
  return query;
}

const PER_PAGE = 50;

/**
 * The query of the list of a centre. A figure counts what its centre holds; the list of one's own centre shows what it
 * only sees as well.
 */
export function listQuery(filter: Filter, scope: string, own: string): string {
  return queryOf(filter, showsAllSeen(filter, scope, own) ? undefined : scope, PER_PAGE).toString();
}

/** Whether the list has what its centre only sees too, such as what it has handed up. */
export const showsAllSeen = (filter: Filter, scope: string, own: string): boolean =>
  scope === own && !hasBounds(filter);

export const hasBounds = (filter: Filter): boolean => BOUND_KEYS.some((key) => filter[key] !== undefined);

/** Whether an open incident belongs into the list now. `isHere`: its holder stands in the centre asked for. */
export function matches(
  card: IncidentCard,
  filter: Filter,
  { now, isHere }: { readonly now: number; readonly isHere: (centre: string) => boolean },
): boolean {
  const among = (key: string, value: string) =>
    filter[key] === undefined || filter[key].split(',').includes(value);
  const isOverdue = card.due !== null && toMs(card.due.at) <= now;
  return (
    isHere(card.centre) &&
    filter['open'] !== 'false' &&
    among('status', card.status) &&
    among('category', card.category) &&
    among('severity', String(card.severity)) &&
    (filter['overdue'] === undefined || String(isOverdue) === filter['overdue']) &&
    (filter['q'] === undefined || hasWords(card, filter['q']))
  );
}

/** What a card can tell: the server, which has the text of an incident too, finds more. */
function hasWords({ number, place, grid }: IncidentCard, question: string): boolean {
  const told = [number, place, grid].join(' ').normalize('NFKC').toLowerCase();
  const words = question.normalize('NFKC').toLowerCase().match(WORDS) ?? [];
  return words.every((word) => told.includes(word));
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
