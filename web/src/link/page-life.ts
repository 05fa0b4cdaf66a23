export interface PageLife {
  /** Time may have passed unseen: the tab or the machine slept, or the network is back. */
  readonly woke: () => void;
  /** The page is put away, perhaps to be shown again as it is. */
  readonly hidden: () => void;
  readonly shownAgain: () => void;
}

/** Listens to how a browser freezes, keeps and wakes a page; answers how to end it. */
export function watchPageLife({ woke, hidden, shownAgain }: PageLife): () => void {
  const over = new AbortController();
  const { signal } = over;
  const seen = () => document.visibilityState === 'visible' && woke();
  document.addEventListener('visibilitychange', seen, { signal });
  document.addEventListener('resume', woke, { signal });
  window.addEventListener('online', woke, { signal });
  window.addEventListener('pagehide', hidden, { signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && shownAgain(), { signal });
  return () => over.abort();
}
