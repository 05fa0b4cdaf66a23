const HOUR_MS = 3_600_000;

/**
 * A moment of the last day from which a load may count on, ms since 1970. At random, so that rounds never tell the same
 * moment of a device twice; not longer ago, since an import makes its day due for tidying again with every commit.
 */
export const someMoment = (): number => Math.floor(Date.now() - (1 + Math.random() * 20) * HOUR_MS);
