/** One fix, after a door has parsed it and brought it to WGS 84. Times are ms since 1970. */
export interface Fix {
  readonly device: string;
  readonly team: string;
  readonly observedAt: number;
  readonly lng: number;
  readonly lat: number;
  /** km/h, NaN when unknown. */
  readonly speedKmh: number;
  /** Degrees clockwise from north, NaN when unknown. */
  readonly headingDeg: number;
}

/** One position as `POST /api/positions` and the `fixes` event take it; checked by hand, not by zod (17 times cheaper). */
export interface FixReport {
  readonly device: string;
  readonly at: string;
  readonly lng: number;
  readonly lat: number;
  readonly speedKmh?: number;
  readonly headingDeg?: number;
  readonly datum?: string;
}

export interface FixesAnswer {
  readonly accepted: number;
  readonly rejected: { readonly index: number; readonly code: string }[];
}

/** The largest batch that a door takes. */
export const MAX_FIXES = 1000;
