import type { IncidentCard, IncidentItem } from '@app/shared';

/** What a row shows, of an item that was read or of a live card. */
export type Listed = IncidentCard & Pick<IncidentItem, 'closedAt'>;

/** A row as it stands now: what was read, with what the live picture has told since. */
export interface Row {
  readonly item: Listed;
  /** It was open when it was read and has left the picture since. */
  readonly hasEnded: boolean;
}

/** Rows in the order in which they were read, each with what has become of it. Nothing moves. Pure. */
export function currentRows(
  rows: readonly Listed[],
  live: ReadonlyMap<string, IncidentCard>,
  isLive: boolean,
): Row[] {
  return rows.map((item) => {
    const card = live.get(item.id);
    const wasOpen = item.closedAt === null;
    if (!card) return { item, hasEnded: isLive && wasOpen };
    return { item: card.version > item.version ? { ...item, ...card } : item, hasEnded: false };
  });
}

export interface Fresh {
  /** Belong into the list and are not in it yet. */
  readonly added: number;
  /** Are in the list and no longer belong there. */
  readonly gone: number;
}

/** What a reload would change: incidents that came since the rows were read, and rows that no longer match. Pure. */
export function freshOf(
  rows: readonly Row[],
  live: Iterable<IncidentCard>,
  given: {
    readonly known: ReadonlySet<string>;
    readonly belongs: (card: IncidentCard) => boolean;
    /** As `belongs`, for a row that was read: the words it was found by may stand where no card shows them. */
    readonly stays: (card: IncidentCard) => boolean;
    readonly wantsOpen: boolean;
  },
): Fresh {
  const shown = new Set(rows.map(({ item }) => item.id));
  let added = 0;
  for (const card of live)
    if (!given.known.has(card.id) && !shown.has(card.id) && given.belongs(card)) added += 1;
  const gone = rows.filter(({ item, hasEnded }) =>
    hasEnded ? given.wantsOpen : item.closedAt === null && !given.stays(item),
  ).length;
  return { added, gone };
}
