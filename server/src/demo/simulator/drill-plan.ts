import type { DriveCard, Severity, Source } from '@app/shared';
import { hashOf, randomFrom } from './random.js';

export type Drill = NonNullable<DriveCard['drill']>;

/** One report of an outbreak, so many ms after its start. */
export interface DrillReport {
  readonly afterMs: number;
  readonly severity: Severity;
  readonly source: Source;
  /** Where, against the chosen place: a bearing in radians and a part (0–1) of the spread allowed. */
  readonly bearing: number;
  readonly part: number;
}

export const DRILL_SPAN_MS = 180_000;

/** 8 to 15 reports by citizens within three minutes, one of them Ⅰ or Ⅱ: the same for the same drill. */
export function drillPlan(drill: Pick<Drill, 'id'>): DrillReport[] {
  const random = randomFrom(hashOf(drill.id));
  const count = 8 + random.below(8);
  const grave = 2 + random.below(4);
  return Array.from({ length: count }, (_, i): DrillReport => ({
    afterMs: Math.round(2_000 + ((DRILL_SPAN_MS - 10_000) * (i + 0.6 * random.next())) / count),
    severity: i === grave ? (random.below(2) === 0 ? 1 : 2) : random.below(2) === 0 ? 3 : 4,
    source: random.pick(['phone', 'phone', 'phone', 'hotline', 'online'] as const),
    bearing: 2 * Math.PI * random.next(),
    part: i === 0 ? 0 : Math.sqrt(random.next()),
  }));
}
