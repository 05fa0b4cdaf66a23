interface Card {
  readonly id: string;
  readonly version: number;
}

/** Changes whenever one of the cards does: what hangs on them is read again then. */
export const versionsText = (cards: Iterable<Card>): string =>
  [...cards].map(({ id, version }) => `${id}:${version}`).join();
