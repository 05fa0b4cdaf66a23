import { z } from 'zod';

/** An instant on the wire: ISO 8601 with an offset. */
export const Instant = z.iso.datetime({ offset: true });
export type Instant = z.infer<typeof Instant>;

/** ISO 8601 of an instant in ms since 1970, in UTC. */
export const toInstant = (ms: number): Instant => new Date(ms).toISOString();

/** Milliseconds since 1970 of an instant of the wire. */
export const toMs = (instant: Instant): number => Date.parse(instant);

/** How far ahead of the server's clock a time told by a client may lie. */
export const FUTURE_TOLERANCE_MS = 60_000;
/** How far back a report or step may be told by somebody without the `import` scope. */
export const PAST_TOLERANCE_MS = 24 * 3_600_000;
