/** A value at a moment; the unit of both is the caller's. */
export type Sample = readonly [at: number, value: number];

export interface Trend {
  /** The median of the slopes between all pairs of samples (Theil 1950, Sen 1968). */
  readonly slope: number;
  /** The slope is larger than this with a confidence of 97.5 % (Sen 1968, by Kendall's variance). */
  readonly least: number;
}

/** Standard normal, one-sided 97.5 %. */
const Z = 1.96;

/**
 * How fast values grow: a garbage collection that came late, or one wild sample, moves it little.
 * @throws RangeError for fewer than four samples
 */
export function trendOf(samples: readonly Sample[]): Trend {
  const n = samples.length;
  if (n < 4) throw new RangeError(`trend: at least 4 samples wanted, ${n} seen`);
  const slopes = samples.flatMap(([at, value], index) =>
    samples
      .slice(index + 1)
      .filter(([later]) => later !== at)
      .map(([later, other]) => (other - value) / (later - at)),
  );
  slopes.sort((a, b) => a - b);
  const spread = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = Math.max(0, Math.floor((slopes.length - spread) / 2));
  return { slope: median(slopes), least: slopes[low] ?? NaN };
}

function median(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}
